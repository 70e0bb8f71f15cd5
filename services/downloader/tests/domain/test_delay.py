"""When a good release is grabbed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from downloader.domain.decision import Decision
from downloader.domain.delay import Delay
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.quality_profiles import ProfileRules

Make = Callable[..., Any]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("rules", "until", "free", "named_format", "expected"),
    [
        ({}, None, False, "m4b", None),
        ({"delay_hours": 24}, None, False, "m4b", NOW + A_DAY),
        ({"delay_hours": 24}, NOW + AN_HOUR, False, "m4b", NOW + AN_HOUR),
        ({"delay_hours": 24}, NOW, False, "m4b", None),
        ({"delay_hours": 0}, NOW + AN_HOUR, False, "m4b", None),
        ({"delay_hours": 24, "freeleech_skips_delay": True}, None, True, "mp3", None),
        ({"delay_hours": 24, "freeleech_skips_delay": True}, None, False, "mp3", NOW + A_DAY),
        ({"delay_hours": 24, "top_format_skips_delay": True}, None, False, "m4b", None),
        ({"delay_hours": 24, "top_format_skips_delay": True}, None, False, "mp3", NOW + A_DAY),
        ({"delay_hours": 24, "top_format_skips_delay": True}, None, False, None, NOW + A_DAY),
    ],
)
def test_a_delay_begins_with_the_first_good_release_unless_it_is_skipped(
    a_release: Make,
    rules: dict[str, Any],
    until: datetime | None,
    free: bool,
    named_format: str | None,
    expected: datetime | None,
) -> None:
    chosen = Decision(a_release(freeleech=free), Verdict.ACCEPTED, 0.9, (), format=named_format)

    assert Delay(NOW, ProfileRules(**rules), until).end_for(chosen) == expected
