"""The recognition of packs, on the table and on the same patterns with other titles."""

from bench.packs.measuring import measure
from bench.packs.shelves import HELD_OUT, TABLE
from bench.packs.table import CASES


def test_the_table_has_sixty_packs_of_which_95_percent_give_the_right_books_and_no_wrong_one() -> None:
    result = measure([TABLE])
    assert (len(CASES), len({case.name for case in CASES})) == (60, 60)
    assert result.share >= 0.95, result.not_right
    assert not result.wrong_books


def test_other_titles_in_the_same_patterns_give_the_right_books_and_no_wrong_one() -> None:
    result = measure(HELD_OUT[1:2])
    assert result.share >= 0.95, result.not_right
    assert not result.wrong_books
