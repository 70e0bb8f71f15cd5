"""The addresses from which a person lets a torrent be fetched, with what a test puts there."""

from dataclasses import dataclass, field

from downloader.domain.download_client import Torrent
from shared.chassis.errors import RemoteAnsweredNonsense


@dataclass
class FakeAddresses:
    """Returns the torrents that a test sets."""

    torrents: dict[str, Torrent] = field(default_factory=dict)

    async def fetch(self, address: str) -> Torrent:
        if address not in self.torrents:
            raise RemoteAnsweredNonsense("the address", "its server returned 404")
        return self.torrents[address]
