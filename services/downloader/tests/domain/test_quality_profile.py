"""Which profile applies to a book, and which narrators it wants."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.domain.quality_profile import (
    AppliedProfile,
    Scope,
    WantedNarrators,
    most_specific,
    wanted_narrators,
)
from pydantic import ValidationError
from shared.contracts.downloads.quality_profiles import AudioFormat, ProfileRules, SeriesNarrator

Make = Callable[..., Any]
OF_BOOK, OF_SERIES, OF_AUTHOR, DEFAULT = (AppliedProfile(name) for name in ("book", "series", "author", "default"))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(Scope.AUTHOR, OF_AUTHOR), (Scope.BOOK, OF_BOOK), (Scope.SERIES, OF_SERIES)], OF_BOOK),
        ([(Scope.AUTHOR, OF_AUTHOR), (Scope.SERIES, OF_SERIES)], OF_SERIES),
        ([(Scope.AUTHOR, OF_AUTHOR)], OF_AUTHOR),
        ([], DEFAULT),
    ],
)
def test_the_most_specific_profile_applies(found: list[tuple[Scope, AppliedProfile]], expected: AppliedProfile) -> None:
    assert most_specific(found, DEFAULT) is expected


@pytest.mark.parametrize(
    ("rules", "of_series", "expected"),
    [
        ({}, "Carl Voice", WantedNarrators(("Tom Reed",))),
        ({"preferred_narrators": ["Anna"]}, None, WantedNarrators(("Anna",), by_profile=True)),
        ({"required_narrators": ["Anna"]}, "Carl", WantedNarrators(("Anna",), required=True, by_profile=True)),
        ({"series_narrator": SeriesNarrator.PREFER}, "Carl", WantedNarrators(("Carl",), by_profile=True)),
        (
            {"series_narrator": SeriesNarrator.PREFER, "preferred_narrators": ["Anna"]},
            "Carl",
            WantedNarrators(("Carl", "Anna"), by_profile=True),
        ),
        (
            {"series_narrator": SeriesNarrator.REQUIRE, "preferred_narrators": ["Anna"]},
            "Carl",
            WantedNarrators(("Carl",), required=True, by_profile=True),
        ),
        ({"series_narrator": SeriesNarrator.REQUIRE}, None, WantedNarrators(("Tom Reed",))),
    ],
)
def test_the_wanted_narrators_are_those_of_the_profile_or_else_of_the_best_known_edition(
    a_missing_book: Make, rules: dict[str, Any], of_series: str | None, expected: WantedNarrators
) -> None:
    book = a_missing_book(narrators=["Tom Reed"])

    assert wanted_narrators(book, ProfileRules(**rules), of_series) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_bitrate_kbps": 128.0, "max_bitrate_kbps": 64.0},
        {"min_mb_per_hour": 60.0, "max_mb_per_hour": 30.0},
        {"formats": []},
        {"formats": [AudioFormat.MP3, AudioFormat.MP3]},
        {"formats": [AudioFormat.MP3], "upgrade_until": AudioFormat.M4B},
        {"delay_hours": -1.0},
        {"min_seeders": 0},
        {"languages": ["English"]},
    ],
)
def test_impossible_rules_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ProfileRules(**wrong)
