"""Which item a person means."""

from uuid import UUID

import pytest
import typer
from cli.daily.choice import chosen

BOOKS = {UUID(int=1): "Ozma of Oz", UUID(int=2): "Tik-Tok of Oz", UUID(int=3): "Ozma of Oz, Retold"}


def choose(words: str) -> UUID:
    return chosen(
        "book",
        words,
        lambda id: id,
        lambda: [id for id, title in BOOKS.items() if words.casefold() in title.casefold()],
        lambda id: (id, BOOKS[id]),
    )


@pytest.mark.parametrize(("words", "number"), [(str(UUID(int=2)), 2), ("tik-tok", 2), ("ozma of oz", 1), ("retold", 3)])
def test_a_book_is_meant_by_its_id_or_by_words_that_only_it_has(words: str, number: int) -> None:
    assert choose(words) == UUID(int=number)


def test_words_that_several_books_have_are_refused_with_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        choose("of oz")
    assert ended.value.exit_code == 1
    printed = capsys.readouterr().err
    assert "more than one book" in printed
    assert all(f"{id}  {title}" in printed for id, title in BOOKS.items())


def test_words_that_no_book_has_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        choose("Narnia")
    assert "no book matches 'Narnia'" in capsys.readouterr().err
