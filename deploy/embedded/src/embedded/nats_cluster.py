"""Three embedded NATS servers that form one cluster, to test what happens when one of them is lost."""

import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from provisioning.nats_config import ClusterMember, NatsUser

from embedded.nats_server import NatsServer
from embedded.process import LOOPBACK, free_port

SERVERS = 3


class NatsCluster:
    """The servers of a cluster. Each has its own folder, and can be killed and restarted."""

    def __init__(self, folder: Path, users: Sequence[NatsUser] = ()) -> None:
        """The servers are named `nats-1`, `nats-2` and `nats-3`, and so are their folders in `folder`."""
        password = secrets.token_hex(16)
        between = [f"{LOOPBACK}:{free_port()}" for _ in range(SERVERS)]
        names = [f"nats-{number}" for number in range(1, SERVERS + 1)]
        self.servers = {
            name: NatsServer(folder / name, users, member=ClusterMember(name, listen, between, password))
            for name, listen in zip(names, between, strict=True)
        }
        self._stack = ExitStack()

    def url(self, user: str | None = None) -> str:
        """The addresses of all servers, with the name and password of this user. Raises `KeyError` if it is unknown."""
        return ",".join(server.url(user) for server in self.servers.values())

    def leaders(self) -> dict[str, str]:
        """The server that leads each stream and each consumer now, by `stream` and by `stream/consumer`.

        What has no leader is left out. Raises `httpx.HTTPError` if no server answers.
        """
        running = [server for server in self.servers.values() if server.running]
        found: dict[str, str] = {}
        for server in running:
            for stream in _streams_of(server):
                for name, leader in _leaders_in(stream):
                    if leader in self.servers and self.servers[leader].running:
                        found[name] = leader
        return found

    def meta_leader(self) -> str | None:
        """The server that leads the cluster itself: it creates and places the streams. None while there is none."""
        for server in self.servers.values():
            if server.running:
                meta: dict[str, Any] = _fetch(server, "jsz").get("meta_cluster", {})
                if (leader := meta.get("leader")) in self.servers and self.servers[leader].running:
                    return str(leader)
        return None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for server in self.servers.values():
                stack.enter_context(server)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _fetch(server: NatsServer, path: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(f"{server.monitor_url}/{path}", timeout=30, trust_env=False).json()
    return answer


def _streams_of(server: NatsServer) -> list[dict[str, Any]]:
    accounts = _fetch(server, "jsz?streams=true&consumers=true").get("account_details", [])
    return [stream for account in accounts for stream in account.get("stream_detail", [])]


def _leaders_in(stream: dict[str, Any]) -> list[tuple[str, str]]:
    consumers = stream.get("consumer_detail") or []
    named = [(stream["name"], stream), *((f"{stream['name']}/{each['name']}", each) for each in consumers)]
    return [(name, str(each["cluster"]["leader"])) for name, each in named if each.get("cluster", {}).get("leader")]
