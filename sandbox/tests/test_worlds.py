"""The shipped worlds: they match their generator, and their expected results can be reached."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from sandbox.scoring import ObservedBook, Works
from sandbox.validation import load, mistakes_in
from sandbox.world import OwnedBook, World
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
def test_a_shipped_world_is_up_to_date(name: str) -> None:
    generated = world_text(SHIPPED[name]())
    assert generated == file_of(name).read_text("utf-8"), "run: gapless-sandbox make-worlds"


def test_the_schema_is_up_to_date() -> None:
    assert schema_text() == (SANDBOX / "world.schema.json").read_text("utf-8"), "run: gapless-sandbox make-worlds"


@pytest.mark.parametrize(("name", "owned", "series"), [("small", 20, 3), ("traps", 77, 10), ("large", 3000, 400)])
def test_a_shipped_world_has_the_documented_size(name: str, owned: int, series: int) -> None:
    assert len(world(name).library) >= owned
    gaps = {each.work for each in world(name).truth.missing if each.reason == "series_gap"}
    assert len({work.series[0].name for work in world(name).works if work.series}) >= series
    assert gaps


@pytest.mark.parametrize("name", NAMES)
def test_the_scorer_recognizes_every_missing_book_by_title_and_author(name: str) -> None:
    works, scorer = {work.id: work for work in world(name).works}, Works(world(name))
    for each in world(name).truth.missing:
        work = works[each.work]
        assert scorer.find(ObservedBook(work.title, tuple(work.authors))) == work


@pytest.mark.parametrize("name", NAMES)
def test_no_series_or_author_has_more_gaps_than_the_settings_allow(name: str) -> None:
    works, settings = {work.id: work for work in world(name).works}, world(name).settings
    missing = [works[each.work] for each in world(name).truth.missing]
    of_series = Counter(place.name for work in missing for place in work.series)
    of_author = Counter(author for work in missing for author in work.authors)
    assert max(of_series.values()) <= int(settings["SERIES_MAX_MISSING"])
    assert max(of_author.values()) <= int(settings["AUTHOR_MAX_MISSING"])


@pytest.mark.parametrize("name", NAMES)
def test_a_series_with_a_gap_is_visible_in_two_books_or_in_their_corrections(name: str) -> None:
    works = {work.id: work for work in world(name).works}
    corrected = {each.book: each.accepted for each in world(name).truth.corrections if each.field == "series"}
    book_words = {book.id: _words(book, corrected.get(book.id, ())) for book in world(name).library}
    gaps = (works[each.work] for each in world(name).truth.missing if each.reason == "series_gap")
    for work in gaps:
        counts = [sum(f" {_folded(place.name)} " in words for words in book_words.values()) for place in work.series]
        assert max(counts) >= 2, work.title


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_has_the_value_of_every_required_correction(name: str) -> None:
    providers = world(name).providers
    records = " ".join(record.model_dump_json() for records in providers.values() for record in records)
    required = [each for each in world(name).truth.corrections if each.required]
    assert required
    assert [each for each in required if not any(value in records for value in each.accepted)] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_acceptable_release_is_seeded_english_and_complete(name: str) -> None:
    offers = {f"{offer.indexer}:{offer.id}": offer for offer in world(name).offers}
    for each in world(name).truth.missing:
        for offer in (offers[key] for key in each.acceptable_releases):
            assert offer.seeders > 0
            assert (offer.health, offer.language, offer.main_category) == ("well", "English", 13)
            assert not offer.abridged
            assert not any(file.truncated or file.silent for file in offer.files)


def _words(book: OwnedBook, corrected_series: Sequence[str]) -> str:
    series = " ".join((*(place.name for place in book.series), *corrected_series))
    return f" {_folded(' '.join((book.title, book.subtitle or '', book.folder, series)))} "


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.replace("è", "e")).casefold().split())
