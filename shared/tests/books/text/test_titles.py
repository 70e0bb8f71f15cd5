import pytest
from shared.books.text.titles import fold, main_title, split_subtitle


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ozma of Oz", "ozma of oz"),
        ("  The Tin-Woodman   of OZ! ", "the tin woodman of oz"),
        ("Tik & Tok", "tik and tok"),
        ("Émile Zola’s Œuvre", "emile zolas oeuvre"),
        ("Война и мир", "воина и мир"),
        ("Straße nach Łódź", "strasse nach lodz"),
        ("", ""),
        ("…!", ""),
    ],
)
def test_titles_fold_to_plain_words(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_leading_article_is_removed_only_if_requested_and_something_is_left() -> None:
    assert fold("The Land of Oz", drop_article=True) == "land of oz"
    assert fold("The", drop_article=True) == "the"


@pytest.mark.parametrize(
    ("title", "main", "subtitle"),
    [
        ("Frankenstein: or, The Modern Prometheus", "Frankenstein", "or, The Modern Prometheus"),
        ("Walden - Life in the Woods", "Walden", "Life in the Woods"),
        ("Catch-22", "Catch-22", None),
        ("Ratio 3:2", "Ratio 3:2", None),
        (": nothing before", ": nothing before", None),
        ("The Lost Boat, or, The Boys at Sea", "The Lost Boat", "or, The Boys at Sea"),
        ("Michael Strogoff, or The Courier of the Czar", "Michael Strogoff", "or The Courier of the Czar"),
        ("Pamela, or Virtue Rewarded", "Pamela", "or Virtue Rewarded"),
        ("Sooner, or Later", "Sooner, or Later", None),
        ("Folge 3: und der Karpatenhund", "und der Karpatenhund", None),
        ("Teil 2 - Das Tor: Roman", "Das Tor", "Roman"),
        ("Band II: Das Tor", "Das Tor", None),
        ("Tome 12: La Porte", "La Porte", None),
        ("Part One: The Door", "The Door", None),
        ("Episode 5 - The Door", "The Door", None),
        ("Deel 4: De Deur", "De Deur", None),
        ("Parte 2: La Puerta", "La Puerta", None),
        ("The Second Book: The Door", "The Door", None),
        ("Vol 6 - 1907 - The Door", "The Door", None),
        ("#3: The Door", "The Door", None),
        ("Folge 3", "Folge 3", None),
        ("Book of Oz: A Tale", "Book of Oz", "A Tale"),
        ("1984: A Novel", "1984", "A Novel"),
        ("Of Shoes, of Ships, or the Sealing-Wax", "Of Shoes, of Ships, or the Sealing-Wax", None),
    ],
)
def test_a_subtitle_begins_at_the_first_colon_or_spaced_dash_or_second_title(
    title: str, main: str, subtitle: str | None
) -> None:
    assert split_subtitle(title) == (main, subtitle)
    assert main_title(title) == main
