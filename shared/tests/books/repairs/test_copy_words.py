"""Words that describe a copy."""

import pytest
from shared.books.repairs.abridged import says_abridged
from shared.books.repairs.copy_words import describes_copy, without_copy_tail


@pytest.mark.parametrize(
    "text", ["64k", "MP3 128 kbps", "Unabridged, M4B", "64kbps 44.1kHz", "ungekürzt", "304 MB, 2012"]
)
def test_texts_that_describe_a_copy(text: str) -> None:
    assert describes_copy(text)


@pytest.mark.parametrize("text", ["2012", "A Novel", "Oz 3", "Illustrated Edition", "", "ENG"])
def test_texts_that_may_describe_a_book(text: str) -> None:
    assert not describes_copy(text)


def test_copy_words_at_the_end_are_cut_unless_they_may_belong_to_the_title() -> None:
    assert without_copy_tail("Ozma of Oz Unabridged 64k") == "Ozma of Oz"
    assert without_copy_tail("The Art of the Audiobook") == "The Art of the Audiobook"


@pytest.mark.parametrize(
    "text", ["Ozma (Abridged)", "Ozma - Abridged Edition", "Ozma: Gekürzte Lesung", "Ozma [abrégé]", "Ozma (skrócony)"]
)
def test_marks_of_abridged_recordings(text: str) -> None:
    assert says_abridged(text)


@pytest.mark.parametrize("text", ["Ozma (Unabridged)", "The Abridged History of Oz", "Ozma (Ungekürzte Lesung)"])
def test_texts_without_a_mark_of_an_abridged_recording(text: str) -> None:
    assert not says_abridged(text)
