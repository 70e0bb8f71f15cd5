from library_scanner.domain.first_letters import letters_of
from shared.contracts.library.letters import LetterPlace


def test_a_letter_begins_at_the_first_of_its_characters() -> None:
    letters = letters_of([("", 0, 1), ("0", 1, 1), ("1", 2, 2), ("a", 4, 1), ("o", 5, 4), ("д", 9, 1)])
    assert letters.letters == [
        LetterPlace(letter="#", offset=0, count=4),
        LetterPlace(letter="A", offset=4, count=1),
        LetterPlace(letter="O", offset=5, count=4),
        LetterPlace(letter="Д", offset=9, count=1),
    ]
    assert letters.total == 10
