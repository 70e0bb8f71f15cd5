"""The candidates of a book, and what a person decides: it is written, kept, and survives a new import of the item."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.refusals import InvalidMetadata, UndecidedMatch, UnknownBook, UnknownEdition, UnknownEntry
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.match_book import MatchBookHandlers
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, StubLibrary, a_book, messages_sent
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.metadata_writes import FieldChange, MetadataWritten, WriteMetadata
from shared.contracts.metadata.matches import DecideMatch, ForgetMatch, GetMatch, Match, MatchChoice, MatchDecided
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBook, RefreshBooks
from shared.contracts.values import Confidence, MatchDecision, SeriesPlace
from shared.testing.clocks import ManualClock

RULES = RefreshRules(batch_size=10, daily_max=3, new_days=7, dry_run=False)
PROVIDERS = "audible:1,hardcover:0.9"
ZIXI = "B0OZ000009"
OZ = "AUDIBLE:B0OZ000002"


def zixi(**changes: Any) -> Any:
    """A record of another book of the author."""
    fields = {
        "id": "1009",
        "title": "Queen Zixi of Ix",
        "asin": ZIXI,
        "series": [],
        "narrators": ["Maud Ellery"],
        "duration_minutes": 280,
        "published": "1905-01-01",
    }
    return a_record(**(fields | changes))


def vague(**changes: Any) -> Book:
    """A book of which only a misleading title is known."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("asin", "isbn", "publisher", "published_year", "language", "description", "duration_seconds")
    )
    lists: dict[str, Any] = {"authors": ["L. Frank Baum"], "narrators": [], "series": [], "genres": []}
    return a_book(**(nothing | lists | {"title": "Frank Baum Land", "path": "Baum 2"} | changes))


class Scene:
    """One library, whose books take the values that are written to them."""

    def __init__(self, transaction: Transactions, database: Database, registry: Any, clock: ManualClock) -> None:
        self.shelf = StubLibrary()
        self.pipeline = Pipeline(transaction, self.shelf, registry, RULES, clock)
        self.matches = MatchBookHandlers(transaction, self.shelf, registry, clock)
        self.corrections = CorrectionHandlers(transaction, clock)
        self.database = database
        self._done = 0

    def put(self, book: Book) -> Book:
        self.shelf.shelf[book.id] = book
        return book

    def now(self, book: Book) -> Book:
        return self.shelf.shelf[book.id]

    async def decide(self, book: Book, **choice: Any) -> Match:
        """Decide, and do what the service then does."""
        request = DecideMatch(book_id=book.id, choice=MatchChoice(**choice), decided_by="kitchen tablet")
        match = await self.matches.decide(request)
        await self.refresh(book)
        return match

    async def refresh(self, book: Book, *, fill_only: bool = False) -> list[FieldChange]:
        """Refresh a book and write what is sent for it. Returns the changes."""
        await self.pipeline.refresh_book(RefreshBook(book_id=book.id, fill_only=fill_only))
        writes = (await messages_sent(self.database, WriteMetadata))[self._done :]
        self._done += len(writes)
        changes = [change for write in writes for change in write.changes]
        for change in changes:
            sources = self.now(book).metadata_source | {change.field: change.source}
            self.put(self.now(book).model_copy(update={change.field: change.new, "metadata_source": sources}))
        written = [change.correction_id for change in changes]
        await self.corrections.written(MetadataWritten(book_id=book.id, written=written))
        return changes


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    world = a_world(providers={"audible": [a_record(), zixi()], "hardcover": [a_record(asin=None)]})
    return catalogues(world, providers=PROVIDERS)


@pytest.fixture
def scene(made: Any, transaction: Transactions, database: Database, clock: ManualClock) -> Scene:
    return Scene(transaction, database, made.registry, clock)


async def test_the_candidates_are_judged_and_say_what_choosing_them_would_change(scene: Scene) -> None:
    book = scene.put(a_book(asin=None, isbn=None, publisher=None))
    answer = await scene.matches.get(GetMatch(book_id=book.id))
    assert (answer.confidence, answer.decision, answer.answered) == (Confidence.HIGH, None, ["audible", "hardcover"])
    first = answer.candidates[0]
    assert (first.entry.id, first.confidence, first.edition) == (OZ, Confidence.HIGH, "this edition")
    assert first.distance == 0
    assert {"series", "author", "year", "distance"} <= {each.rule for each in first.reasons}
    assert [(each.field, each.old, each.new) for each in first.changes] == [
        ("asin", None, "B0OZ000002"),
        ("publisher", None, "Emerald Audio"),
    ]
    assert [each.title for each in answer.readings] == ["marvelous land of oz"]
    assert await messages_sent(scene.database, WriteMetadata) == []
    assert scene.now(book) == book


