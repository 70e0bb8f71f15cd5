"""The editions of a book, merged from the entries of all providers."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.find_editions import FindEditionsHandler
from metadata.workflow.edition_search import EditionSearch
from metadata_builders import StubLibrary, a_book
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import ProviderRecord
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.library.books import Book
from shared.contracts.metadata.editions import EditionsFound, FindEditions
from shared.contracts.metadata.matches import Match
from shared.contracts.values import Confidence, MatchDecision
from shared.testing.clocks import ManualClock

READER = a_record(genres=["Fantasy"])
OTHER_READER = a_record(
    id="1003", asin="B0OZ000003", narrators=["Anna Fields"], duration_minutes=352, publisher="Blackstone"
)
IN_PRINT = a_record(asin=None, narrators=[], duration_minutes=None, format="print", description="A boy named Tip.")
OTHER_WORK = a_record(id="1009", asin="B0OZ000009", title="Ozma of Oz", series=[{"name": "Oz", "sequence": "3"}])
REQUEST = FindEditions(title="The Marvelous Land of Oz", author="L. Frank Baum")
WITHIN_SECONDS = 300.0


@pytest.fixture
def find(catalogues: Callable[..., Any], transaction: Transactions) -> Callable[..., Any]:
    """Call it with the records of each provider, and the books of the library."""

    async def found(
        providers: dict[str, Any], *books: Book, request: FindEditions = REQUEST, outcome: Outcome | None = None
    ) -> EditionsFound:
        made = catalogues(a_world(providers=providers))
        if outcome is not None:
            made.audible.outcomes.switch_on(outcome)
        search = EditionSearch(made.registry.enabled, WITHIN_SECONDS)
        return await FindEditionsHandler(transaction, StubLibrary(*books), made.registry, search).find(request)

    return found


async def test_entries_of_one_edition_are_one_record_with_the_values_of_all_providers(find: Callable[..., Any]) -> None:
    listed = a_record(id="77", isbn="9780306406157", description="A boy named Tip.", language="English")
    found = await find({"audible": [READER], "hardcover": [listed]})
    (edition,) = found.editions
    assert (edition.title, edition.authors, edition.narrators) == (READER.title, READER.authors, READER.narrators)
    assert (edition.asin, edition.isbn, edition.duration_minutes) == ("B0OZ000002", "9780306406157", 300)
    assert [(each.name, each.sequence) for each in edition.series] == [("Oz", "2")]
    assert (edition.publisher, edition.published_year, edition.language) == ("Emerald Audio", "1904", "English")
    assert edition.genres == ["Fantasy"]
    assert "Tip" in (edition.description or "")
    assert edition.providers == ["audible", "hardcover"]
    assert found.failures == {}


async def test_a_record_has_the_cover_of_its_own_recording(find: Callable[..., Any]) -> None:
    found = await find({"audible": [READER, OTHER_READER], "hardcover": []})
    covers = {each.asin: each.cover for each in found.editions}
    assert all(asin in str(cover) for asin, cover in covers.items())
    assert len(covers) == 2


@pytest.mark.parametrize("asin", ["B0OZ000002", "B0OZ000003"])
async def test_the_edition_that_a_person_pinned_comes_first(
    find: Callable[..., Any], transaction: Transactions, clock: ManualClock, asin: str
) -> None:
    owned = a_book(asin=None, isbn=None, narrators=[], duration_seconds=None)
    pinned = Match(
        book_id=owned.id,
        book_title=owned.title,
        decision=MatchDecision.PINNED,
        asin=asin,
        decided_by="kitchen tablet",
        decided_at=clock.now(),
    )
    async with transaction() as tx:
        await tx.matches.store(pinned, owned)
    found = await find({"audible": [READER, OTHER_READER], "hardcover": []}, owned)
    assert found.editions[0].asin == asin


async def test_each_recording_is_a_record_with_only_its_own_values(find: Callable[..., Any]) -> None:
    found = await find({"audible": [READER, OTHER_READER], "hardcover": []})
    assert {(each.asin, *each.narrators, each.duration_minutes, each.publisher) for each in found.editions} == {
        ("B0OZ000002", "Tom Reed", 300, "Emerald Audio"), ("B0OZ000003", "Anna Fields", 352, "Blackstone"),
    }  # fmt: skip


@pytest.mark.parametrize("record", [READER, OTHER_READER], ids=lambda record: record.narrators[0])
async def test_the_edition_that_the_library_has_comes_first(find: Callable[..., Any], record: ProviderRecord) -> None:
    seconds = (record.duration_minutes or 0) * 60.0
    owned = a_book(narrators=record.narrators, asin=None, isbn=None, duration_seconds=seconds)
    found = await find({"audible": [READER, OTHER_READER], "hardcover": []}, owned)
    assert found.editions[0].asin == record.asin
    assert len(found.editions) == 2


async def test_two_owned_books_of_one_title_do_not_decide_which_edition_comes_first(find: Callable[..., Any]) -> None:
    owned = [a_book(id=f"00000000-0000-0000-0000-00000000000{each}") for each in (1, 2)]
    found = await find({"audible": [READER, OTHER_READER], "hardcover": []}, *owned)
    assert {each.confidence for each in found.editions} == {Confidence.MEDIUM}


async def test_another_work_is_left_out(find: Callable[..., Any]) -> None:
    found = await find({"audible": [READER, OTHER_WORK], "hardcover": [OTHER_WORK]})
    assert [each.title for each in found.editions] == [READER.title]


async def test_no_edition_is_found_if_only_another_work_is_known(find: Callable[..., Any]) -> None:
    assert (await find({"audible": [OTHER_WORK], "hardcover": []})).editions == []


async def test_printed_books_are_one_record_if_no_audiobook_is_known(find: Callable[..., Any]) -> None:
    (edition,) = (await find({"audible": [], "hardcover": [IN_PRINT]})).editions
    assert (edition.narrators, edition.duration_minutes, edition.asin) == ([], None, None)
    assert (edition.title, edition.authors) == (IN_PRINT.title, IN_PRINT.authors)


async def test_printed_books_are_no_record_beside_an_audiobook(find: Callable[..., Any]) -> None:
    found = await find({"audible": [READER], "hardcover": [IN_PRINT]})
    assert [each.asin for each in found.editions] == ["B0OZ000002"]


@pytest.mark.parametrize("asin", ["B0OZ000002", None])
async def test_an_entry_that_names_no_recording_is_no_edition(find: Callable[..., Any], asin: str | None) -> None:
    bare = a_record(
        id="5", asin=None, isbn="9780306406157", narrators=[], duration_minutes=None, description="A boy named Tip."
    )
    listed = [READER] if asin else []
    (edition,) = (await find({"audible": listed, "hardcover": [bare]})).editions
    assert (edition.asin, edition.authors) == (asin, READER.authors)
    assert "Tip" in (edition.description or "")


async def test_a_provider_that_fails_is_named_and_the_others_answer(find: Callable[..., Any]) -> None:
    found = await find({"audible": [READER], "hardcover": [READER]}, outcome=Outcome(kind="throttled"))
    assert [each.providers for each in found.editions] == [["hardcover"]]
    assert list(found.failures) == ["audible"]


async def test_a_provider_that_does_not_answer_in_time_is_named_and_its_answer_is_there_the_next_time(
    catalogues: Callable[..., Any], transaction: Transactions
) -> None:
    made = catalogues(a_world(providers={"audible": [READER], "hardcover": []}), providers="audible")
    made.audible.outcomes.switch_on(Outcome(kind="slow", delay_seconds=0.3, times=1))
    hasty = EditionSearch(made.registry.enabled, 0.05)
    found = await FindEditionsHandler(transaction, StubLibrary(), made.registry, hasty).find(REQUEST)
    assert found == EditionsFound(editions=[], failures={"audible": "no answer within 0.05 s"})
    patient = EditionSearch(made.registry.enabled, WITHIN_SECONDS)
    assert (await FindEditionsHandler(transaction, StubLibrary(), made.registry, patient).find(REQUEST)).editions
    assert len(made.audible.outcomes.requests) == 1
    await hasty.aclose()


async def test_the_providers_are_searched_while_the_library_does_not_answer(
    catalogues: Callable[..., Any], transaction: Transactions
) -> None:
    class Away(StubLibrary):
        async def search(self, query: str, at_most: int) -> list[Book]:
            raise ServiceUnavailable("library-scanner", "it does not answer")

    made = catalogues(a_world(providers={"audible": [READER], "hardcover": []}))
    search = EditionSearch(made.registry.enabled, WITHIN_SECONDS)
    assert (await FindEditionsHandler(transaction, Away(), made.registry, search).find(REQUEST)).editions


@pytest.mark.parametrize("isbn", ["0-306-40615-2", "no isbn"])
async def test_an_isbn_finds_the_book_and_an_invalid_one_is_ignored(find: Callable[..., Any], isbn: str) -> None:
    listed = a_record(isbn="9780306406157")
    request = FindEditions(title=listed.title, author="L. Frank Baum", isbn=isbn)
    found = await find({"audible": [], "hardcover": [listed]}, request=request)
    assert [each.isbn for each in found.editions] == ["9780306406157"]


async def test_a_title_without_an_author_is_not_sure_enough(find: Callable[..., Any]) -> None:
    found = await find({"audible": [READER], "hardcover": []}, request=FindEditions(title=READER.title))
    assert found == EditionsFound(editions=[])
