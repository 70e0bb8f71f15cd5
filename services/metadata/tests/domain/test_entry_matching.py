"""An entry of a list is matched only with a work that it surely is."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from metadata.domain.confidence import judge
from metadata.domain.entry_matching import EntryMatch, description_of_entry, match_entry
from metadata_builders import an_entry
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.import_lists import EntryState, ImportListEntry
from shared.contracts.values import Confidence, SeriesPlace

LAND = "The Marvelous Land of Oz"


def listed(title: str = LAND, **fields: Any) -> ImportListEntry:
    values = {"id": uuid4(), "list_id": uuid4(), "title": title, "authors": ["L. Frank Baum"], "state": EntryState.NEW}
    return ImportListEntry.model_validate(values | {"added_at": datetime(2026, 1, 1, tzinfo=UTC)} | fields)


def matched(entry: ImportListEntry, *works: CataloguedWork) -> EntryMatch:
    return match_entry(entry, judge(description_of_entry(entry), works))


def test_title_and_author_are_sure_and_narrators_are_not_wanted() -> None:
    match = matched(listed(), an_entry(), an_entry(asin="B0OZ000099", title="Ozma of Oz", series=[]))
    assert match.state is EntryState.NEW
    assert match.work is not None
    assert (match.work.asin, match.work.narrators, match.work.description) == ("B0OZ000002", [], None)
    assert match.reasons


def test_a_series_in_the_title_of_the_list_does_no_harm() -> None:
    match = matched(listed(f"{LAND} (Oz, #2)"), an_entry())
    assert match.work is not None


def test_the_most_popular_complete_audio_edition_is_wanted() -> None:
    works = [
        an_entry(asin="B0OZ000091", abridged=True, popularity=900),
        an_entry(asin="B0OZ000092", popularity=10),
        an_entry(asin="B0OZ000093", popularity=70),
        an_entry(provider="HARDCOVER", asin=None, is_audio=False, popularity=9_999, id="HARDCOVER:1"),
    ]
    match = matched(listed(), *works)
    assert match.work is not None
    assert match.work.asin == "B0OZ000093"


def test_a_title_without_an_author_is_doubtful() -> None:
    match = matched(listed(authors=[]), an_entry())
    assert (match.state, match.words) == (EntryState.DOUBTFUL, "the list names no author")
    assert [each.entry.asin for each in match.candidates] == ["B0OZ000002"]


def test_an_identifier_alone_is_sure_but_not_against_the_title() -> None:
    entry = an_entry(isbn="9780306406157")
    match = matched(listed("", authors=[], isbn="9780306406157"), entry)
    assert (match.state, match.confidence) == (EntryState.NEW, Confidence.HIGH)
    match = matched(listed("Pride and Prejudice", authors=["Jane Austen"], isbn="9780306406157"), entry)
    assert match.state in (EntryState.DOUBTFUL, EntryState.UNMATCHED)
    assert match.work is None


def test_two_works_that_both_fit_are_doubtful() -> None:
    entry = listed()
    works = [an_entry(), an_entry(title="Sky Island", asin="B0OZ000012", series=[])]
    both = [replace(each, confidence=Confidence.MEDIUM) for each in judge(description_of_entry(entry), works)]
    match = match_entry(entry, both)
    assert (match.state, match.work) == (EntryState.DOUBTFUL, None)
    assert match.words == f"it may be “{LAND}” or “Sky Island”"
    assert len(match.candidates) == 2


def test_another_volume_of_the_series_is_not_the_work() -> None:
    ozma = an_entry(title="Ozma of Oz", asin="B0OZ000003", series=[SeriesPlace(name="Oz", sequence="3")])
    assert matched(listed(), ozma).work is None


def test_a_book_without_an_audiobook_is_left_out() -> None:
    match = matched(listed(), an_entry(provider="HARDCOVER", asin=None, is_audio=False))
    assert (match.state, match.words) == (EntryState.LEFT_OUT, "no provider knows an audiobook of it")


def test_nothing_found_is_unmatched() -> None:
    match = matched(listed())
    assert (match.state, match.confidence, match.candidates) == (EntryState.UNMATCHED, Confidence.UNMATCHED, ())
