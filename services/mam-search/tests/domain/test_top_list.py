"""A top list has each work once, and says which entries never become missing books."""

from datetime import UTC, datetime
from typing import Any

import pytest
from mam_search.domain.genres import genres
from mam_search.domain.top_list import (
    Screening,
    TopOrder,
    each_work_once,
    listed_work,
    ranked,
    shown_entries,
    week_before,
)
from shared.contracts.mam.releases import Release
from shared.contracts.mam.top_lists import TopListEntry
from shared.contracts.values import Indexer

FANTASY = next(each for each in genres({}) if each.name == "Fantasy")


def a_release(number: int, title: str, **fields: Any) -> Release:
    values = {"indexer": Indexer.MAM, "id": str(number), "title": title, "authors": ["L. Frank Baum"], "size_bytes": 1}
    return Release.model_validate(values | fields)


def an_entry(title: str, authors: list[str] | None = None, **fields: Any) -> TopListEntry:
    authors = ["L. Frank Baum"] if authors is None else authors
    return TopListEntry(rank=1, title=title, authors=authors, **fields)


def test_the_most_snatched_release_of_each_work_is_listed() -> None:
    releases = [
        a_release(1, "Ozma of Oz", snatches=10, seeders=90),
        a_release(2, "Ozma of Oz (Unabridged)", snatches=30, seeders=5),
        a_release(3, "Sky Island", snatches=20, seeders=20),
        a_release(4, "Sky Island", snatches=99, is_audio=False),
    ]
    assert [each.release_id for each in ranked(releases, TopOrder.SNATCHED)] == ["2", "3"]
    assert [each.release_id for each in ranked(releases, TopOrder.SEEDERS)] == ["1", "3"]


def test_a_list_shows_as_many_entries_with_enough_seeders_as_its_genre_says() -> None:
    genre = FANTASY.model_copy(update={"top10_count": 2, "min_seeders": 10})
    entries = [an_entry(title, seeders=seeders) for title, seeders in (("A", 5), ("B", 10), ("C", None), ("D", 90))]
    shown = shown_entries(entries, genre, Screening())
    assert [(each.rank, each.title) for each in shown] == [(1, "B"), (2, "C")]


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Test upload, please ignore", ["L. Frank Baum"]),
        ("test", []),
        ("TEST 2", ["Somebody"]),
        ("Dummy Entry 1", ["Nobody"]),
        ("This is a test", ["Test"]),
        ("Ozma of Oz - DO NOT DOWNLOAD", ["L. Frank Baum"]),
        ("placeholder", ["Unknown"]),
    ],
)
def test_test_entries_are_left_out(title: str, authors: list[str]) -> None:
    assert Screening().left_out_because(an_entry(title, authors)) == "it is a test entry"


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("The Test", ["Ada Quill"]),
        ("Test", ["Ada Quill"]),
        ("Dummy", ["Ada Quill"]),
        ("The Testing of Luther Albright", ["Ada Quill"]),
        ("A Test of Wills", ["Ada Quill"]),
        ("Sample Sizes", ["Ada Quill"]),
    ],
)
def test_books_with_such_words_in_the_title_are_not_test_entries(title: str, authors: list[str]) -> None:
    assert Screening().left_out_because(an_entry(title, authors)) == ""


def test_blocked_and_allowed_words_decide_with_a_reason() -> None:
    screening = Screening(blocked=("Summary",), allowed=("oz", "Tik-Tok"))
    assert screening.left_out_because(an_entry("Ozma of Oz")) == ""
    assert "blocked word 'Summary'" in screening.left_out_because(an_entry("Summary of Ozma of Oz"))
    assert screening.left_out_because(an_entry("Sky Island")) == "it contains none of the allowed words"
    assert screening.left_out_because(an_entry("Summaryless Oz")) == ""


def test_an_entry_without_an_author_or_a_title_cannot_be_added() -> None:
    assert Screening().left_out_because(an_entry("Sky Island", [])) == "it names no author"
    assert Screening().left_out_because(an_entry("")) == "it has no title"


def test_a_long_title_is_cut_for_the_library() -> None:
    (entry,) = each_work_once([an_entry("O" * 900)])
    assert len(listed_work(entry).title) == 500


def test_the_week_begins_at_midnight_seven_days_ago() -> None:
    assert week_before(datetime(2026, 11, 29, 5, 30, tzinfo=UTC)) == datetime(2026, 11, 22, tzinfo=UTC)
