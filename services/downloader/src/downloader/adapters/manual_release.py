"""Torrents that a person gave. They are neither searched nor fetched."""

from shared.chassis.errors import RemoteAnsweredNonsense
from shared.chassis.sealing import CannotOpen, Seal
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.download_client import Torrent
from downloader.domain.given_torrent import STORED
from downloader.domain.indexer import Offers
from downloader.domain.ports import Transactions

SYSTEM = "the given torrent"


class ManualReleases:
    """The indexer of magnet links and of stored torrent files."""

    name = Indexer.MANUAL

    def __init__(self, transaction: Transactions, seal: Seal) -> None:
        self._transaction = transaction
        self._seal = seal

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """No releases."""
        return Offers([])

    async def fetch(self, release: Release) -> Torrent:
        """The torrent. Raises `RemoteAnsweredNonsense` if it is no longer stored or readable, or is no torrent."""
        reference = release.download_reference
        if not reference.startswith(STORED):
            return from_magnet(SYSTEM, reference)
        async with self._transaction() as tx:
            sealed = await tx.given_torrents.sealed(reference.removeprefix(STORED))
        if sealed is None:
            raise RemoteAnsweredNonsense(SYSTEM, "the torrent file is no longer stored: give it again")
        try:
            return from_bytes(SYSTEM, self._seal.open(sealed))
        except CannotOpen as error:
            remedy = "set SECRET_KEY_PREVIOUS to that key, or give the torrent again"
            raise RemoteAnsweredNonsense(SYSTEM, f"the torrent file was {error}: {remedy}") from error
