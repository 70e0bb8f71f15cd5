"""Interactive search: every indexer is searched, every release is judged, and nothing is grabbed."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

from shared.chassis.errors import NotFound, RemoteError, ServiceUnavailable
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.interactive_search import FoundReleases, SearchReleases
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import GrabAssessment
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import numbered, translatables
from shared.translatable import translatable, translatable_of

from downloader.domain.decision import judge_all
from downloader.domain.download import Download
from downloader.domain.indexer import Indexer
from downloader.domain.manual_download import manual_wanted_book
from downloader.domain.planned_grabs import PlannedGrabs
from downloader.domain.ports import Clock, Library, Transactions
from downloader.workflow.failures import remote_words
from downloader.workflow.grab_context import Capacity, GrabContextLoader
from downloader.workflow.indexer_search import MAX_QUERIES

_TIMEOUT_SECONDS = 75.0


class SearchReleasesHandler:
    """Handles `SearchReleases`."""

    def __init__(
        self,
        transaction: Transactions,
        indexers: Sequence[Indexer],
        *,
        library: Library,
        context_loader: GrabContextLoader,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._indexers = indexers
        self._library = library
        self._context_loader = context_loader
        self._clock = clock

    async def search(self, request: SearchReleases) -> FoundReleases:
        """The releases of every indexer, judged; unavailable systems are listed as problems.

        Raises `NotFound`, and `ServiceUnavailable` if the missing book cannot be loaded.
        """
        wanted = await self._wanted(request)
        results = await asyncio.gather(*(self._search(indexer, wanted) for indexer in self._indexers))
        releases = [release for found, _ in results for release in found]
        problems = [problem for _, failures in results for problem in failures]
        capacity = await self._capacity(releases, problems)
        series_narrator = await self._series_narrator(wanted, problems)
        now = self._clock.now()
        download = Download(
            id=uuid4(),
            missing_book_id=request.missing_book_id,
            wanted=wanted,
            status=DownloadStatus.QUEUED,
            created_at=now,
            updated_at=now,
        )
        async with self._transaction() as tx:
            held = await tx.downloads.of_missing_book(request.missing_book_id) if request.missing_book_id else []
            context = await self._context_loader.load(
                tx, held[0] if held else download, releases, capacity, series_narrator
            )
            await tx.offers.store(releases, now)
        return FoundReleases(
            quality_profile=context.profile.name,
            releases=[decision.shown() for decision in judge_all(releases, context)],
            problems=problems,
            translatable=translatables(**numbered("problems", problems)),
        )

    async def _wanted(self, request: SearchReleases) -> MissingBook:
        if request.missing_book_id is None:
            return manual_wanted_book(uuid4(), request.query or "", [], now=self._clock.now())
        try:
            missing = await self._library.missing_book(request.missing_book_id)
        except RemoteError as error:
            raise ServiceUnavailable("library-scanner", error.detail) from error
        if missing is None:
            raise NotFound(
                translatable(
                    "refused.no_missing_book",
                    f"there is no missing book {request.missing_book_id}",
                    id=str(request.missing_book_id),
                )
            )
        return missing

    async def _search(self, indexer: Indexer, wanted: MissingBook) -> tuple[list[Release], list[str]]:
        """Send one query after the other until one returns releases; a person judges them."""
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                offers = await indexer.search(wanted)
                number = 1
                while not offers.releases and number < min(offers.queries, MAX_QUERIES):
                    offers = await indexer.search(wanted, number)
                    number += 1
        except RemoteError as error:
            return [], [remote_words(error)]
        except TimeoutError:
            words, seconds = f"{indexer.name} did not answer within {_TIMEOUT_SECONDS:g} s", _TIMEOUT_SECONDS
            return [], [translatable("remote.late", words, system=indexer.name, seconds=seconds)]
        return offers.releases, [offers.unavailable] if offers.unavailable else []

    async def _series_narrator(self, wanted: MissingBook, problems: list[str]) -> str | None:
        """The narrator of the book's series, if its profile wants one and he can be read."""
        async with self._transaction() as tx:
            profile = await tx.quality_profiles.of(wanted)
        try:
            return await self._context_loader.series_narrator(wanted, profile.rules)
        except RemoteError as error:
            words, why = f"the releases were judged without the narrator of the series: {error}", remote_words(error)
            problems.append(translatable("release.judged_without_narrator", words, why=why))
            return None

    async def _capacity(self, releases: Sequence[Release], problems: list[str]) -> Capacity:
        """What the account allows and the free disk space, as far as they can be read."""
        account: dict[tuple[str, str], GrabAssessment] = {}
        free_bytes: int | None = None
        try:
            free_bytes = await self._context_loader.free_bytes()
        except OSError as error:
            words, why = f"DOWNLOAD_PATH cannot be used: {error.strerror}", translatable_of(error)
            problems.append(translatable("download.path_unusable", words, why=why))
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS / 5):
                account = await self._context_loader.assess(releases, PlannedGrabs(), by_person=True)
        except (RemoteError, TimeoutError) as error:
            words = f"the releases were judged without the account's standing: {error}"
            cause = remote_words(error) if isinstance(error, RemoteError) else None
            problems.append(translatable("release.judged_without_account", words, why=cause))
        return Capacity(account, free_bytes)
