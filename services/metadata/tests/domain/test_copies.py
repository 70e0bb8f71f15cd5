"""A provider that copies another one does not confirm it."""

from metadata.domain.changes import Change
from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.series_choice import choose_series
from metadata_builders import a_book, an_entry
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

WRONG = [SeriesPlace(name="Oz", sequence="7")]


def chosen(*entries: CataloguedWork) -> Change | None:
    book = a_book(title="The Marvelous Land of Oz", path="L. Frank Baum/The Marvelous Land of Oz", series=WRONG)
    return choose_series(book, judge(of_book(book), entries), lambda _source: 1.0, fill_only=False)


def test_two_providers_of_their_own_data_replace_a_position() -> None:
    change = chosen(an_entry(), an_entry(provider="HARDCOVER"))
    assert change is not None
    assert change.new == [SeriesPlace(name="Oz", sequence="2")]


def test_a_provider_and_its_copy_do_not() -> None:
    assert chosen(an_entry(), an_entry(provider="AUDNEXUS", origin="AUDIBLE")) is None
