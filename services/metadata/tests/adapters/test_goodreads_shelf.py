"""Shelves of Goodreads are read page by page, conditionally, and only from the address of the settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metadata.adapters.import_lists.goodreads_shelf.feed import books_of
from metadata.adapters.import_lists.registry import KINDS
from metadata.adapters.import_lists.sources import KnownSources
from metadata.domain.import_lists import LONGEST_TEXT, Contents, StoredList
from metadata.domain.refusals import InvalidImportList
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import ReadingList
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteBlockedUs, RemoteError
from shared.contracts.metadata.import_lists import ImportList, RemovedEntries

KIND = "goodreads_shelf"
SHELF = "https://www.goodreads.com/review/list/12345-reader?shelf=to-read"
RECORDS = [a_record(id=str(number), title=f"Book {number}", format="print", asin=None) for number in range(1, 231)]
LISTS = [
    ReadingList(site="goodreads", user="12345", name="to-read", books=["3", "1"]),
    ReadingList(site="goodreads", user="12345", name="long", books=[each.id for each in RECORDS]),
]


@pytest.fixture
def there(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"goodreads": RECORDS}, reading_lists=LISTS))


@pytest.fixture
def sources(there: Any) -> KnownSources:
    return KnownSources(KINDS, there.clients)


def the_list(sources: KnownSources, address: str = SHELF, validators: tuple[str, ...] = ()) -> StoredList:
    values = {"id": uuid4(), "name": "List", "kind": KIND, "shelf": "", "enabled": True, "auto_download": False}
    values |= {"priority": 50, "removed_entries": RemovedEntries.KEEP, "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return StoredList(ImportList.model_validate(values | {"address": sources.address(KIND, address)}), validators)


def requests_of(there: Any) -> int:
    return len(there.stand_ins["goodreads"].outcomes.requests)


async def read(sources: KnownSources, *arguments: Any) -> Contents:
    contents = await sources.fetch(the_list(sources, *arguments))
    assert contents is not None
    return contents


async def test_a_shelf_is_read_even_if_the_provider_is_not_used_for_metadata(sources: KnownSources, there: Any) -> None:
    contents = await read(sources)
    assert [(each.key, each.title, each.authors, each.published_year) for each in contents.books] == [
        ("1", "Book 1 (Oz, #2)", ("L. Frank Baum",), 1904),
        ("3", "Book 3 (Oz, #2)", ("L. Frank Baum",), 1904),
    ]
    assert "goodreads" not in {each.provider.name for each in there.registry.enabled}


async def test_a_long_shelf_is_read_until_a_page_is_empty(sources: KnownSources, there: Any) -> None:
    assert len((await read(sources, "12345?shelf=long")).books) == len(RECORDS)
    assert requests_of(there) == 4


async def test_a_feed_with_one_book_on_each_page_is_read_to_its_end(sources: KnownSources, there: Any) -> None:
    there.stand_ins["goodreads"].outcomes.switch_on(Outcome(kind="one_on_each_page"))
    assert [each.key for each in (await read(sources)).books] == ["1", "3"]
    with pytest.raises(RemoteAnsweredNonsense, match="import the export"):
        await sources.fetch(the_list(sources, "12345?shelf=long"))


async def test_an_unchanged_shelf_is_not_read_again(sources: KnownSources, there: Any) -> None:
    contents = await read(sources)
    before = requests_of(there)
    assert await sources.fetch(the_list(sources, SHELF, contents.validators)) is None
    statuses = [each.status for each in there.stand_ins["goodreads"].outcomes.requests][before:]
    assert statuses == [304, 304]
    changed = await sources.fetch(the_list(sources, SHELF, ('W/"old"', *contents.validators[1:])))
    assert changed == contents


async def test_an_unknown_user_is_not_an_empty_shelf(sources: KnownSources) -> None:
    assert (await read(sources, "12345?shelf=nothing")).books == ()
    with pytest.raises(InvalidImportList, match="no such user or shelf"):
        await sources.fetch(the_list(sources, "999"))


@pytest.mark.parametrize("kind", ["challenge", "captcha_page", "waf_block"])
async def test_a_challenge_stops_all_requests_to_the_site(sources: KnownSources, there: Any, kind: str) -> None:
    there.stand_ins["goodreads"].outcomes.switch_on(Outcome(kind=kind, times=1))
    with pytest.raises(RemoteBlockedUs):
        await sources.fetch(the_list(sources))
    before = requests_of(there)
    with pytest.raises(RemoteError):
        await sources.fetch(the_list(sources))
    assert requests_of(there) == before


async def test_a_private_shelf_stops_only_its_list(sources: KnownSources, there: Any) -> None:
    there.stand_ins["goodreads"].outcomes.switch_on(Outcome(kind="sign_in", times=1))
    with pytest.raises(InvalidImportList, match="make the profile public"):
        await sources.fetch(the_list(sources))
    assert len((await read(sources, "12345?shelf=long")).books) == len(RECORDS)


@pytest.mark.parametrize("kind", ["away", "broken", "html", "half", "empty", "throttled", "forbidden"])
async def test_a_failure_is_never_an_empty_shelf(sources: KnownSources, there: Any, kind: str) -> None:
    there.stand_ins["goodreads"].outcomes.switch_on(Outcome(kind=kind))
    with pytest.raises(RemoteError):
        await sources.fetch(the_list(sources))


@pytest.mark.parametrize(
    "address",
    [
        "https://goodreads.com.example.net/review/list/12345",
        "http://169.254.169.254/review/list_rss/12345",
        "https://www.goodreads.com@example.net/12345",
        "file:///12345",
        "https://www.goodreads.com/review/list/12345/../../x",
        "https://www.goodreads.com/review/list/12345?shelf=../x",
        "https://www.goodreads.com/book/show/12345/extra",
        "reader",
        "",
    ],
)
def test_an_address_of_another_site_is_refused(sources: KnownSources, address: str) -> None:
    with pytest.raises(InvalidImportList, match="not a shelf of Goodreads"):
        sources.address(KIND, address)


@pytest.mark.parametrize(
    "address",
    [
        "12345",
        "https://www.goodreads.com/user/show/12345-a-reader",
        "https://www.goodreads.com/review/list_rss/12345?key=SECRET&shelf=to-read",
        " HTTP://goodreads.com/review/list/12345?utf8=%E2%9C%93&shelf=to-read#top ",
    ],
)
def test_an_address_is_stored_without_its_key(sources: KnownSources, address: str) -> None:
    assert sources.address(KIND, address) == "https://www.goodreads.com/review/list/12345?shelf=to-read"


BOMB = b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>'


@pytest.mark.parametrize("content", [b"", b"{}", b"<html><body>Sign in</body></html>", b"<rss/>", b"<rss><a>", BOMB])
def test_what_is_not_a_feed_is_refused(content: bytes) -> None:
    with pytest.raises(RemoteAnsweredNonsense):
        books_of(content)


fields = st.fixed_dictionaries(
    {}, optional={name: st.text(max_size=60) for name in ("title", "book_id", "author_name", "isbn", "book_published")}
)


@given(st.lists(fields, max_size=5))
def test_whatever_a_feed_contains_its_books_are_bounded_and_clean(items: list[dict[str, str]]) -> None:
    parts = ("".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in item.items()) for item in items)
    _reads_or_refuses("".join(("<rss><channel>", *(f"<item>{each}</item>" for each in parts), "</channel></rss>")))


@given(st.text(max_size=200))
def test_whatever_text_a_site_sends_it_is_read_or_refused(text: str) -> None:
    _reads_or_refuses(text)
    _reads_or_refuses(f"<rss><channel><item><title>{text}</title></item></channel></rss>")


def _reads_or_refuses(text: str) -> None:
    try:
        books = books_of(text.encode("utf-8", "replace"))
    except RemoteAnsweredNonsense:
        return
    for book in books:
        assert book.key
        for each in (book.key, book.title, *book.authors):
            assert len(each) <= LONGEST_TEXT
            assert each.isprintable()
