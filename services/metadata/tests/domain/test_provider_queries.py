"""The readings of a book's texts that catalogues are searched for."""

import pytest
from metadata.domain.provider_queries import MAX_QUESTIONS, Question, different, questions_about
from shared.books.description import BookDescription
from shared.books.text.titles import fold


def queries_for(title: str, *authors: str, path: str | None = None) -> list[Question]:
    book = BookDescription(title=title, authors=authors, path=path or title)
    return questions_about(book)


def plain(queries: list[Question]) -> list[tuple[str, list[str]]]:
    """Titles and authors without capitals."""
    return [(each.title, [fold(author) for author in each.authors]) for each in queries]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("green lamp 01 green lamp ada ashgrove", "green lamp ada ashgrove"),
        ("ada_ashgrove-the_paper_moon", "ada ashgrove the paper moon"),
        ("Ada Ashgrove - The Paper Moon (1983) [64kbps]", "ada ashgrove the paper moon"),
        ("The Paper Moon by Ada Ashgrove", "paper moon ada ashgrove"),
    ],
)
def test_a_file_name_without_an_author_is_searched_by_its_significant_words(name: str, words: str) -> None:
    assert Question(words) in queries_for(name)[:2]


@pytest.mark.parametrize(
    "name",
    [
        "green lamp 02 paper moon ada ashgrove unabridged",
        "Green Lamp 02 - Paper Moon - Ada Ashgrove",
        "Ada Ashgrove - Green Lamp 02 - Paper Moon",
    ],
)
def test_title_and_author_are_searched_without_the_series(name: str) -> None:
    assert ("paper moon", ["ada ashgrove"]) in plain(queries_for(name))


@pytest.mark.parametrize(
    "title", ["Green Lamp 02 - Paper Moon", "Ada Ashgrove - Green Lamp 02 - Paper Moon", "Paper Moon - Green Lamp 2"]
)
def test_with_a_known_author_the_bare_title_is_searched_first(title: str) -> None:
    assert queries_for(title, "Ada Ashgrove")[0] == Question("paper moon", ("Ada Ashgrove",))


def test_a_clean_title_is_one_query() -> None:
    assert queries_for("The Paper Moon", "Ada Ashgrove") == [Question("paper moon", ("Ada Ashgrove",))]


def test_a_title_that_is_a_number_is_searched() -> None:
    assert queries_for("813", "Maurice Leblanc", path="Maurice Leblanc/Arsene Lupin/813")[0].title == "813"
    assert queries_for("1984 george orwell")[0] == Question("1984 george orwell")


def test_the_number_of_readings_is_bounded() -> None:
    name = " - ".join(f"Part of a Name {number} and More" for number in range(30))
    assert len(queries_for(name)) <= MAX_QUESTIONS
    assert len(queries_for(name)[0].title.split()) <= 12


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("02 - The Paper Moon", "Ashgrove, Ada/Green Lamp/02 - The Paper Moon"),
        ("The Paper Moon", "Fiction/A/Ada Ashgrove/The Paper Moon"),
        ("The Paper Moon", "Audiobooks/The Paper Moon by Ada Ashgrove"),
        ("Track 01", "Ada Ashgrove/Green Lamp 2 - The Paper Moon"),
        ("Track 07", "Green Lamp 02 The Paper Moon (Ada Ashgrove)"),
        ("Chapter 1", "Ada Ashgrove/The Paper Moon [64kbps]"),
        ("CD2", "Ada Ashgrove - The Paper Moon"),
        ("", "Ada Ashgrove/Green Lamp/02 The Paper Moon"),
    ],
)
def test_an_item_without_tags_is_searched_by_its_folder(title: str, path: str) -> None:
    assert plain(queries_for(title, path=path))[0] == ("paper moon", ["ada ashgrove"])


def test_a_folder_with_another_title_than_the_tag_is_searched_too() -> None:
    found = queries_for("Green Lamp", "Ada Ashgrove", path="Ada Ashgrove/Green Lamp/02 The Paper Moon")
    assert found == [Question("green lamp", ("Ada Ashgrove",)), Question("paper moon", ("Ada Ashgrove",))]


def test_a_book_that_has_only_a_number_is_searched_by_its_series() -> None:
    found = queries_for("Book 3", path="Ada Ashgrove/Green Lamp/Book 3")
    assert ("green lamp", ["ada ashgrove"]) in plain(found)


def test_a_folder_with_two_possible_authors_is_searched_with_both_and_with_neither() -> None:
    found = plain(queries_for("Paper Moon", path="Ada Ashgrove - Bea Drummond/Paper Moon"))
    assert found[0][0] == found[1][0] == "paper moon"
    assert ("paper moon", []) in found


def test_each_search_is_made_once_however_it_is_spelled() -> None:
    found = plain(queries_for("The Paper Moon", path="Ada Ashgrove/The Paper Moon"))
    assert found == [("paper moon", ["ada ashgrove"]), ("paper moon", [])]


def test_a_title_that_a_provider_found_is_not_searched_again_as_it_was_read_from_the_book() -> None:
    found = Question("The Paper Moon", ("Ada Ashgrove",))
    read = queries_for("the paper moon", "Ada Ashgrove", path="Ada Ashgrove/Paper Moon!")
    other = Question("A Folded Star", ("Ada Ashgrove",))
    assert different([found, *read]) == [found]
    assert different([found, other], asked=read) == [other]
