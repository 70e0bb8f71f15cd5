"""Lists, and searches with queries as people type them, in a real Postgres."""

from uuid import uuid4

import pytest
from library_builders import an_item
from library_scanner.domain.missing_book import StoredMissingBook
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.list_library import ListLibraryHandlers, SortRefused
from library_scanner.workflow.sync_items import sync_items
from shared.books.text.languages import language_code
from shared.books.text.sort_keys import first_letter, title_sort_key
from shared.contracts.library.authors import ListAuthorLetters, ListAuthors, LookUpAuthors, SearchAuthors
from shared.contracts.library.books import ListBookFolders, ListBookLetters, ListBooks, SearchBooks
from shared.contracts.library.letters import ByTitle, Letters
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook
from shared.contracts.library.series import ListSeries, ListSeriesLetters, SearchSeries
from shared.contracts.values import SeriesPlace
from shared.testing.clocks import ManualClock

SHELF = [
    an_item(
        abs_id="oz-1",
        isbn="978-0-06-029323-9",
        narrators=("Tom Reed",),
        series=(SeriesPlace(name="Oz", sequence="1"),),
    ),
    an_item(abs_id="oz-3", title="Ozma of Oz", path="Oz/3", asin="B0OZ000003"),
    an_item(abs_id="anne", title="Anne of Green Gables", path="Anne/1", authors=("L. M. Montgomery",)),
    an_item(
        abs_id="nils", title="Nils Holgerssons underbara resa", path="Nils", authors=("Selma Lagerlöf",), language="sv"
    ),
    an_item(abs_id="tarzan", title="Tarzan of the Apes", path="Tarzan/1", authors=("Edgar Rice Burroughs",)),
]


@pytest.fixture
async def lists(transaction: Transactions, clock: ManualClock) -> ListLibraryHandlers:
    async with transaction() as tx:
        await sync_items(tx, SHELF, clock, read_at=clock.now())
    return ListLibraryHandlers(transaction, transaction)


async def titles(lists: ListLibraryHandlers, query: str) -> list[str]:
    return [book.title for book in (await lists.search_books(SearchBooks(query=query))).items]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("wonderful wizard", "The Wonderful Wizard of Oz"),
        ("wizzard oz", "The Wonderful Wizard of Oz"),
        ("oz of wizard wonderfull", "The Wonderful Wizard of Oz"),
        ("tom reed oz", "The Wonderful Wizard of Oz"),
        ("9780060293239", "The Wonderful Wizard of Oz"),
        ("0-06-029323-3", "The Wonderful Wizard of Oz"),
        ("b0oz000003", "Ozma of Oz"),
        ("gren gabels", "Anne of Green Gables"),
        ("montgomry anne", "Anne of Green Gables"),
        ("lagerlof", "Nils Holgerssons underbara resa"),
        ("Lágerlöf Nïls", "Nils Holgerssons underbara resa"),
        ("tarzn", "Tarzan of the Apes"),
    ],
)
async def test_the_intended_book_is_found_first(lists: ListLibraryHandlers, query: str, title: str) -> None:
    assert (await titles(lists, query))[:1] == [title]


async def test_a_similar_isbn_finds_nothing(lists: ListLibraryHandlers) -> None:
    assert await titles(lists, "9780060293230") == []


@pytest.mark.parametrize("query", ["!!!", "%", "_", "' or 1=1", "zzzzqqq", "x" * 500])
async def test_meaningless_queries_find_nothing(lists: ListLibraryHandlers, query: str) -> None:
    assert await titles(lists, query) == []


async def test_a_page_beyond_the_results_is_empty_and_has_the_total(lists: ListLibraryHandlers) -> None:
    page = await lists.search_books(SearchBooks(query="oz", limit=1, offset=50))
    assert (page.items, page.total) == ([], 2)


async def test_authors_and_series_are_found_by_misspelled_names(lists: ListLibraryHandlers) -> None:
    authors = await lists.search_authors(SearchAuthors(query="burrows edgar"))
    series = await lists.search_series(SearchSeries(query="baum oz"))
    assert [author.name for author in authors.items] == ["Edgar Rice Burroughs"]
    assert [one.name for one in series.items] == ["Oz"]


