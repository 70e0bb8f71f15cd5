"""What a person changes about missing books, authors and series, in a real Postgres."""

from typing import Any
from uuid import uuid4

import pytest
from library_builders import a_bibliography, a_work, an_item, sent_messages
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.track_downloads import DownloadEventHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.handlers.watchlist import HasBooks, NotByHand, WatchlistHandlers
from library_scanner.workflow.current_index import CurrentIndex
from library_scanner.workflow.refusals import AlreadyExists
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.downloads.events import ReleaseGrabbed
from shared.contracts.library.authors import (
    Author,
    AuthorEntry,
    AuthorUpdate,
    CreateAuthor,
    DeleteAuthor,
    GetAuthorStatistics,
    ListAuthors,
    UpdateAuthor,
)
from shared.contracts.library.following import FollowMode, PreviewFollow
from shared.contracts.library.missing_books import (
    ListMissingBooks,
    MissingBook,
    MissingBookClosed,
    MissingBookIdentified,
    MissingBookUpdate,
    UpdateMissingBook,
)
from shared.contracts.library.series import (
    CreateSeries,
    DeleteSeries,
    ListSeries,
    Series,
    SeriesEntry,
    SeriesUpdate,
    UpdateSeries,
)
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import Indexer, MissingStatus, SeriesPlace
from shared.testing.clocks import ManualClock

WIZARD = a_work("The Wonderful Wizard of Oz", series=[SeriesPlace(name="Oz", sequence="1")])
OZMA = a_work("Ozma of Oz", series=[SeriesPlace(name="Oz", sequence="3")])


class Scene:
    """A library with the first book of Oz, and a gap for the third."""

    def __init__(self, transaction: Transactions, clock: ManualClock) -> None:
        self.transaction, self.clock = transaction, clock
        self.watchlist, self.lists = (
            WatchlistHandlers(transaction, clock),
            ListLibraryHandlers(transaction, transaction),
        )
        self.compare_bibliography = BibliographyCollectedHandler(
            transaction,
            clock,
            CurrentIndex(transaction),
            languages=("en",),
            series_max_missing=10,
            author_max_missing=20,
        )

    async def owns_the_first(self) -> None:
        wizard = an_item(series=(SeriesPlace(name="Oz", sequence="1"),), duration_seconds=3600.0, format="m4b")
        async with self.transaction() as tx:
            await sync_items(tx, [wizard], self.clock, read_at=self.clock.now())
            await tx.counts.update()

    async def compares(self, of: BibliographyOf = BibliographyOf.SERIES) -> None:
        subject = await self.series() if of is BibliographyOf.SERIES else await self.author()
        await self.compare_bibliography.compare(a_bibliography(subject.id, WIZARD, OZMA, of=of))

    async def gap(self) -> MissingBook:
        [gap] = (await self.lists.list_missing_books(ListMissingBooks())).items
        return gap

    async def series(self) -> Series:
        return (await self.lists.list_series(ListSeries())).items[0]

    async def author(self) -> Author:
        return (await self.lists.list_authors(ListAuthors())).items[0]

    async def sets(self, **update: Any) -> MissingBook:
        request = UpdateMissingBook(id=(await self.gap()).id, update=MissingBookUpdate(**update))
        return await UpdateMissingBookHandler(self.transaction, self.clock).update(request)


@pytest.fixture
async def scene(transaction: Transactions, clock: ManualClock) -> Scene:
    scene = Scene(transaction, clock)
    await scene.owns_the_first()
    return scene


async def test_a_missing_book_ignored_by_a_person_is_not_opened_by_a_comparison(
    scene: Scene, database: Database
) -> None:
    await scene.compares()
    ignored = await scene.sets(status="ignored")
    await scene.compares()
    assert (ignored.status, (await scene.gap()).status) == (MissingStatus.IGNORED, MissingStatus.IGNORED)
    assert [event.missing_book_id for event in await sent_messages(database, MissingBookClosed)] == [ignored.id]
    assert (await scene.series()).missing == 0


async def test_an_ignored_missing_book_is_wanted_again_with_a_new_priority(scene: Scene, database: Database) -> None:
    await scene.compares()
    await scene.sets(status="ignored")
    wanted = await scene.sets(status="identified", priority=97)
    assert (wanted.status, wanted.priority, (await scene.gap()).priority) == (MissingStatus.IDENTIFIED, 97, 97)
    assert len(await sent_messages(database, MissingBookIdentified)) == 2


async def test_a_series_that_is_not_monitored_has_no_gaps(scene: Scene) -> None:
    await scene.compares()
    series = await scene.series()
    await scene.watchlist.update_series(UpdateSeries(id=series.id, update=SeriesUpdate(monitored=False)))
    await scene.compares()
    await scene.compares(BibliographyOf.AUTHOR)
    assert (await scene.gap()).status is MissingStatus.IGNORED
    await scene.watchlist.update_series(UpdateSeries(id=series.id, update=SeriesUpdate(monitored=True)))
    await scene.compares()
    assert (await scene.gap()).status is MissingStatus.IDENTIFIED