async def test_a_failed_provider_is_named_with_the_candidates_of_the_others(scene: Scene, made: Any) -> None:
    book = scene.put(a_book())
    made.hardcover.outcomes.switch_on(Outcome(kind="forbidden"))
    answer = await scene.matches.get(GetMatch(book_id=book.id))
    assert [each.entry.id for each in answer.candidates] == [OZ]
    assert "403" in answer.failures["hardcover"]


async def test_a_chosen_entry_is_written_and_kept_by_the_next_refresh(scene: Scene) -> None:
    book = scene.put(a_book(title="Queen Zixi of Ix", asin=ZIXI, isbn=None, narrators=["Maud Ellery"], series=[]))
    book = scene.put(book.model_copy(update={"path": "Queen Zixi of Ix", "duration_seconds": 280 * 60.0}))
    assert await scene.refresh(book) == []
    match = await scene.decide(book, asin="B0OZ000002")
    assert match.decision is MatchDecision.PINNED
    written = scene.now(book)
    assert (written.title, written.asin, written.narrators) == ("The Marvelous Land of Oz", "B0OZ000002", ["Tom Reed"])
    assert written.series == [SeriesPlace(name="Oz", sequence="2")]
    assert written.metadata_source["title"] == "AUDIBLE"
    assert await scene.refresh(book) == []
    assert scene.now(book) == written


async def test_a_candidate_that_is_not_sure_is_written_only_after_it_was_chosen(scene: Scene) -> None:
    book = scene.put(vague(title="The Land of Oz"))
    assert await scene.refresh(book) == []
    answer = await scene.matches.get(GetMatch(book_id=book.id))
    assert answer.confidence is not Confidence.HIGH
    candidate = next(each for each in answer.candidates if each.entry.id == OZ)
    match = await scene.decide(book, entry_id=OZ, reason="I own the cover")
    assert (match.decision, match.decided_by, match.reason) == (
        MatchDecision.CHOSEN,
        "kitchen tablet",
        "I own the cover",
    )
    written = scene.now(book)
    assert {each.field: each.new for each in candidate.changes} == {
        each.field: getattr(written, each.field) for each in candidate.changes
    }
    assert (written.title, written.asin, written.published_year) == ("The Marvelous Land of Oz", "B0OZ000002", "1904")
    again = await scene.matches.get(GetMatch(book_id=book.id))
    assert (again.confidence, again.decision and again.decision.decision) == (Confidence.HIGH, MatchDecision.CHOSEN)
    assert [each.entry.id for each in again.candidates if each.chosen] == [OZ]
    assert again.candidates[0].reasons[0].words.startswith("chosen by kitchen tablet on ")
    assert again.candidates[0].changes == []
    assert await scene.refresh(book) == []


async def test_the_other_providers_complete_a_chosen_edition(
    catalogues: Callable[..., Any], transaction: Transactions, database: Database, clock: ManualClock
) -> None:
    other = a_record(asin=None, isbn="9780306406157", narrators=["Tom Reed"])
    made = catalogues(a_world(providers={"audible": [a_record()], "hardcover": [other]}), providers=PROVIDERS)
    scene = Scene(transaction, database, made.registry, clock)
    book = scene.put(vague())
    await scene.decide(book, asin="B0OZ000002")
    assert scene.now(book).isbn == "9780306406157"
    assert scene.now(book).metadata_source["isbn"] == "HARDCOVER"


async def test_a_field_that_a_person_set_stays_whatever_is_chosen(scene: Scene) -> None:
    book = scene.put(vague(title="My Oz", metadata_source={"title": "MANUAL"}))
    await scene.decide(book, asin="B0OZ000002")
    assert (scene.now(book).title, scene.now(book).asin) == ("My Oz", "B0OZ000002")


