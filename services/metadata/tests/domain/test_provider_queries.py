"""The readings of a book's texts that catalogues are searched for."""

import pytest
from metadata.domain.provider_queries import MAX_QUESTIONS, Question, questions_about
from shared.books.description import BookDescription
from shared.books.matching.folded import folded


def queries_for(title: str, *authors: str, path: str | None = None) -> list[Question]:
    book = BookDescription(title=title, authors=authors, path=path or title)
    return questions_about(book, folded(book))


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
    assert queries_for(name)[0] == Question(words)


@pytest.mark.parametrize(
    "name",
    [
        "green lamp 02 paper moon ada ashgrove unabridged",
        "Green Lamp 02 - Paper Moon - Ada Ashgrove",
        "Ada Ashgrove - Green Lamp 02 - Paper Moon",
    ],
)
def test_title_and_author_are_searched_without_the_series(name: str) -> None:
    assert Question("paper moon", ("ada ashgrove",)) in queries_for(name)


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
