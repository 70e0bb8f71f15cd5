"""The text of chapters, and the mark by which a book shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.contracts.library.chapters import (
    Chapter,
    chapters_key,
    chapters_mark,
    chapters_text,
    is_per_file,
    parse_chapters,
)
from shared.contracts.library.field_values import display_text, same_value

CHAPTERS = [Chapter("Opening Credits", 0), Chapter("The Wooden Horse", 60_500), Chapter("12:30 to Oz", 36_000_000)]
TEXT = "0:00:00.000 Opening Credits\n0:01:00.500 The Wooden Horse\n10:00:00.000 12:30 to Oz"


def test_chapters_are_written_and_read_as_text() -> None:
    assert chapters_text(CHAPTERS) == TEXT
    assert parse_chapters(TEXT) == CHAPTERS
    assert parse_chapters("\n 0:00:00 A\r\n\n0:00:01.5 B ") == [Chapter("A", 0), Chapter("B", 1_500)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The Wooden Horse", "is not a chapter"),
        ("0:00:00", "is not a chapter"),
        ("0:61:00 Late", "is not a chapter"),
        ("0:00:00 " + "x" * 301, "is not a chapter"),
        ("0:00:05 A\n0:00:05 B", "does not start after"),
        (
            "\n".join(f"{number // 3600}:{number // 60 % 60:02d}:{number % 60:02d} A" for number in range(2001)),
            "at most",
        ),
    ],
)
def test_a_text_that_is_no_list_of_chapters_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_chapters(text)


@given(st.lists(st.tuples(st.integers(0, 10**8), st.text(min_size=1, max_size=20)), max_size=10))
def test_every_text_of_chapters_has_the_key_of_its_mark(listed: list[tuple[int, str]]) -> None:
    chapters = [Chapter("x" + title, start) for start, title in sorted(dict(listed).items())]
    for per_file in (True, False):
        mark = chapters_mark(chapters, per_file=per_file)
        assert chapters_key(mark) == chapters_key(chapters_text(chapters))
        assert is_per_file(mark) is (per_file and bool(chapters))


def test_a_mark_changes_with_the_chapters() -> None:
    mark = chapters_mark(CHAPTERS, per_file=False)
    assert mark is not None
    assert mark.startswith("3 chapters [")
    assert same_value("chapters", TEXT, mark)
    assert not same_value("chapters", TEXT.replace("Horse", "House"), mark)
    assert same_value("chapters", None, chapters_mark([], per_file=True))


def test_a_mark_is_shown_without_its_digest() -> None:
    assert display_text(chapters_mark(CHAPTERS, per_file=False)) == "3 chapters"
    assert display_text(chapters_mark(CHAPTERS[:1], per_file=True)) == "1 chapter, one for each file"
    assert display_text(TEXT) == TEXT
