"""Every phrase of the table of kinds matches its example and not its counter-example."""

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.work_kinds import is_core_place, kind_of, places_spanned
from shared.books.text.kind_phrases import KIND_PHRASES, KindPhrase, WorkKind, may_indicate_kind


@pytest.mark.parametrize("phrase", KIND_PHRASES, ids=lambda phrase: f"{phrase.kind}: {phrase.example}")
def test_a_phrase_matches_its_example_and_not_its_counter_example(phrase: KindPhrase) -> None:
    assert phrase.pattern.search(phrase.example)
    assert not phrase.pattern.search(phrase.counterexample)


@pytest.mark.parametrize("phrase", KIND_PHRASES, ids=lambda phrase: phrase.example)
def test_the_fast_filter_passes_every_phrase(phrase: KindPhrase) -> None:
    assert may_indicate_kind(phrase.example)


@pytest.mark.parametrize(
    ("title", "series", "kind"),
    [
        ("Ozma of Oz", ("Oz", "3"), WorkKind.NOVEL),
        ("Summary of Ozma of Oz by L. Frank Baum", None, WorkKind.SUMMARY),
        ("The Oz Encyclopedia", None, WorkKind.COMPANION),
        ("The Guide's Apprentice", ("The Guide's Apprentice", "1"), WorkKind.NOVEL),
        ("Little Wizard Stories", ("Oz", "6.5"), WorkKind.NOVELLA),
        ("Oz Beginnings", ("Oz", "0"), WorkKind.NOVELLA),
        ("Oz", ("Oz", "1-3"), WorkKind.BOX_SET),
        ("Ozma of Oz", ("Oz", "3-3"), WorkKind.SPLIT_VOLUME),
        ("Ozma of Oz (1 of 2) [Dramatized Adaptation]", ("Oz", "3"), WorkKind.DRAMATIZED),
        ("Ozma of Oz [German Edition]", ("Oz", "3"), WorkKind.TRANSLATION),
        ("The Dead and Other Stories", None, WorkKind.COLLECTION),
        ("Short Stories of Emerald", ("Emerald Tales", "2"), WorkKind.NOVEL),
    ],
)
def test_an_entry_is_read_as_its_kind(title: str, series: tuple[str, str] | None, kind: WorkKind) -> None:
    places = (SeriesPlace(*series),) if series else ()
    assert kind_of(BookDescription(title, series=places)).kind is kind


def test_a_reading_names_the_words_that_gave_the_kind() -> None:
    assert "Boxed Set" in kind_of(BookDescription("Oz Boxed Set")).words


@pytest.mark.parametrize(
    ("sequence", "core", "span"),
    [("3", True, None), ("0", False, None), ("2.5", False, None), ("1-3", False, (1.0, 3.0)),
     ("2-2", False, (2.0, 2.0)), ("1-4 + 3.5", False, (1.0, 4.0)), (None, False, None), ("5, Part 1", False, None)],
)  # fmt: skip
def test_a_place_is_core_when_it_is_one_whole_book(
    sequence: str | None, core: bool, span: tuple[float, float] | None
) -> None:
    assert is_core_place(sequence) is core
    assert places_spanned(sequence) == span
