"""The public addresses of the client: known, not yet known, not reported, or the client does not answer."""

import pytest
from downloader.handlers.get_client_address import GetClientAddressHandler
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.client_address import GetClientAddress


class Client:
    """Only the addresses of a client. `test_qbittorrent_versions.py` reads them from real answers."""

    def __init__(self, addresses: list[str] | None) -> None:
        self._addresses = addresses

    async def public_addresses(self) -> list[str] | None:
        """The given addresses."""
        return self._addresses


class Unavailable:
    """A client that does not answer."""

    async def public_addresses(self) -> list[str] | None:
        """Fail."""
        raise RemoteUnavailable("qbittorrent", "connection refused")


@pytest.mark.parametrize(
    ("client", "addresses", "reason"),
    [
        (Client(["203.0.113.7"]), ["203.0.113.7"], ""),
        (Client([]), [], "not learned"),
        (Client(None), [], "5.1"),
        (Unavailable(), [], "connection refused"),
    ],
)
async def test_addresses_or_the_reason_why_they_are_unknown(client: object, addresses: list[str], reason: str) -> None:
    found = await GetClientAddressHandler(client).get(GetClientAddress())  # type: ignore[arg-type]  # one method is used
    assert found.addresses == addresses
    assert reason in found.detail
