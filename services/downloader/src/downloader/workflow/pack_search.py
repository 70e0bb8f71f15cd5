"""Finds a book in releases that hold several books: first in torrents that the client has, then in those offered."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from shared.books.packs.description import PackContents, PackKind, PackPart, PackVerdict
from shared.books.packs.judging import judge_pack
from shared.books.packs.listing import may_hold
from shared.books.releases.judging import ready
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer as IndexerName

from downloader.domain.decision import Decision, best, described, wanted_book
from downloader.domain.download import Download
from downloader.domain.download_client import ContentFile, DownloadClient, Torrent
from downloader.domain.indexer import Indexer
from downloader.domain.limits import Limits, key_of
from downloader.domain.packs import (
    PackInClient,
    book_of,
    contents_in_client,
    contents_of,
    decision_on,
    known_books,
    may_use_pack,
    part_of,
    share_author_or_series,
)
from downloader.domain.planned_grabs import PlannedGrabs
from downloader.domain.ports import Library, Transactions
from downloader.workflow.grab_context import GrabContextLoader
from downloader.workflow.indexer_search import Found, IndexerSearch

_NO_GRABS = PlannedGrabs()
MAX_FETCHED = 2
"""Torrent files that are fetched in one search to look into releases with several books."""


class PackSearch:
    """Divides releases with several books, by the files of their torrents."""

    def __init__(
        self,
        transaction: Transactions,
        indexers: Sequence[Indexer],
        *,
        client: DownloadClient,
        library: Library,
        indexer_search: IndexerSearch,
        context_loader: GrabContextLoader,
    ) -> None:
        self._transaction = transaction
        self._indexers = {indexer.name: indexer for indexer in indexers}
        self._client = client
        self._library = library
        self._indexer_search = indexer_search
        self._context_loader = context_loader

    @property
    def limits(self) -> Limits:
        """The limits that decide which releases with several books are worth their bytes."""
        return self._context_loader.limits

    async def in_client(self, download: Download) -> tuple[PackInClient, PackPart] | None:
        """The torrent in the client that holds the book besides those of other downloads, and the book's files.

        None if there is none, if the client or the library is unavailable, if a person has to approve the grab, or if
        the download replaces an owned book.
        """
        if not may_use_pack(download) or not self._indexer_search.may_grab(download):
            return None
        async with self._transaction() as tx:
            packs = await tx.packs.near(download.wanted)
            packs = [pack for pack in packs if not await tx.packs.settled(pack.release, [download.tally_item])]
        for pack in packs:
            try:
                torrent = await self._client.find([pack.info_hash])
                files = await self._client.files(torrent) if torrent is not None else []
                verdict = await self._judge(contents_in_client(pack.release, files), download, [])
            except RemoteError as error:
                logger().warning("shared_torrent_skipped", info_hash=pack.info_hash, because=str(error))
                return None
            part = part_of(verdict, download)
            if part is not None:
                return pack, part
        return None

    async def offered(
        self,
        download: Download,
        found: Found,
        *,
        planned_grabs: PlannedGrabs = _NO_GRABS,
        queued: Sequence[Download] = (),
    ) -> list[Decision]:
        """The decisions on those of the rejected releases that may hold the book besides others, best first.

        Empty if a release of the book alone is acceptable, or if the download replaces an owned book. The torrent files
        of at most `MAX_FETCHED` are fetched.
        A dry run gives the grabs that it planned, and the downloads that it would store.
        """
        if self.limits.pack_min_books == 0 or not may_use_pack(download):
            return []
        async with self._transaction() as tx:
            judged = await self._indexer_search.judge(tx, download, found, planned_grabs)
        wanted = ready(wanted_book(download.wanted))
        if best(judged) is not None or any(one.verdict is not Verdict.REJECTED for one in judged):
            return []
        releases = [one.release for one in judged if may_hold(wanted, described(one.release))]
        releases.sort(key=lambda release: -release.seeders)
        if not releases:
            return []
        await self._indexer_search.read_capacity(found, download, planned_grabs)
        decisions: list[Decision] = []
        for release in [each for each in releases if each in found.releases][:MAX_FETCHED]:
            decision = await self._decide(download, release, found, planned_grabs, queued)
            if decision is not None:
                decisions.append(decision)
            if decision is not None and decision.verdict is Verdict.ACCEPTED:
                break
        return sorted(decisions, key=lambda one: one.verdict is not Verdict.ACCEPTED)

    async def divide(
        self, download: Download, release: Release, torrent: Torrent, queued: Sequence[Download] = ()
    ) -> PackVerdict:
        """What the torrent holds of the book and of the other books that may be grabbed with it.

        If a person approves the grab, that holds for all of them. `queued` are downloads that are not stored and
        may be among them.
        Raises the `RemoteError` family if the library is unavailable.
        """
        return await self._divide(download, release, contents_of(release, torrent.identity), queued)

    async def divide_in_client(self, download: Download, release: Release, files: Sequence[ContentFile]) -> PackVerdict:
        """What the torrent with these files in the client holds, as `divide` says of a torrent that is not added yet.

        Raises the `RemoteError` family if the library is unavailable.
        """
        return await self._divide(download, release, contents_in_client(release, files))

    async def _divide(
        self, download: Download, release: Release, contents: PackContents, queued: Sequence[Download] = ()
    ) -> PackVerdict:
        async with self._transaction() as tx:
            others = await tx.packs.open_books(download.wanted, release, excluding=download.id)
            stored = {download.id, *(other.id for other in others)}
            near = [each for each in queued if may_use_pack(each) and share_author_or_series(each, download)]
            others += [each for each in near if each.id not in stored]
            items = [each.tally_item for each in (download, *others)]
            settled = await tx.packs.settled(release, items)
        if self._indexer_search.may_grab(download) and not download.by_person:
            others = [other for other in others if self._indexer_search.may_grab(other)]
        others = [other for other in others if other.tally_item not in settled]
        return await self._judge(contents, download, others, wanted=download.tally_item not in settled)

    async def _decide(
        self,
        download: Download,
        release: Release,
        found: Found,
        planned_grabs: PlannedGrabs,
        queued: Sequence[Download],
    ) -> Decision | None:
        """The decision by the files of the torrent, or None if they cannot be read."""
        indexer = self._indexers.get(IndexerName(release.indexer))
        if indexer is None:
            return None
        try:
            torrent = await indexer.fetch(release)
            verdict = await self.divide(download, release, torrent, queued)
        except RemoteError as error:
            found.unavailable.note(f"“{release.title}” was not looked into: {error}")
            return None
        as_downloaded = release.model_copy(update={"size_bytes": verdict.filled_bytes or release.size_bytes})
        async with self._transaction() as tx:
            context = await self._context_loader.load(tx, download, [as_downloaded], found.capacity)
        decision = decision_on(as_downloaded, verdict, download, planned_grabs.applied_to(context))
        logger().info(
            "pack_judged", download_id=str(download.id), release=release.title, verdict=decision.verdict.value
        )
        return replace(decision, release=release)

    async def _judge(
        self, contents: PackContents, download: Download, others: Sequence[Download], *, wanted: bool = True
    ) -> PackVerdict:
        """What the release holds. Only if it holds several books, the library names other books that they may be."""
        async with self._transaction() as tx:
            rules = [(await tx.quality_profiles.of(each.wanted)).rules for each in (download, *others)]
        books = [book_of(download, rules[0], wanted=wanted), *map(book_of, others, rules[1:])]
        verdict = await asyncio.to_thread(judge_pack, contents, books)
        if verdict.kind is not PackKind.PACK:
            return verdict
        known = known_books(await self._library.other_titles(download.wanted), download, books)
        return await asyncio.to_thread(judge_pack, contents, [*books, *known])


def merged(decisions: Sequence[Decision], packs: Sequence[Decision]) -> list[Decision]:
    """The decisions with those on releases with several books instead of their rejections, accepted ones first.

    A release that another download has meanwhile keeps its rejection.
    """
    by_key = {key_of(pack.release): pack for pack in packs}
    found = [
        one if any(each.rule == "taken" for each in one.reasons) else by_key.get(key_of(one.release), one)
        for one in decisions
    ]
    return sorted(found, key=lambda one: one.verdict is not Verdict.ACCEPTED)
