"""The source of the downloads of the stand-in: the offers of a world."""

from collections.abc import Collection
from pathlib import Path

from sandbox.content import content_paths, write_content
from sandbox.torrent import TorrentShelf
from sandbox.world import Offer, OfferHealth, World

SLOWDOWN = 50
"""The factor by which a torrent with slow health is slower."""


class Swarm:
    """Finds the offer of a torrent and writes its files. A torrent that is not an offer has no seeders."""

    def __init__(self, world: World, bytes_per_second: float) -> None:
        self._bytes_per_second = bytes_per_second
        self._by_name: dict[str, list[Offer]] = {}
        for offer in world.offers:
            for name in {content_paths(offer)[0].parts[0], offer.title}:
                self._by_name.setdefault(name, []).append(offer)
        self._torrents = TorrentShelf("http://tracker.invalid/announce")
        self._found: dict[str, Offer | None] = {}

    def offer_of(self, info_hash: str, name: str) -> Offer | None:
        """The offer with this info hash, or None. Of several with the same content, the fastest one.

        Only offers whose content or title has this `name` are hashed.
        """
        if info_hash not in self._found:
            same_name = self._by_name.get(name, [])
            matching = (offer for offer in same_name if self._torrents.torrent_of(offer).info_hash == info_hash)
            self._found[info_hash] = max(matching, key=self.speed, default=None)
        return self._found[info_hash]

    def speed(self, offer: Offer | None) -> float:
        """The download speed of an offer in bytes a second, 0 if it has no seeders."""
        if offer is None or offer.health is OfferHealth.DEAD or offer.seeders == 0:
            return 0.0
        slow = offer.health is OfferHealth.SLOW
        return self._bytes_per_second / SLOWDOWN if slow else self._bytes_per_second

    def metainfo(self, offer: Offer) -> bytes:
        """The metadata that peers send for a magnet link."""
        return self._torrents.torrent_of(offer).metainfo

    def write_files(self, offer: Offer, folder: Path, wanted: Collection[str]) -> None:
        """Write the files of an offer whose paths are `wanted` to `folder`. Raises OSError."""
        write_content(offer, folder, wanted)
