import pytest
from shared.books.text.marks import MARKS, Mark, marks_in, strip_marks


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"{mark.name}: {mark.example}")
def test_every_mark_of_the_table_leaves_the_text_of_its_row(mark: Mark) -> None:
    left, found = marks_in(mark.example)
    assert left == mark.left
    assert mark.name in {name for name, _ in found}


@pytest.mark.parametrize(
    "title", ["The Mark of Zorro", "A Room with a View", "Twenty Thousand Leagues", "The Time Machine (The Island)"]
)
def test_a_plain_title_keeps_all_its_words(title: str) -> None:
    assert strip_marks(title) == title


def test_several_marks_are_removed_at_once() -> None:
    assert strip_marks("1907 - Ozma of Oz (Reader) (Unabridged) 64k 05.10.45 {304mb}") == "1907 - Ozma of Oz (Reader)"


def test_underscores_between_words_are_spaces() -> None:
    assert strip_marks("Ozma_of_Oz") == "Ozma of Oz"
