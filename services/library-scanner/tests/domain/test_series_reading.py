"""The series of a book from Audiobookshelf, completed from title and folder."""

import pytest
from library_builders import an_item
from library_scanner.domain.series_reading import series_of
from shared.contracts.values import SeriesPlace

OZ = SeriesPlace(name="Oz", sequence=None)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("L. Frank Baum/Oz/3 - Ozma of Oz", "Ozma of Oz"),
        ("L. Frank Baum/The Oz Series/03. Ozma of Oz", "Ozma of Oz"),
        ("L. Frank Baum/3 - Ozma of Oz", "Ozma of Oz"),
        ("L. Frank Baum/Book 3 - Ozma of Oz", "Ozma of Oz"),
        ("L. Frank Baum/Ozma of Oz", "Ozma of Oz (Oz, #3)"),
        ("L. Frank Baum/Oz 3", "Oz 3"),
    ],
)
def test_a_position_from_the_texts_completes_a_series_without_one(path: str, title: str) -> None:
    found = series_of(an_item(path=path, title=title, series=(OZ,)))
    assert [(place.name, place.sequence) for place in found.places] == [("Oz", "3")]
    assert found.evidence


def test_a_position_from_audiobookshelf_takes_precedence_over_the_folder() -> None:
    series_in_abs = (SeriesPlace(name="Oz", sequence="4"),)
    found = series_of(an_item(path="L. Frank Baum/Oz/3 - Ozma of Oz", series=series_in_abs))
    assert (found.places, found.evidence) == (series_in_abs, None)


def test_a_folder_number_is_not_used_if_the_book_has_two_series() -> None:
    series_in_abs = (OZ, SeriesPlace(name="Royal Historians", sequence=None))
    found = series_of(an_item(path="L. Frank Baum/3 - Ozma", title="Ozma", series=series_in_abs))
    assert (found.places, found.evidence) == (series_in_abs, None)


@pytest.mark.parametrize("folder", ["Top 100 Audiobooks/37 - Ozma of Oz", "L. Frank Baum/1907 - Ozma of Oz"])
def test_a_rank_or_a_year_in_a_folder_name_is_not_a_position(folder: str) -> None:
    assert series_of(an_item(path=folder, title="Ozma of Oz", series=(OZ,))).evidence is None


@pytest.mark.parametrize(
    "title",
    ["Tell No One", "From an Emerald 8", "Emerald Intelligence 2.0", "The Men of Emerald Team 10", "Emerald Tower 2",
     "Emerald Readers, Level 5", "Emerald Tower II"],
)  # fmt: skip
def test_a_number_at_the_end_of_a_title_is_not_a_position_without_other_evidence(title: str) -> None:
    found = series_of(an_item(path=f"Ann Author/{title}", title=title, authors=("Ann Author",)))
    assert found.places == ()
