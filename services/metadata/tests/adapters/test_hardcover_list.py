"""Lists of Hardcover are read with the provider's token, and only from the address of the settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from metadata.adapters.import_lists.registry import KINDS
from metadata.adapters.import_lists.sources import KnownSources
from metadata.domain.import_lists import StoredList
from metadata.domain.refusals import InvalidImportList
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import ReadingList
from shared.chassis.errors import RemoteError
from shared.contracts.metadata.import_lists import ImportList, RemovedEntries

KIND = "hardcover_list"
RECORDS = [
    a_record(id=str(number), title=f"Book {number}", asin=f"B0OZ{number:06d}", isbn="9780306406157", series=[])
    for number in range(1, 231)
]
LISTS = [
    ReadingList(site="hardcover", user="reader", name="to-listen", books=["3", "1"]),
    ReadingList(site="hardcover", user="reader", name="long", books=[each.id for each in RECORDS]),
    ReadingList(site="hardcover", user="other", name="empty", books=[]),
]


@pytest.fixture
def there(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"hardcover": RECORDS}, reading_lists=LISTS))


@pytest.fixture
def sources(there: Any) -> KnownSources:
    return KnownSources(KINDS, there.clients)


def the_list(sources: KnownSources, address: str) -> StoredList:
    values = {"id": uuid4(), "name": "List", "kind": KIND, "shelf": "", "enabled": True, "auto_download": False}
    values |= {"priority": 50, "removed_entries": RemovedEntries.KEEP, "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return StoredList(ImportList.model_validate(values | {"address": sources.address(KIND, address)}))


async def test_the_books_have_the_number_of_the_book_as_key_and_no_narrators_as_authors(sources: KnownSources) -> None:
    contents = await sources.fetch(the_list(sources, "https://hardcover.app/@reader/lists/to-listen?sort=1"))
    assert contents is not None
    assert [(each.key, each.title, each.authors) for each in contents.books] == [
        ("3", "Book 3", ("L. Frank Baum",)),
        ("1", "Book 1", ("L. Frank Baum",)),
    ]
    assert [each.asin for each in contents.books] == ["B0OZ000003", None]


async def test_a_long_list_is_read_page_by_page(sources: KnownSources, there: Any) -> None:
    contents = await sources.fetch(the_list(sources, "@reader/lists/long"))
    assert contents is not None
    assert len(contents.books) == len(RECORDS)
    assert len(there.hardcover.outcomes.requests) == 3


async def test_an_empty_list_is_not_an_unknown_one(sources: KnownSources) -> None:
    contents = await sources.fetch(the_list(sources, "@other/lists/empty"))
    assert contents is not None
    assert contents.books == ()
    with pytest.raises(InvalidImportList, match="does not exist, or it is private"):
        await sources.fetch(the_list(sources, "@other/lists/nothing"))


async def test_a_token_without_the_scope_is_named_and_the_catalogue_stays_usable(
    sources: KnownSources, there: Any
) -> None:
    there.hardcover.outcomes.switch_on(Outcome(kind="no_list_scope"))
    with pytest.raises(InvalidImportList, match="read:lists"):
        await sources.fetch(the_list(sources, "@reader/lists/to-listen"))
    provider = next(each.provider for each in there.registry.enabled if each.provider.name == "hardcover")
    assert (await provider.search("Book 1", ["L. Frank Baum"])).works


@pytest.mark.parametrize("kind", ["away", "broken", "html", "half", "empty", "throttled", "forbidden", "unauthorized"])
async def test_a_failure_is_never_an_empty_list(sources: KnownSources, there: Any, kind: str) -> None:
    there.hardcover.outcomes.switch_on(Outcome(kind=kind))
    with pytest.raises(RemoteError):
        await sources.fetch(the_list(sources, "@reader/lists/to-listen"))


@pytest.mark.parametrize(
    "address",
    [
        "https://hardcover.app.example.net/@reader/lists/x",
        "http://127.0.0.1/@reader/lists/x",
        "https://hardcover.app@example.net/@reader/lists/x",
        "file:///@reader/lists/x",
        "https://hardcover.app/@reader/lists/../../x",
        "https://hardcover.app/@reader/books/want-to-read",
        "",
        "@/lists/x",
    ],
)
def test_an_address_of_another_site_is_refused(sources: KnownSources, address: str) -> None:
    with pytest.raises(InvalidImportList, match="not a list of Hardcover"):
        sources.address(KIND, address)


def test_an_address_is_stored_without_its_query(sources: KnownSources) -> None:
    assert sources.address(KIND, " HTTPS://www.hardcover.app/@Reader/lists/to-listen/?token=x ") == (
        "https://hardcover.app/@Reader/lists/to-listen"
    )


async def test_without_the_provider_a_list_says_what_is_missing(sources: KnownSources) -> None:
    alone = KnownSources(KINDS, {})
    with pytest.raises(InvalidImportList, match="the provider hardcover is not used"):
        await alone.fetch(the_list(sources, "@reader/lists/to-listen"))