async def test_another_spelling_is_no_contradiction_of_the_chosen_edition(scene: Scene) -> None:
    book = scene.put(
        a_book(
            title="Marvelous Land of Oz",
            authors=["Baum, L. Frank"],
            narrators=["T. Reed"],
            series=[SeriesPlace(name="The Oz Series", sequence="2"), SeriesPlace(name="My Shelf")],
            publisher="Emerald Audio Ltd.",
            published_year="1987",
            language="en",
            isbn=None,
        )
    )
    before = book.model_dump(exclude={"isbn"})
    await scene.decide(book, asin="B0OZ000002")
    after = scene.now(book).model_dump(exclude={"isbn"})
    assert {name: value for name, value in after.items() if value != before[name]} == {}


async def test_only_empty_fields_are_filled_by_a_refresh_that_fills(scene: Scene) -> None:
    book = scene.put(vague(title="Frank Baum Land"))
    request = DecideMatch(book_id=book.id, choice=MatchChoice(asin="B0OZ000002"), decided_by="kitchen tablet")
    await scene.matches.decide(request)
    changed = {each.field for each in await scene.refresh(book, fill_only=True)}
    assert "title" not in changed
    assert {"asin", "narrators", "series"} <= changed


async def test_an_unmatched_book_is_never_looked_up_or_written(scene: Scene, made: Any) -> None:
    book = scene.put(a_book(publisher=None, description=None))
    await scene.decide(book, none=True, reason="a private recording")
    before = len(made.audible.outcomes.requests), len(made.hardcover.outcomes.requests)
    assert await scene.refresh(book) == []
    assert await scene.refresh(book, fill_only=True) == []
    assert (len(made.audible.outcomes.requests), len(made.hardcover.outcomes.requests)) == before == (0, 0)
    assert scene.now(book) == book
    refreshed = await messages_sent(scene.database, BookRefreshed)
    assert {each.confidence for each in refreshed} == {Confidence.UNMATCHED}
    answer = await scene.matches.get(GetMatch(book_id=book.id))
    assert answer.confidence is Confidence.UNMATCHED
    assert answer.candidates[0].entry.id == OZ
    assert answer.decision is not None
    assert answer.decision.reason == "a private recording"


async def test_a_forgotten_decision_leaves_the_book_to_the_evidence(scene: Scene) -> None:
    book = scene.put(a_book(publisher=None))
    await scene.decide(book, none=True)
    forgotten = await scene.matches.forget(ForgetMatch(book_id=book.id))
    assert forgotten.decision is MatchDecision.UNMATCHED
    assert [each.field for each in await scene.refresh(book)] == ["publisher"]
    events = await messages_sent(scene.database, MatchDecided)
    assert [each.decision for each in events] == [MatchDecision.UNMATCHED, None]
    with pytest.raises(UndecidedMatch, match="The Marvelous Land of Oz"):
        await scene.matches.forget(ForgetMatch(book_id=book.id))


async def test_a_chosen_entry_holds_after_the_provider_removed_it(
    scene: Scene, catalogues: Callable[..., Any], transaction: Transactions, clock: ManualClock
) -> None:
    book = scene.put(vague())
    await scene.decide(book, asin="B0OZ000002")
    scene.put(scene.now(book).model_copy(update={"asin": None, "publisher": None}))
    clock.forward(days=9)
    empty = catalogues(a_world(providers={"audible": [], "hardcover": []}), providers=PROVIDERS)
    scene.pipeline = Pipeline(transaction, scene.shelf, empty.registry, RULES, clock)
    assert {each.field: each.new for each in await scene.refresh(book)} == {
        "asin": "B0OZ000002",
        "publisher": "Emerald Audio",
    }


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        ({"entry_id": "AUDIBLE:B0NOWHERE1"}, UnknownEntry),
        ({"asin": "B0NOWHERE1"}, UnknownEdition),
        ({"isbn": "9780140449136"}, UnknownEdition),
        ({"asin": "nonsense"}, InvalidMetadata),
        ({"isbn": "9780306406158"}, InvalidMetadata),
    ],
)
async def test_what_no_provider_knows_is_refused(scene: Scene, choice: dict[str, str], error: type[Exception]) -> None:
    book = scene.put(a_book())
    with pytest.raises(error):
        await scene.decide(book, **choice)
    assert (await scene.matches.get(GetMatch(book_id=book.id))).decision is None


