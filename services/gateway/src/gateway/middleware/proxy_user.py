"""Trusts the header of a reverse proxy that signs people in (forward authentication), such as Authelia or authentik.

Only a trusted proxy may name a user, so it runs before the address of the caller is replaced by the one that the proxy
saw.
"""

from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

MAX_NAME = 200


class ProxyUser:
    """Sets `proxy_user` in the state of a call that a trusted proxy sent for a user who is signed in there."""

    def __init__(self, app: ASGIApp, header: str, proxies: list[IPv4Network | IPv6Network]) -> None:
        self._app = app
        self._header = header
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_trusted(scope.get("client")):
            name = Headers(scope=scope).get(self._header, "").strip()
            if name:
                scope.setdefault("state", {})["proxy_user"] = name[:MAX_NAME]
        await self._app(scope, receive, send)

    def _is_trusted(self, client: Any) -> bool:
        try:
            address = ip_address(client[0])
        except (TypeError, ValueError):  # a socket without an address
            return False
        return any(address in proxy for proxy in self._proxies)
