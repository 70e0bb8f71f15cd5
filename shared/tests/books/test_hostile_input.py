"""Any text in place of a title causes no exception and no excessive time."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.same_work import compare
from shared.books.matching.work_index import WorkIndex
from shared.books.series.library_reading import ItemTexts, read_library
from shared.books.series.reading import read_series
from shared.books.series.sequence import bounds, normalise, sort_key, whole_places
from shared.books.text.identifiers import asin_in, isbn10, isbn13
from shared.books.text.languages import language_code, script_language, translated_edition
from shared.books.text.marks import marks_in
from shared.books.text.missing_titles import is_no_title
from shared.books.text.names import people, same_person, split_people
from shared.books.text.titles import fold, split_subtitle
from shared.testing.work import stopped_if_endless

FRAGMENTS = ["Book", "3", "#", "(", "[", "]", ")", "-", " - ", ":", ",", "Vol.", "The", "of", "Oz", "III", "/", ".",
           "_", "64k", "{", "A LitRPG", "Series", "\u202e", "\u0000", "👑", "é", "1-3", "by", "&", " "]  # fmt: skip
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(FRAGMENTS), max_size=80).map(" ".join),
                  st.lists(st.sampled_from(FRAGMENTS), max_size=80).map("".join))  # fmt: skip
REPEATED = ["a", " ", "(", "[", "((", "1", "1 ", "Book 1 ", "- ", " - ", "The ", "A LitRPG ", "# ", "é", "👑",
            "\u202e", "x-", "A ", ", ", "(read by ", "and ", "I", "12.34.", "{", "Oz #1; ", "/", "../", "_",
            "edition ", "?! "]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(texts, st.none() | texts, st.none() | texts, st.none() | texts), max_size=8))
def test_a_library_of_any_texts_has_an_answer_for_each_book(
    library: list[tuple[str, str | None, str | None, str | None]],
) -> None:
    found = read_library([ItemTexts(*texts) for texts in library])
    assert len(found) == len(library)
    assert all(0.5 <= one.confidence <= 1 and one.name.strip() for readings in found for one in readings)


@settings(max_examples=300, deadline=None)
@given(texts, st.none() | texts, st.none() | texts, st.none() | texts)
def test_a_series_read_from_any_text_has_a_confidence_in_its_range(
    title: str, subtitle: str | None, author: str | None, path: str | None
) -> None:
    found = read_series(title, subtitle, author, path)
    assert all(0.5 <= one.confidence <= 1 and one.name.strip() for one in found)
    assert [one.confidence for one in found] == sorted((one.confidence for one in found), reverse=True)


@settings(max_examples=300, deadline=None)
@given(texts, texts, st.none() | texts, texts)
def test_any_two_descriptions_can_be_compared_in_either_order(one: str, author: str, path: str, two: str) -> None:
    a = BookDescription(one, authors=(author,), path=path)
    b = BookDescription(two, subtitle=author, series=(SeriesPlace(one, two),))
    verdict = compare(a, b)
    assert 0 <= verdict.distance <= 1
    assert 0 <= verdict.confidence <= 1
    assert compare(b, a).distance == pytest.approx(verdict.distance)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_description_is_never_different_from_itself(title: str) -> None:
    book = BookDescription(title, authors=("L. Frank Baum",))
    if not is_no_title(title):
        assert compare(book, book).distance == 0


@settings(max_examples=300, deadline=None)
@given(texts)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert marks_in(text)[0] is not None
    assert normalise(normalise(text)) == normalise(text)
    assert sort_key(text) is not None
    assert len(whole_places(text)) <= 501
    assert (bounds(text) is None) == (normalise(text) is None)
    split_subtitle(text)
    people(split_people(text))
    assert same_person(text, text) or not people([text])
    for read in (isbn10, isbn13, asin_in, language_code, translated_edition, script_language):
        read(text)


def _index(text: str) -> None:
    WorkIndex([(1, BookDescription(text, authors=(text,)))]).match(BookDescription(text, path=text))


READERS: list[Callable[[str], object]] = [
    lambda text: read_series(text, text, text, text),
    lambda text: read_series(None, path=f"{text}/{text}/{text}"),
    lambda text: compare(BookDescription(text, authors=(text,)), BookDescription(text, series=(SeriesPlace(text),))),
    lambda text: compare(BookDescription("Oz"), BookDescription("", path=text)),
    lambda text: people([text]),
    _index,
]


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("reader", READERS)
def test_the_time_for_a_long_text_does_not_grow_with_the_square_of_its_length(
    reader: Callable[[str], object], piece: str
) -> None:
    with stopped_if_endless():
        reader((piece * 300_000)[:300_000])