async def test_an_edition_is_pinned_while_a_provider_is_unavailable_and_found_later(
    scene: Scene, made: Any, clock: ManualClock
) -> None:
    book = scene.put(vague())
    made.audible.outcomes.switch_on(Outcome(kind="away"))
    match = await scene.decide(book, asin="B0OZ000002")
    assert (match.asin, match.entry) == ("B0OZ000002", None)
    assert scene.now(book) == book
    made.audible.outcomes.clear()
    clock.forward(hours=1)
    await scene.refresh(book)
    assert scene.now(book).title == "The Marvelous Land of Oz"


async def test_an_unknown_book_has_no_match(scene: Scene) -> None:
    with pytest.raises(UnknownBook):
        await scene.matches.get(GetMatch(book_id=uuid4()))
    with pytest.raises(UnknownBook):
        await scene.decide(a_book(), none=True)


def imported_again(book: Book, **changes: Any) -> Book:
    return book.model_copy(update={"id": uuid4(), "abs_id": "item-again", **changes})


def archived(book: Book) -> Book:
    return book.model_copy(update={"status": BookStatus.ARCHIVED})


async def test_a_decision_survives_a_new_import_of_the_folder(scene: Scene) -> None:
    book = scene.put(a_book(publisher=None))
    await scene.decide(book, none=True)
    scene.put(archived(book))
    again = scene.put(imported_again(book))
    assert await scene.refresh(again) == []
    assert [(each.book_id, each.decision) for each in await messages_sent(scene.database, MatchDecided)] == [
        (book.id, MatchDecision.UNMATCHED),
        (again.id, MatchDecision.UNMATCHED),
    ]
    answer = await scene.matches.get(GetMatch(book_id=again.id))
    assert answer.decision is not None
    assert answer.decision.book_id == again.id
    assert await scene.refresh(again) == []


async def test_a_chosen_edition_is_written_again_to_an_item_that_was_imported_again(scene: Scene) -> None:
    book = scene.put(vague())
    await scene.decide(book, asin="B0OZ000002")
    scene.put(archived(scene.now(book)))
    again = scene.put(imported_again(book))
    await scene.refresh(again, fill_only=True)
    full = [each for each in await messages_sent(scene.database, RefreshBook) if each.book_id == again.id]
    assert [each.fill_only for each in full] == [False]
    await scene.refresh(again)
    assert scene.now(again).title == "The Marvelous Land of Oz"


@pytest.mark.parametrize("gone", [True, False])
async def test_an_item_in_another_folder_is_recognized_by_its_asin_if_the_first_is_gone(
    scene: Scene, gone: bool
) -> None:
    book = scene.put(a_book(publisher=None))
    await scene.decide(book, none=True)
    if gone:
        scene.put(archived(book))
    again = scene.put(imported_again(book, path="elsewhere/Oz"))
    assert [each.field for each in await scene.refresh(again)] == ([] if gone else ["publisher"])
    decided = again if gone else book
    assert (await scene.matches.get(GetMatch(book_id=decided.id))).decision is not None


async def test_a_moved_item_keeps_its_decision_and_its_new_folder_counts(scene: Scene) -> None:
    book = scene.put(a_book(publisher=None, asin=None))
    await scene.decide(book, none=True)
    moved = scene.put(book.model_copy(update={"path": "moved/Oz"}))
    assert await scene.refresh(moved) == []
    scene.put(archived(moved))
    again = scene.put(imported_again(moved))
    other = scene.put(imported_again(book))
    assert await scene.refresh(again) == []
    assert [each.field for each in await scene.refresh(other)] == ["asin", "publisher"]


async def test_a_book_is_judged_again_after_each_decision(scene: Scene) -> None:
    book = scene.put(a_book())
    commands = RefreshBooks(book_ids=[book.id])
    await scene.pipeline.refresh_books(commands)
    await scene.decide(book, none=True)
    await scene.pipeline.refresh_books(commands)
    confidences = [each.confidence for each in await messages_sent(scene.database, BookRefreshed)]
    assert confidences == [Confidence.HIGH, Confidence.UNMATCHED, Confidence.UNMATCHED]


@pytest.mark.parametrize("choice", [{}, {"asin": "B0OZ000002", "none": True}, {"entry_id": OZ, "isbn": "1"}])
def test_a_choice_is_exactly_one_decision(choice: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        MatchChoice(**choice)