async def test_authors_are_looked_up_by_name_in_any_spelling(lists: ListLibraryHandlers) -> None:
    names = ["Burroughs, Edgar Rice", "Jane Austen", "Selma Lagerlof"]
    burroughs, austen, lagerlof = await lists.look_up_authors(LookUpAuthors(names=names))
    assert [each.name for each in (burroughs, austen, lagerlof)] == names
    assert (austen.author_id, austen.owned) == (None, 0)
    assert lagerlof.author_id is not None
    assert burroughs.author_id == (await lists.search_authors(SearchAuthors(query="burroughs"))).items[0].id


async def test_only_folders_of_books_are_listed_not_their_parents(lists: ListLibraryHandlers) -> None:
    assert await lists.list_book_folders(ListBookFolders(paths=["Oz", "Oz/3", "Nils"])) == ["Nils", "Oz/3"]


async def test_a_list_is_sorted_by_a_field_in_both_directions(lists: ListLibraryHandlers) -> None:
    upwards, downwards = [await lists.list_books(ListBooks(sort=sort)) for sort in ("title", "-title")]

    assert [book.title for book in upwards.items] == sorted(
        (book.title for book in upwards.items), key=lambda title: title.removeprefix("The ")
    )
    assert [book.title for book in downwards.items] == [book.title for book in reversed(upwards.items)]


async def test_an_unknown_sort_is_refused_with_the_fields_that_can_be_used(lists: ListLibraryHandlers) -> None:
    unknown = "cannot sort by 'colour'; use one of .*(name|title)"
    with pytest.raises(SortRefused, match=unknown):
        await lists.list_books(ListBooks(sort="colour"))
    with pytest.raises(SortRefused, match=unknown):
        await lists.list_authors(ListAuthors(sort="colour"))
    with pytest.raises(SortRefused, match=unknown):
        await lists.list_series(ListSeries(sort="colour"))
    with pytest.raises(SortRefused, match=unknown):
        await lists.list_missing_books(ListMissingBooks(sort="colour"))


def places(letters: Letters) -> dict[str, tuple[int, int]]:
    return {place.letter: (place.offset, place.count) for place in letters.letters}


@pytest.mark.parametrize("sort", ["title", "-title"])
async def test_a_letter_has_the_offset_of_its_first_title(lists: ListLibraryHandlers, sort: ByTitle) -> None:
    listed = [book.title for book in (await lists.list_books(ListBooks(sort=sort))).items]
    letters = await lists.list_book_letters(ListBookLetters(sort=sort))
    firsts = [title.removeprefix("The ")[0] for title in listed]
    assert [place.letter for place in letters.letters] == list(dict.fromkeys(firsts))
    assert places(letters) == {first: (firsts.index(first), firsts.count(first)) for first in firsts}
    assert letters.total == len(SHELF)


async def test_letters_have_the_filters_of_their_lists(lists: ListLibraryHandlers) -> None:
    by_baum = ListBookLetters(author="baum")
    assert places(await lists.list_book_letters(by_baum)) == {"O": (0, 1), "W": (1, 1)}
    assert places(await lists.list_series_letters(ListSeriesLetters(author="baum"))) == {"O": (0, 1)}
    assert places(await lists.list_series_letters(ListSeriesLetters(author="nobody"))) == {}
    assert places(await lists.list_author_letters(ListAuthorLetters())) == {"E": (0, 1), "L": (1, 2), "S": (3, 1)}
    assert places(await lists.list_author_letters(ListAuthorLetters(sort="-name")))["S"] == (0, 1)


UNSORTED = {
    "Émile": "French", "zebra": "English", "Die Verwandlung": "German", "Die Trying": "English",
    "The Emigrants": "English", "10 Years": "English", "9 Years": "English", "“Ozma”": "English", "ßtein": "German",
    "Дом": "Russian", "漢字": "Japanese", "émigré": "English", "…": "English", "L'Assommoir": "French",
    "Łódź": "Polish",
}  # fmt: skip


