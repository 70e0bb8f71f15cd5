import pytest
from shared.books.text.languages import language_code, same_language, script_language, translated_edition


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ENG", "en"),
        ("en-US", "en"),
        ("English", "en"),
        ("german", "de"),
        ("Français", "fr"),
        ("?", None),
        (None, None),
    ],
)
def test_a_language_becomes_its_two_letter_code(written: str | None, code: str | None) -> None:
    assert language_code(written) == code


def test_an_unknown_language_is_neither_the_same_nor_different() -> None:
    assert same_language("ENG", "english") is True
    assert same_language("ENG", "ger") is False
    assert same_language(None, "ger") is None


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Ozma of Oz [German Edition]", "de"),
        ("Ozma (Spanish Language Edition)", "es"),
        ("Der Zauberer von Oz (Ungekürzt)", "de"),
        ("The German Boy", None),
    ],
)
def test_the_words_of_an_edition_name_its_language(title: str, code: str | None) -> None:
    assert translated_edition(title) == code


def test_a_script_hints_at_a_language() -> None:
    assert script_language("Волшебник страны Оз") == "ru"
    assert script_language("Ozma of Oz") is None
