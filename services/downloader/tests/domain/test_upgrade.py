"""Whether an owned book is good enough, and what a better release must be."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.upgrade import rules_for_upgrade, upgrade_of
from shared.contracts.downloads.downloads import ReplacedBook
from shared.contracts.downloads.quality_profiles import ProfileRules

Make = Callable[..., Any]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rules", "book", "shortcomings"),
    [
        ({}, {}, ["format: got mp3, want m4b"]),
        ({}, {"format": "m4b"}, []),
        ({}, {"format": "M4B"}, []),
        ({}, {"format": None}, []),
        ({}, {"format": "flac"}, ["format: got flac, want m4b"]),
        ({"upgrade_until": "m4a"}, {}, ["format: got mp3, want m4b or m4a"]),
        ({"upgrade_until": "m4a"}, {"format": "m4a"}, []),
        ({"upgrade_until": "mp3"}, {}, []),
        (
            {"upgrade_until": "mp3"}, {"abridged": True},
            ["edition: got an abridged recording, want the unabridged reading"],
        ),
        ({"upgrade_until": "mp3", "abridged": True}, {"abridged": True}, []),
        ({"upgrade_until": "mp3", "required_narrators": ["Anna"]}, {}, ["narrator: got Tom Reed, want Anna"]),
        ({"upgrade_until": "mp3", "required_narrators": ["Reed, Tom"]}, {}, []),
        ({"upgrade_until": "mp3", "required_narrators": ["Anna"]}, {"narrators": []}, []),
        ({"upgrade_until": "mp3", "min_bitrate_kbps": 96.0}, {}, ["bitrate: got 64 kbit/s, want at least 96 kbit/s"]),
        ({"upgrade_until": "mp3", "min_bitrate_kbps": 96.0}, {"duration_seconds": None}, []),
    ],
)  # fmt: skip
def test_an_owned_book_is_judged_by_its_profile(
    an_owned_book: Make, rules: dict[str, Any], book: dict[str, Any], shortcomings: list[str]
) -> None:
    found = upgrade_of(an_owned_book(**book), ProfileRules(upgrade=True, **rules), download_id=uuid4(), now=NOW)

    assert (found.replaces.shortcomings if found else []) == shortcomings


def test_a_profile_without_upgrades_replaces_nothing(an_owned_book: Make) -> None:
    assert upgrade_of(an_owned_book(), ProfileRules(), download_id=uuid4(), now=NOW) is None


def test_the_same_recording_is_wanted_unless_the_narrator_is_wrong(an_owned_book: Make) -> None:
    same, other = (
        upgrade_of(an_owned_book(), ProfileRules(upgrade=True, **rules), download_id=uuid4(), now=NOW)
        for rules in ({}, {"required_narrators": ["Anna"]})
    )

    assert same is not None
    assert other is not None
    assert (same.wanted.duration_minutes, other.wanted.duration_minutes) == (300, None)
    assert (same.wanted.series, same.wanted.sequence, same.wanted.published_year) == ("Oz", "2", 1904)
    assert same.wanted.book_id == same.replaces.book_id


@pytest.mark.parametrize(
    ("rules", "owned", "formats", "narrators"),
    [
        ({}, {"format": "mp3"}, ["m4b", "m4a"], ["Tom Reed"]),
        ({}, {"format": "flac"}, ["m4b", "m4a", "mp3"], ["Tom Reed"]),
        ({}, {"format": "m4b", "abridged": True}, ["m4b"], []),
        ({"upgrade_until": "mp3", "min_bitrate_kbps": 96.0}, {"format": "mp3"}, ["m4b", "m4a", "mp3"], ["Tom Reed"]),
        ({"required_narrators": ["Anna"]}, {"format": "m4a"}, ["m4b"], ["Anna"]),
        ({}, {"format": "mp3", "narrators": []}, ["m4b", "m4a"], []),
    ],
)
def test_a_better_release_is_never_worse_than_the_owned_book(
    rules: dict[str, Any], owned: dict[str, Any], formats: list[str], narrators: list[str]
) -> None:
    replaced = ReplacedBook(**({"book_id": uuid4(), "path": "Oz", "narrators": ["Tom Reed"]} | owned))

    found = rules_for_upgrade(replaced, ProfileRules(upgrade=True, **rules))

    assert (found.formats, found.required_narrators, found.only_formats) == (formats, narrators, True)
