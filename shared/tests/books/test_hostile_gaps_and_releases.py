"""Catalogues, libraries and listings with any text cause no exception and no excessive time."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapPolicy
from shared.books.gaps.finding import author_gaps, series_gaps
from shared.books.gaps.omnibus import spans_of
from shared.books.matching.work_kinds import kind_of
from shared.books.releases.description import ReleaseDescription, WantedBook
from shared.books.releases.explained_name import explain, sought
from shared.books.releases.judging import judge_release, rank
from shared.books.releases.name_words import words_of
from shared.testing.work import function_calls, stopped_if_endless

POLICY = GapPolicy(as_of=date(2026, 1, 1))
FRAGMENTS = ["Book", "3", "#", "(", "[", "]", ")", "-", " - ", ":", ",", "by", "/", "Oz", "Ozma of Oz", "L. Frank Baum",
           "[ENG / M4B]", "1-3", "Part 2", "{", "}", "_", ".", "\u202e", "\u0000", "👑", "é", "Box Set", "III",
           "&"]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join),
                  st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))  # fmt: skip
some_text = st.none() | texts
people_named = st.lists(texts, max_size=3).map(tuple)
places = st.lists(st.builds(SeriesPlace, texts, some_text), max_size=2).map(tuple)
books = st.builds(BookDescription, title=texts, subtitle=some_text, authors=people_named, narrators=people_named,
                  series=places, path=some_text, language=some_text,
                  published_year=st.none() | st.integers())  # fmt: skip
releases = st.builds(
    ReleaseDescription, st.just("r"), texts, work_title=some_text, authors=people_named, narrators=people_named,
    series=places, filetypes=people_named, language_code=some_text, tags=some_text,
    categories=st.lists(st.integers(), max_size=3).map(tuple), is_audio=st.none() | st.booleans(),
)  # fmt: skip
OZMA = WantedBook(BookDescription("Ozma of Oz", authors=("L. Frank Baum",), series=(SeriesPlace("Oz", "3"),)))
REPEATED = ["a", " ", "(", "[", "1", "1 ", "Book 1 ", "- ", " - ", "Ozma of Oz ", "Oz ", "Baum ", "L. ", "by ", "/",
            "&", "1-2 ", "Part 1 ", "é", "👑", "\u202e", "x-", "A.", ", ", "{", "] ", "Summary of ", "complete ",
            "the ", "art of ", " by a [ENG / M4B]", "_", "\n"]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(book=books, release=releases)
def test_any_release_is_judged_for_any_book(book: BookDescription, release: ReleaseDescription) -> None:
    for wanted in (WantedBook(book), OZMA):
        judgement = judge_release(wanted, release)
        assert 0 <= judgement.score <= 1
        assert judgement.reasons


@settings(max_examples=100, deadline=None)
@given(catalogue=st.lists(books, max_size=6), owned=st.lists(books, max_size=4), series=texts, author=texts)
def test_every_entry_of_any_catalogue_is_reported_once(
    catalogue: list[BookDescription], owned: list[BookDescription], series: str, author: str
) -> None:
    entries = [CatalogueEntry(str(number), book) for number, book in enumerate(catalogue)]
    for answer in (
        series_gaps(SeriesPlace(series), (author,), entries, owned, POLICY),
        author_gaps((author,), entries, owned, POLICY),
    ):
        reported = [number for gap in answer.missing for number in gap.work_ids] + [left.id for left in answer.left_out]
        assert sorted(reported) == [entry.id for entry in entries]


@settings(max_examples=100, deadline=None)
@given(books_=st.lists(books, min_size=1, max_size=4))
def test_nothing_is_missing_from_a_library_that_contains_the_catalogue(books_: list[BookDescription]) -> None:
    plain = [BookDescription(f"The Book of {number} Winds", authors=("A. Farrow",)) for number in range(len(books_))]
    entries = [CatalogueEntry(str(number), book) for number, book in enumerate(plain)]
    assert author_gaps(("A. Farrow",), entries, [*plain, *books_], POLICY).missing == ()


@pytest.mark.parametrize("piece", REPEATED)
def test_the_time_for_a_long_text_does_not_grow_with_the_square_of_its_length(piece: str) -> None:
    text = (piece * 300_000)[:300_000]
    book = BookDescription(text, authors=(text,), series=(SeriesPlace(text, text),), path=text)
    entries = [
        CatalogueEntry("a", book),
        CatalogueEntry("b", BookDescription("Ozma of Oz", authors=("L. Frank Baum",))),
    ]
    with stopped_if_endless():
        judge_release(OZMA, ReleaseDescription("r", text, tags=text))
        judge_release(WantedBook(book), ReleaseDescription("r", text))
        series_gaps(SeriesPlace(text), (text,), entries, [book], POLICY)
        author_gaps((text,), entries, [book], POLICY)
        kind_of(BookDescription(text))
        spans_of(book)
        explain(sought(book), text)
        words_of(text)


def find_gaps_of_equal_entries(count: int) -> None:
    book = BookDescription("Ozma of Oz", authors=("L. Frank Baum",), series=(SeriesPlace("Oz", "3"),))
    entries = [CatalogueEntry(str(number), book) for number in range(count)]
    assert len(author_gaps(("L. Frank Baum",), entries, [], POLICY).missing) == 1


def rank_equal_releases(count: int) -> None:
    releases = [ReleaseDescription(str(n), "Ozma of Oz by L. Frank Baum [ENG / M4B]") for n in range(count)]
    assert len(rank(OZMA, releases)) == count


@pytest.mark.parametrize("work", [find_gaps_of_equal_entries, rank_equal_releases])
def test_equal_entries_and_releases_take_work_in_proportion_to_their_number(work: Callable[[int], None]) -> None:
    work(1)  # fills the caches
    few, many = (function_calls(partial(work, count)) for count in (100, 1_000))
    assert many < 12 * few
