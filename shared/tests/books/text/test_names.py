import pytest
from shared.books.text.names import person, same_people, same_person, split_people

SAME = [
    ("L. Frank Baum", "Baum, L. Frank"),
    ("L. Frank Baum", "L Frank Baum"),
    ("L. Frank Baum", "Lyman Frank Baum"),
    ("E.R. Burroughs", "Edgar Rice Burroughs"),
    ("ER Burroughs", "E. R. Burroughs"),
    ("Burroughs", "Edgar Rice Burroughs"),
    ("Edgar Rice Burrougs", "Edgar Rice Burroughs"),
    ("Guy de Maupassant", "de Maupassant, Guy"),
    ("Charlotte Brontë", "charlotte bronte"),
    ("Alexandre Dumas Jr.", "Alexandre Dumas"),
    ("LouisaMayAlcott", "Louisa May Alcott"),
    ("Arthur Conan Doyle - author", "Arthur Conan Doyle"),
]
OTHER = [
    ("Anne Brontë", "Emily Brontë"),
    ("L. Frank Baum", "Vicki Baum"),
    ("Mary Shelley", "Percy Shelley"),
    ("", "Anonymous"),
    ("", ""),
    ("Henry James", "James Henry Leigh"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_person_is_recognized_however_the_name_is_written(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_different_people_are_not_the_same(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Jane Austen & Charlotte Brontë", ("Jane Austen", "Charlotte Brontë")),
        ("Jane Austen, Charlotte Brontë", ("Jane Austen", "Charlotte Brontë")),
        ("Austen, Jane", ("Austen, Jane",)),
        ("Alexandre Dumas, Jr.", ("Alexandre Dumas, Jr.",)),
        ("Samuel Clemens (Mark Twain)", ("Samuel Clemens", "Mark Twain")),
        ("A. Author with B. Helper", ("A. Author", "B. Helper")),
        ("", ()),
    ],
)
def test_several_people_in_one_text_are_separated(written: str, names: tuple[str, ...]) -> None:
    assert split_people(written) == names


def test_books_share_people_if_one_source_omits_a_co_author() -> None:
    assert same_people(["Jane Austen & Another Lady"], ["Austen, Jane"])
    assert not same_people(["Jane Austen"], [])


def test_a_particle_belongs_to_the_surname() -> None:
    assert person("Guy de Maupassant").surname == "de maupassant"


def test_an_author_called_the_elder_is_recognized_without_that_suffix() -> None:
    assert same_person("Alexandre Dumas père", "Alexandre Dumas")
    assert not same_person("Alexandre Dumas fils", "Alexandre Dumas")