@pytest.fixture
async def unsorted(transaction: Transactions, clock: ManualClock) -> ListLibraryHandlers:
    """Titles in several scripts and languages."""
    shelf = [
        an_item(
            abs_id=f"li_{number}",
            path=f"Shelf/{number}",
            title=title,
            language=language,
            authors=(f"The {number}",),
            series=(SeriesPlace(name=f"The Series {number}", sequence="1"),),
        )
        for number, (title, language) in enumerate(UNSORTED.items())
    ]
    async with transaction() as tx:
        await sync_items(tx, shelf, clock, read_at=clock.now())
    return ListLibraryHandlers(transaction, transaction)


async def test_every_letter_is_where_its_rows_begin_in_every_script(unsorted: ListLibraryHandlers) -> None:
    for sort in ("title", "-title"):
        rows = [book.title for book in (await unsorted.list_books(ListBooks(sort=sort))).items]
        letters = (await unsorted.list_book_letters(ListBookLetters(sort=sort))).letters
        firsts = [first_letter(title_sort_key(title, language_code(UNSORTED[title]))) for title in rows]
        expected = [(letter, firsts.index(letter), firsts.count(letter)) for letter in dict.fromkeys(firsts)]
        assert [(each.letter, each.offset, each.count) for each in letters] == expected
    assert rows[::-1] == [
        "…", "9 Years", "10 Years", "L'Assommoir", "Die Trying", "The Emigrants", "émigré", "Émile", "Łódź", "“Ozma”",
        "ßtein", "Die Verwandlung", "zebra", "Дом", "漢字",
    ]  # fmt: skip


async def test_missing_books_are_sorted_as_books_are(
    unsorted: ListLibraryHandlers, transaction: Transactions, clock: ManualClock
) -> None:
    async with transaction() as tx:
        for title, language in UNSORTED.items():
            missing = MissingBook(
                id=uuid4(), title=title, language=language, authors=[f"The author of {title}"],
                reason="author_gap", source="AUDIBLE", status="identified", priority=1,
                identified_at=clock.now(), updated_at=clock.now(),
            )  # fmt: skip
            await tx.missing_books.save(StoredMissingBook(missing))
    for sort in ("title", "-title"):
        books = (await unsorted.list_books(ListBooks(sort=sort))).items
        missing_books = (await unsorted.list_missing_books(ListMissingBooks(sort=sort))).items
        assert [each.title for each in missing_books] == [each.title for each in books]


async def test_series_are_sorted_without_articles_and_people_with_all_their_words(
    unsorted: ListLibraryHandlers,
) -> None:
    series = (await unsorted.list_series(ListSeries(sort="name"))).items
    assert [each.name for each in series] == [f"The Series {number}" for number in range(len(UNSORTED))]
    letters = (await unsorted.list_author_letters(ListAuthorLetters())).letters
    assert [(each.letter, each.count) for each in letters] == [("T", len(UNSORTED))]


async def test_a_new_title_has_a_new_place(
    unsorted: ListLibraryHandlers, transaction: Transactions, clock: ManualClock
) -> None:
    async with transaction() as tx:
        moved = an_item(abs_id="li_1", path="Shelf/1", title="An Aardvark", language="English", updated_ms=2)
        await sync_items(tx, [moved], clock, read_at=clock.now())
    first = (await unsorted.list_books(ListBooks(sort="title"))).items
    assert [each.title for each in first].index("An Aardvark") == 3


async def test_a_series_names_each_author_once_however_the_books_spell_the_name(
    lists: ListLibraryHandlers, transaction: Transactions, clock: ManualClock
) -> None:
    other = an_item(
        abs_id="oz-2", path="Oz/2", authors=("Baum, L. Frank",), series=(SeriesPlace(name="Oz", sequence="2"),)
    )
    async with transaction() as tx:
        await sync_items(tx, [*SHELF, other], clock, read_at=clock.now())
    series = (await lists.list_series(ListSeries())).items
    assert [each.authors for each in series if each.name == "Oz"] == [["L. Frank Baum"]]
