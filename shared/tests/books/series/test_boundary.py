import pytest
from shared.books.series.boundary import split_title_from_series


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("Ozma of Oz Oz", "Ozma of Oz", "Oz"),
        ("The Road The Emerald Gate", "The Road", "The Emerald Gate"),
        ("Who Is There? Emerald Gate", "Who Is There?", "Emerald Gate"),
        ("The Fifth Door A LitRPG Saga Emerald Gate", "The Fifth Door A LitRPG Saga", "Emerald Gate"),
        ("Lost in the Woods Emerald Chronicles", "Lost in the Woods", "Emerald Chronicles"),
        ("Ozma Emerald Gate Series", "Ozma", "Emerald Gate"),
        ("Oz", "", "Oz"),
    ],
)
def test_a_series_is_cut_from_the_title_before_it(text: str, title: str, name: str) -> None:
    assert split_title_from_series(text)[:2] == (title, name)


def test_a_name_from_the_parent_folder_decides() -> None:
    assert split_title_from_series("The Search Lost Emerald Gate", "Lost Emerald Gate")[1] == "Lost Emerald Gate"


def test_a_guess_is_less_certain_than_a_sign() -> None:
    repeated = split_title_from_series("Ozma of Oz Oz")[2]
    guessed = split_title_from_series("Lost in the Woods Emerald Chronicles")[2]
    assert guessed < repeated
