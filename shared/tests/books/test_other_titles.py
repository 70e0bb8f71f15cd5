"""One book under two titles, and books of series with similar names, in an author's catalogue."""

from datetime import date

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapAnswer, GapPolicy
from shared.books.gaps.finding import author_gaps, series_gaps

ROHMER = "Sax Rohmer"


def a_book(title: str, *series: tuple[str, str]) -> BookDescription:
    places = tuple(SeriesPlace(*one) for one in series)
    return BookDescription(title, authors=(ROHMER,), series=places, language="en", published_year=1913)


def gaps(owned: list[BookDescription], *catalogue: BookDescription) -> GapAnswer:
    entries = [CatalogueEntry(str(number), book) for number, book in enumerate(catalogue)]
    return author_gaps((ROHMER,), entries, owned, GapPolicy(as_of=date(2026, 1, 1)))


def titles(answer: GapAnswer) -> list[str]:
    return [gap.description.title for gap in answer.missing]


OWNED = a_book("The Hand of Fu-Manchu", ("Fu Manchu", "3"))
OTHER_EDITION = a_book("The Hand of Fu-Manchu", ("Dr. Fu-Manchu", "3"))


def test_another_title_at_the_place_of_an_owned_book_is_not_a_gap() -> None:
    answer = gaps([OWNED], OTHER_EDITION, a_book("The Si-Fan Mysteries", ("Fu-Manchu", "3")))

    assert titles(answer) == []


def test_two_titles_at_one_place_are_one_gap() -> None:
    answer = gaps(
        [OWNED],
        a_book("The Devil Doctor", ("Dr. Fu-Manchu", "2")),
        a_book("The Return of Dr. Fu-Manchu", ("Fu-Manchu", "2")),
    )

    assert len(answer.missing) == 1


def test_the_same_place_of_another_series_is_another_book() -> None:
    answer = gaps([OWNED], OTHER_EDITION, a_book("Tales of Chinatown", ("Red Kerry", "3")))

    assert titles(answer) == ["Tales of Chinatown"]


def test_a_series_with_a_similar_name_and_a_different_word_is_another_series() -> None:
    sea = [
        a_book("The Lantern Fleet", ("Chronicles of the Hollow Sea", "3")),
        a_book("Ash and Bone", ("Tales of the Hollow Sea", "3")),
    ]

    assert titles(gaps([sea[0]], *sea)) == ["Ash and Bone"]


def test_a_series_and_book_name_in_the_plural_is_a_collection_of_them() -> None:
    answer = gaps(
        [OWNED],
        a_book("The Jungle Book", ("The Jungle Book", "1")),
        a_book("The Second Jungle Book", ("The Jungle Book", "2")),
        a_book("The Jungle Books"),
    )

    assert titles(answer) == ["The Jungle Book", "The Second Jungle Book"]


def test_an_owned_book_with_the_number_of_its_title_in_digits_is_not_a_gap() -> None:
    owned = BookDescription("The Big 4", authors=("A. Author",), series=(SeriesPlace("Sleuth", "4"),))
    books = [
        BookDescription("The Big Four", authors=("A. Author",), series=(SeriesPlace("Sleuth", "5"),), language="en"),
        BookDescription("The Fourth Man", authors=("A. Author",), series=(SeriesPlace("Sleuth", "4"),), language="en"),
    ]

    entries = [CatalogueEntry(str(number), book) for number, book in enumerate(books)]
    answer = series_gaps(SeriesPlace("Sleuth"), ("A. Author",), entries, [owned], GapPolicy(as_of=date(2026, 1, 1)))

    assert titles(answer) == ["The Fourth Man"]


def test_an_owned_omnibus_contains_the_places_that_its_series_field_spans() -> None:
    owned = BookDescription("The Sea Saga", authors=("A. Author",), series=(SeriesPlace("Chronicles of Sea", "1-2"),))
    books = [
        BookDescription(title, authors=("A. Author",), series=(SeriesPlace("Chronicles of Sea", place),), language="en")
        for title, place in (("Ebb", "1"), ("Flood", "2"), ("Storm", "3"))
    ]

    entries = [CatalogueEntry(str(number), book) for number, book in enumerate(books)]
    series = SeriesPlace("Chronicles of Sea")
    answer = series_gaps(series, ("A. Author",), entries, [owned], GapPolicy(as_of=date(2026, 1, 1)))

    assert titles(answer) == ["Storm"]
