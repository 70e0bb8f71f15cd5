"""The worlds that the project ships: as their makers make them, and such that a careful program can be right."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from sandbox.scoring import ObservedBook, Works
from sandbox.validation import mistakes_in
from sandbox.world import OwnedBook, World, load
from sandbox.worldmaking.shipped import SANDBOX, SHIPPED, schema_text, world_text

NAMES = sorted(SHIPPED)


def file_of(name: str) -> Path:
    return SANDBOX / "worlds" / f"{name}.json"


@cache
def world(name: str) -> World:
    return load(file_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_world_is_valid(name: str) -> None:
    assert mistakes_in(file_of(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_world_is_what_its_maker_makes(name: str) -> None:
    made = world_text(SHIPPED[name]())
    assert made == file_of(name).read_text("utf-8"), "run: gapless-sandbox make-worlds"


def test_the_schema_is_that_of_the_format() -> None:
    assert schema_text() == (SANDBOX / "world.schema.json").read_text("utf-8"), "run: gapless-sandbox make-worlds"


@pytest.mark.parametrize(("name", "owned", "series"), [("small", 20, 3), ("traps", 67, 10), ("large", 3000, 400)])
def test_a_shipped_world_is_as_large_as_it_should_be(name: str, owned: int, series: int) -> None:
    assert len(world(name).library) >= owned
    gaps = {each.work for each in world(name).truth.missing if each.reason == "series_gap"}
    assert len({work.series[0].name for work in world(name).works if work.series}) >= series
    assert gaps


@pytest.mark.parametrize("name", NAMES)
def test_the_scorer_knows_every_missing_book_by_its_description(name: str) -> None:
    works, known = {work.id: work for work in world(name).works}, Works(world(name))
    for each in world(name).truth.missing:
        work = works[each.work]
        assert known.meant_by(ObservedBook(work.title, tuple(work.authors))) == work


@pytest.mark.parametrize("name", NAMES)
def test_no_series_or_author_has_more_gaps_than_the_settings_let_be_found(name: str) -> None:
    works, settings = {work.id: work for work in world(name).works}, world(name).settings
    missing = [works[each.work] for each in world(name).truth.missing]
    of_series = Counter(place.name for work in missing for place in work.series)
    of_author = Counter(author for work in missing for author in work.authors)
    assert max(of_series.values()) <= int(settings["SERIES_MAX_MISSING"])
    assert max(of_author.values()) <= int(settings["AUTHOR_MAX_MISSING"])


@pytest.mark.parametrize("name", NAMES)
def test_a_series_with_a_gap_shows_in_two_books_or_is_told_of_them(name: str) -> None:
    works = {work.id: work for work in world(name).works}
    told = {each.book: each.accepted for each in world(name).truth.corrections if each.field == "series"}
    seen = {book.id: _words(book, told.get(book.id, ())) for book in world(name).library}
    gaps = (works[each.work] for each in world(name).truth.missing if each.reason == "series_gap")
    for work in gaps:
        shown = [sum(f" {_folded(place.name)} " in words for words in seen.values()) for place in work.series]
        assert max(shown) >= 2, work.title


@pytest.mark.parametrize("name", NAMES)
def test_a_correction_that_is_due_is_told_by_a_provider(name: str) -> None:
    providers = world(name).providers
    told = " ".join(record.model_dump_json() for record in (*providers.audible, *providers.hardcover))
    due = [each for each in world(name).truth.corrections if each.required]
    assert due
    assert [each for each in due if not any(value in told for value in each.accepted)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_good_release_is_alive_english_and_whole(name: str) -> None:
    offers = {f"{offer.indexer}:{offer.id}": offer for offer in world(name).offers}
    for each in world(name).truth.missing:
        for offer in (offers[key] for key in each.acceptable_releases):
            assert offer.seeders > 0
            assert (offer.health, offer.language, offer.main_category) == ("well", "English", 13)
            assert not offer.abridged
            assert not any(file.truncated for file in offer.files)


def _words(book: OwnedBook, told: Sequence[str]) -> str:
    places = " ".join((*(place.name for place in book.series), *told))
    return f" {_folded(' '.join((book.title, book.subtitle or '', book.folder, places)))} "


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.replace("è", "e")).casefold().split())
