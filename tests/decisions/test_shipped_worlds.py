"""Each missing book of a shipped world is searched at MyAnonamouse, and the decision agrees with the truth."""

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.decision import best, judge_all
from downloader.domain.limits import GrabContext, Limits
from mam_search.adapters.mam.search_rows import release_of
from mam_search.domain.query import queries
from sandbox.mam.catalogue import Catalogue
from sandbox.mam.search_query import from_pairs, parse_search
from sandbox.validation import load
from sandbox.world import MissingTruth, Work, World
from sandbox.worldmaking.shipped import SANDBOX
from shared.books.releases.search_words import distinct_titles
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FIELDS = [(f"tor[srchIn][{field}]", "true") for field in ("title", "author", "series")]
SHOWN = [("mediaInfo", "1"), ("isbn", "1"), ("perpage", "100")]


@cache
def world(name: str) -> World:
    return load(SANDBOX / "worlds" / f"{name}.json")


@cache
def tracker(name: str) -> Catalogue:
    offers = [offer for offer in world(name).offers if offer.indexer == "mam"]
    return Catalogue(offers, download_hash=lambda _: "", info_hash=lambda _: "")


def wanted(work: Work) -> MissingBook:
    """The missing book as the records of the providers describe it."""
    audiobooks = [edition for edition in work.editions if edition.format == "audio"]
    facts: dict[str, Any] = {
        "id": uuid4(), "title": work.title, "other_titles": work.other_titles, "authors": work.authors,
        "series": work.series[0].name if work.series else None,
        "sequence": work.series[0].sequence if work.series else None,
        "narrators": audiobooks[0].narrators, "duration_minutes": audiobooks[0].duration_minutes,
        "duration_choices": [each.duration_minutes for each in audiobooks if each.duration_minutes],
        "language": "English", "reason": "series_gap", "source": "AUDIBLE", "status": "identified", "priority": 1,
        "identified_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return MissingBook.model_validate(facts)


def search(name: str, text: str) -> list[Release]:
    query = parse_search(from_pairs([("tor[text]", text), ("tor[main_cat][0]", "13"), *FIELDS, *SHOWN]))
    found = (release_of(row, fail_on_unknown_value) for row in tracker(name).answer(query).get("data", []))
    return [release for release in found if release is not None]


def fail_on_unknown_value(field: str, value: str) -> None:
    raise AssertionError(f"unknown value of {field}: {value}")


def chosen(name: str, work: Work) -> str | None:
    """The key of the release that is chosen at MyAnonamouse; None if none is accepted."""
    book, found = wanted(work), dict[str, Release]()
    titles = distinct_titles((book.title, *book.other_titles))
    for text in queries(titles, book.authors, book.series):
        found |= {release.id: release for release in search(name, text)}
        choice = best(judge_all(found.values(), GrabContext(wanted=book, limits=Limits(), now=NOW)))
        if choice is not None:
            return f"mam:{choice.release.id}"
    return None


@pytest.mark.parametrize("name", ["small", "traps"])
def test_each_missing_book_gets_a_right_release_or_none(name: str) -> None:
    truth, works = world(name).truth, {work.id: work for work in world(name).works}
    wrong = []
    for missing in truth.missing:
        release = chosen(name, works[missing.work])
        right = [*missing.acceptable_releases, *truth.neutral_releases]
        if release not in (right if _is_at_mam(name, missing) else [None, *truth.neutral_releases]):
            wrong.append((works[missing.work].title, release))
    assert wrong == []


def _is_at_mam(name: str, missing: MissingTruth) -> bool:
    """Whether a right release is offered there. A release with several books is decided by its files, not here."""
    several = Counter(key for each in world(name).truth.missing for key in each.acceptable_releases)
    offers = (offer for offer in world(name).offers if offer.indexer == "mam")
    return any(offer.key in missing.acceptable_releases and several[offer.key] == 1 for offer in offers)
