"""Words with two spellings."""

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.same_work import Answer, compare
from shared.books.releases.description import Outcome, ReleaseDescription, WantedBook
from shared.books.releases.judging import judge_release
from shared.books.text.spelling import one_spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("around the world in eighty days", "around the world in 80 days"),
        ("twenty thousand leagues", "20 000 leagues"),
        ("the hundred and one nights", "the 101 nights"),
        ("the thirty nine steps", "the 39 steps"),
        ("nineteen eighty four", "1984"),
        ("doctor thorne", "dr thorne"),
        ("lupin versus sholmes", "lupin vs sholmes"),
        ("a journey to the centre", "a journey to the center"),
    ],
)
def test_two_spellings_of_one_title_become_equal(one: str, other: str) -> None:
    assert one_spelling(one) == one_spelling(other)


@pytest.mark.parametrize("text", ["813", "2001 a space journey", "the thousand nights", "ozma of oz", ""])
def test_words_with_one_spelling_are_unchanged(text: str) -> None:
    assert one_spelling(text) == text


def a_book(title: str, *series: tuple[str, str]) -> BookDescription:
    return BookDescription(title=title, authors=("Jules Verne",), series=tuple(SeriesPlace(*one) for one in series))


def test_a_number_as_a_word_is_the_same_title() -> None:
    verdict = compare(a_book("Around the World in Eighty Days"), a_book("Around the World in 80 Days"))

    assert verdict.answer is Answer.SAME


def test_another_number_is_another_title() -> None:
    verdict = compare(a_book("Around the World in Eighty Days"), a_book("Around the World in 81 Days"))

    assert verdict.answer is not Answer.SAME


@pytest.mark.parametrize("name", ["20,000 Leagues Under the Sea", "Twenty-Thousand Leagues Under the Sea"])
def test_a_release_with_another_spelling_of_the_number_is_the_book(name: str) -> None:
    wanted = WantedBook(a_book("Twenty Thousand Leagues Under the Sea"), language="en")
    release = ReleaseDescription(id="1", name=name, work_title=name, authors=("Jules Verne",), filetypes=("m4b",))

    assert judge_release(wanted, release).outcome is Outcome.ACCEPTED


def test_one_place_in_two_series_with_similar_names_is_not_one_work() -> None:
    one = a_book("Ash and Bone", ("Tales of the Hollow Sea", "3"))
    other = a_book("The Lantern Fleet", ("Chronicles of the Hollow Sea", "3"))

    assert compare(one, other).answer is not Answer.SAME


def test_a_series_that_differs_outweighs_one_with_a_similar_name() -> None:
    one = a_book("Ash and Bone", ("Hollow Sea", "3"), ("The Hollow Sea Universe", "8"))
    other = a_book("The Lantern Fleet", ("Hollow Sea Saga", "3"), ("The Hollow Sea Universe", "3"))

    assert compare(one, other).answer is not Answer.SAME
