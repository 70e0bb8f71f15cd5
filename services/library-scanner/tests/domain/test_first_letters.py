import pytest
from library_scanner.domain.first_letters import letter_of, letters_of
from shared.contracts.library.letters import LetterPlace


@pytest.mark.parametrize(
    ("first", "letter"),
    [
        ("a", "A"), ("É", "E"), ("ø", "Ø"), ("ß", "S"), ("Ａ", "A"), ("ﬁ", "F"),
        ("д", "Д"), ("Й", "Й"), ("ω", "Ω"), ("漢", "漢"), ("가", "가"), ("ا", "ا"),
        ("1", "#"), ("①", "#"), ("…", "#"), ("“", "#"), ("📚", "#"), (" ", "#"), ("", "#"),
    ],
)  # fmt: skip
def test_a_latin_letter_has_no_accent_another_letter_has_its_own_place_and_all_else_is_a_number_sign(
    first: str, letter: str
) -> None:
    assert letter_of(first) == letter


def test_a_letter_begins_at_the_first_of_its_characters() -> None:
    letters = letters_of([("1", 0, 2), ("O", 3, 4), ("A", 2, 1), ("o", 7, 1), ("Ö", 8, 2)])
    assert letters.letters == [
        LetterPlace(letter="#", offset=0, count=2),
        LetterPlace(letter="A", offset=2, count=1),
        LetterPlace(letter="O", offset=3, count=7),
    ]
    assert letters.total == 10