async def test_an_author_entered_by_hand_is_followed_renamed_and_deleted(scene: Scene) -> None:
    made = await scene.watchlist.create_author(CreateAuthor(entry=AuthorEntry(name="E. Nesbit")))
    with pytest.raises(AlreadyExists, match=str(made.id)):
        await scene.watchlist.create_author(CreateAuthor(entry=AuthorEntry(name="Nesbit, E.")))
    renamed = await scene.watchlist.update_author(UpdateAuthor(id=made.id, update=AuthorUpdate(name="Edith Nesbit")))
    assert (made.followed, renamed.name) == (True, "Edith Nesbit")
    await scene.watchlist.delete_author(DeleteAuthor(id=made.id))
    assert (await scene.lists.list_authors(ListAuthors())).total == 1


async def test_an_author_with_books_cannot_be_renamed_or_deleted(scene: Scene) -> None:
    author = await scene.author()
    with pytest.raises(NotByHand):
        await scene.watchlist.update_author(UpdateAuthor(id=author.id, update=AuthorUpdate(name="Another")))
    with pytest.raises(HasBooks):
        await scene.watchlist.delete_author(DeleteAuthor(id=author.id))


async def test_a_new_book_is_linked_to_the_series_entered_by_hand(scene: Scene) -> None:
    made = await scene.watchlist.create_series(
        CreateSeries(entry=SeriesEntry(name="Barsoom", authors=["Edgar Rice Burroughs"]))
    )
    with pytest.raises(AlreadyExists):
        await scene.watchlist.create_series(
            CreateSeries(entry=SeriesEntry(name="barsoom", authors=["E. R. Burroughs"]))
        )
    mars = an_item(
        abs_id="mars-1",
        title="A Princess of Mars",
        path="Mars",
        authors=("Edgar Rice Burroughs",),
        series=(SeriesPlace(name="Barsoom", sequence="1"),),
    )
    async with scene.transaction() as tx:
        await sync_items(tx, [mars], scene.clock, read_at=scene.clock.now())
        await tx.counts.update()
    assert (await scene.series()).id == made.id
    with pytest.raises(HasBooks):
        await scene.watchlist.delete_series(DeleteSeries(id=made.id))


async def test_the_statistics_of_an_author(scene: Scene) -> None:
    await scene.compares()
    figures = await scene.watchlist.author_statistics(GetAuthorStatistics(id=(await scene.author()).id))
    assert (figures.owned, figures.missing, figures.duration_seconds, figures.formats) == (1, 1, 3600.0, {"m4b": 1})


async def test_the_preview_of_a_mode_names_what_the_change_then_closes_and_opens(scene: Scene) -> None:
    await scene.compares()
    series = await scene.series()
    none = PreviewFollow(of=BibliographyOf.SERIES, id=series.id, follow=FollowMode.NONE)
    closing = await scene.watchlist.preview_follow(none)
    assert (closing.closes, closing.closed_titles, closing.compares) == (1, ["Ozma of Oz"], False)
    assert (await scene.gap()).status is MissingStatus.IDENTIFIED
    await scene.watchlist.update_series(UpdateSeries(id=series.id, update=SeriesUpdate(follow="none")))
    everything = none.model_copy(update={"follow": FollowMode.ALL})
    opening = await scene.watchlist.preview_follow(everything)
    assert (opening.closes, opening.opens, opening.opened_titles) == (0, 1, ["Ozma of Oz"])
    assert opening.compares


async def test_the_preview_says_that_a_book_that_is_being_downloaded_stays(scene: Scene) -> None:
    await scene.compares(BibliographyOf.AUTHOR)
    author, gap = await scene.author(), await scene.gap()
    grabbed = ReleaseGrabbed(
        download_id=uuid4(),
        missing_book_id=gap.id,
        indexer=Indexer.MAM,
        release_id="1",
        release_title="Ozma",
        info_hash="a" * 40,
    )
    await DownloadEventHandlers(scene.transaction, scene.clock).grabbed(grabbed)
    effect = await scene.watchlist.preview_follow(
        PreviewFollow(of=BibliographyOf.AUTHOR, id=author.id, follow=FollowMode.NONE)
    )
    assert (effect.closes, effect.downloading) == (0, 1)


async def test_authors_are_listed_by_how_they_are_followed(scene: Scene) -> None:
    await scene.watchlist.create_author(CreateAuthor(entry=AuthorEntry(name="E. Nesbit", follow="from_now_on")))
    chosen = ListAuthors(follow=[FollowMode.FROM_NOW_ON, FollowMode.ALL])
    assert [each.name for each in (await scene.lists.list_authors(chosen)).items] == ["E. Nesbit"]
    assert [
        each.name for each in (await scene.lists.list_authors(ListAuthors(follow=[FollowMode.AUTOMATIC]))).items
    ] == ["L. Frank Baum"]
