"""Catalogues, libraries and listings with any text cause no exception and no excessive time."""

import time
from datetime import date

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

POLICY = GapPolicy(as_of=date(2026, 1, 1))
SECONDS_FOR_ANY_TEXT = 0.25
"""CPU seconds, so that a busy machine does not fail a test."""
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
def test_ten_thousand_characters_of_any_text_take_little_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    book = BookDescription(text, authors=(text,), series=(SeriesPlace(text, text),), path=text)
    entries = [
        CatalogueEntry("a", book),
        CatalogueEntry("b", BookDescription("Ozma of Oz", authors=("L. Frank Baum",))),
    ]
    for ask in (
        lambda: judge_release(OZMA, ReleaseDescription("r", text, tags=text)),
        lambda: judge_release(WantedBook(book), ReleaseDescription("r", text)),
        lambda: series_gaps(SeriesPlace(text), (text,), entries, [book], POLICY),
        lambda: author_gaps((text,), entries, [book], POLICY),
        lambda: kind_of(BookDescription(text)),
        lambda: spans_of(book),
        lambda: explain(sought(book), text),
        lambda: words_of(text),
    ):
        began = time.process_time()
        ask()
        assert time.process_time() - began < SECONDS_FOR_ANY_TEXT


def test_a_thousand_equal_entries_and_releases_take_time_in_proportion() -> None:
    book = BookDescription("Ozma of Oz", authors=("L. Frank Baum",), series=(SeriesPlace("Oz", "3"),))
    entries = [CatalogueEntry(str(number), book) for number in range(1_000)]
    began = time.process_time()
    assert len(author_gaps(("L. Frank Baum",), entries, [], POLICY).missing) == 1
    assert (
        len(rank(OZMA, [ReleaseDescription(str(n), "Ozma of Oz by L. Frank Baum [ENG / M4B]") for n in range(300)]))
        == 300
    )
    assert time.process_time() - began < 3
