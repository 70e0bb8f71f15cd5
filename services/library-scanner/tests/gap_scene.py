"""A library with the first books of Oz, to find the missing ones."""

from typing import Any
from uuid import UUID

from library_builders import a_bibliography, a_work, an_item
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.handlers.correct_series import CorrectSeriesHandlers
from library_scanner.handlers.find_gaps import FindGapsHandlers
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.track_downloads import DownloadEventHandlers
from library_scanner.handlers.want_released_books import WantReleasedBooksHandler
from library_scanner.handlers.watchlist import WatchlistHandlers
from library_scanner.handlers.work_lists import WorkListHandlers
from library_scanner.workflow.current_index import CurrentIndex
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.library.authors import Author, ListAuthors
from shared.contracts.library.missing_books import (
    ListMissingBooks,
    MissingBook,
)
from shared.contracts.library.series import ListSeries, Series, SeriesUpdate, UpdateSeries
from shared.contracts.library.series_corrections import CorrectSeries, SeriesCorrection, UndoSeriesCorrection
from shared.contracts.library.work_lists import GetWorkList, ListEntry, WorkList
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import SeriesPlace
from shared.testing.clocks import ManualClock

TITLES = ["The Wonderful Wizard of Oz", "The Marvelous Land of Oz", "Ozma of Oz", "Dorothy and the Wizard in Oz"]


def in_oz(place: int, **changes: Any) -> Any:
    return a_work(TITLES[place - 1], series=[SeriesPlace(name="Oz", sequence=str(place))], **changes)


class Scene:
    """A library with the first books of Oz, and the handlers that find and track missing books."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock) -> None:
        self.database, self.transaction, self.clock = database, transaction, clock
        self.lists = ListLibraryHandlers(transaction, transaction)
        self.download_events = DownloadEventHandlers(transaction, clock)
        self.find_gaps = FindGapsHandlers(transaction, series_min_books=2, author_min_books=3, author_top_count=50)
        index = CurrentIndex(transaction)
        self.want_released = WantReleasedBooksHandler(transaction, clock, index)
        self.watchlist = WatchlistHandlers(transaction, clock)
        self.work_lists = WorkListHandlers(transaction, clock)
        self.corrections = CorrectSeriesHandlers(transaction, clock)
        self.compare_bibliography = BibliographyCollectedHandler(
            transaction,
            clock,
            index,
            languages=("en",),
            series_max_missing=10,
            author_max_missing=20,
        )

    async def owns(self, *places: int, **changes: Any) -> None:
        items = [
            an_item(
                abs_id=f"item-{place}",
                title=TITLES[place - 1],
                path=f"L. Frank Baum/Oz/{place:02d} - {TITLES[place - 1]}",
                series=(SeriesPlace(name="Oz", sequence=str(place)),),
                **changes,
            )
            for place in places
        ]
        self.clock.forward(seconds=1)
        async with self.transaction() as tx:
            await sync_items(tx, items, self.clock, read_at=self.clock.now())
            await tx.counts.update()

    async def series(self) -> Series:
        return (await self.lists.list_series(ListSeries())).items[0]

    async def author(self) -> Author:
        return (await self.lists.list_authors(ListAuthors())).items[0]

    async def compare_series(self, *works: Any, **changes: Any) -> None:
        await self.compare_bibliography.compare(a_bibliography((await self.series()).id, *works, **changes))

    async def listed(self, of: BibliographyOf = BibliographyOf.SERIES, **request: Any) -> WorkList:
        subject = await self.series() if of is BibliographyOf.SERIES else await self.author()
        return await self.work_lists.get(GetWorkList.model_validate({"of": of, "id": subject.id} | request))

    async def entry(self, title: str) -> ListEntry:
        """The work of the series' list with this title."""
        [found] = [entry for entry in (await self.listed()).items if entry.title == title]
        return found

    async def correct(self, **correction: Any) -> SeriesCorrection:
        return await self.correct_series((await self.series()).id, **correction)

    async def correct_series(self, series_id: UUID, /, **correction: Any) -> SeriesCorrection:
        request = {"id": series_id, "correction": correction, "decided_by": "kitchen tablet"}
        return await self.corrections.correct(CorrectSeries.model_validate(request))

    async def undo(self, correction: SeriesCorrection) -> None:
        request = UndoSeriesCorrection(series_id=correction.series_id, id=correction.id, decided_by="study tablet")
        await self.corrections.undo(request)

    async def follow_series(self, mode: str) -> Series:
        update = SeriesUpdate.model_validate({"follow": mode})
        return await self.watchlist.update_series(UpdateSeries(id=(await self.series()).id, update=update))

    async def compare_author(self, *works: Any, **changes: Any) -> None:
        author = await self.author()
        await self.compare_bibliography.compare(a_bibliography(author.id, *works, of=BibliographyOf.AUTHOR, **changes))

    async def missing(self, **filters: Any) -> list[MissingBook]:
        return (await self.lists.list_missing_books(ListMissingBooks(**filters))).items
