"""Fetches a torrent from an address that a person gives.

The address is not trusted: only http and https, only public hosts and Prowlarr itself, few redirects, and bounds for
size and time. None of our credentials are sent.
"""

import asyncio

import httpx
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.redirects import Redirects

from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.download_client import Torrent

SYSTEM = "the address"
SECONDS = 20.0


class GivenAddresses:
    """Fetches torrents. `seconds` limits everything, redirects included."""

    def __init__(self, redirects: Redirects, seconds: float = SECONDS) -> None:
        self._redirects = redirects
        self._seconds = seconds

    async def fetch(self, address: str) -> Torrent:
        """The torrent file at an address, or the magnet link that it redirects to. Raises the `RemoteError` family.

        No error contains more of the address than its host.
        """
        try:
            async with asyncio.timeout(self._seconds):
                found = await self._redirects.follow(address)
        except TimeoutError as error:
            raise RemoteUnavailable(SYSTEM, f"it did not answer within {self._seconds:g} seconds") from error
        if isinstance(found, str):
            return from_magnet(SYSTEM, found)
        if found.status_code != httpx.codes.OK:
            raise RemoteAnsweredNonsense(SYSTEM, f"its server returned {found.status_code}")
        return from_bytes(SYSTEM, found.content)
