"""Where the stand-in's downloads come from: the offers of a world."""

from pathlib import Path

from sandbox.content import content_paths, write_content
from sandbox.torrent import TorrentShelf
from sandbox.world import Offer, OfferHealth, World

SLOWNESS = 50
"""How many times slower a torrent in poor health is."""


class Swarm:
    """Finds the offer behind a torrent, and brings its content. A torrent that is no offer has no seeders."""

    def __init__(self, world: World, bytes_per_second: float) -> None:
        self._bytes_per_second = bytes_per_second
        self._by_name: dict[str, list[Offer]] = {}
        for offer in world.offers:
            for name in {content_paths(offer)[0].parts[0], offer.title}:
                self._by_name.setdefault(name, []).append(offer)
        self._torrents = TorrentShelf("http://tracker.invalid/announce")
        self._found: dict[str, Offer | None] = {}

    def offer_of(self, info_hash: str, name: str) -> Offer | None:
        """The offer with this info hash, of several with the same content the one that comes fastest.

        Only offers whose content or title has this `name` are hashed.
        """
        if info_hash not in self._found:
            same_name = self._by_name.get(name, [])
            fitting = (offer for offer in same_name if self._torrents.torrent_of(offer).info_hash == info_hash)
            self._found[info_hash] = max(fitting, key=self.speed, default=None)
        return self._found[info_hash]

    def speed(self, offer: Offer | None) -> float:
        """Bytes a second at which an offer comes; 0 when nobody has it."""
        if offer is None or offer.health is OfferHealth.DEAD or offer.seeders == 0:
            return 0.0
        slow = offer.health is OfferHealth.SLOW
        return self._bytes_per_second / SLOWNESS if slow else self._bytes_per_second

    def metainfo(self, offer: Offer) -> bytes:
        """What peers tell a client that came with a magnet link."""
        return self._torrents.torrent_of(offer).metainfo

    def bring(self, offer: Offer, folder: Path) -> None:
        """Write the offer's files below `folder`. Raises OSError."""
        write_content(offer, folder)
