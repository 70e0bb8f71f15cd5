"""Each rule, with a table of cases."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.domain.limits import GIB, Limits
from downloader.domain.playing_time import expected_minutes
from downloader.domain.quality_profile import AppliedProfile
from downloader.domain.rules.blocklist import blocklist
from downloader.domain.rules.duration import duration
from downloader.domain.rules.forbidden_words import forbidden_words
from downloader.domain.rules.free_disk import free_disk
from downloader.domain.rules.seeders import seeders
from downloader.domain.rules.size import size
from downloader.domain.rules.size_per_hour import size_per_hour
from downloader.domain.rules.snatched_before import snatched_before
from downloader.domain.rules.standing import standing
from downloader.domain.rules.taken import taken
from shared.books.releases.description import Outcome
from shared.contracts.downloads.quality_profiles import ProfileRules
from shared.contracts.mam.grabs import MAX_SIZE_RATIO
from shared.contracts.values import MissingReason

ACCEPTED, DOUBTFUL, REJECTED = Outcome.ACCEPTED, Outcome.DOUBTFUL, Outcome.REJECTED
Make = Callable[..., Any]


def by(**rules: Any) -> AppliedProfile:
    """A profile with these rules."""
    return AppliedProfile("a profile", ProfileRules(**rules))


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        (300, ACCEPTED),
        (260, ACCEPTED),
        (340, ACCEPTED),
        (240, DOUBTFUL),
        (400, DOUBTFUL),
        (150, REJECTED),
        (1500, REJECTED),
    ],
)
def test_playing_time_must_be_that_of_a_known_edition(
    a_release: Make, a_grab_context: Make, minutes: int, outcome: Outcome
) -> None:
    found = duration(a_release(duration_minutes=minutes), a_grab_context())

    assert found is not None
    assert found.outcome is outcome
    assert f"{minutes} minutes" in found.got
    assert "300 minutes" in found.want


def test_an_unknown_playing_time_is_ignored(a_release: Make, a_grab_context: Make, a_missing_book: Make) -> None:
    unknown = a_grab_context(wanted=a_missing_book(duration_minutes=None, duration_choices=[]))

    assert duration(a_release(), unknown) is None
    assert duration(a_release(duration_minutes=None), a_grab_context()) is None


def test_the_playing_time_of_any_known_edition_is_accepted(
    a_release: Make, a_grab_context: Make, a_missing_book: Make
) -> None:
    two_editions = a_grab_context(wanted=a_missing_book(duration_choices=[300, 420]))

    found = duration(a_release(duration_minutes=430), two_editions)

    assert found is not None
    assert found.outcome is ACCEPTED


@pytest.mark.parametrize(
    ("megabytes", "outcome"),
    [(144, ACCEPTED), (40, ACCEPTED), (20, REJECTED), (1000, ACCEPTED), (2000, REJECTED), (0, REJECTED)],
)
def test_size_must_fit_playing_time(a_release: Make, a_grab_context: Make, megabytes: int, outcome: Outcome) -> None:
    found = size(a_release(size_bytes=megabytes * 1_000_000), a_grab_context())

    assert found is not None
    assert found.outcome is outcome


def test_size_is_compared_with_the_known_editions_when_the_listing_gives_no_playing_time(
    a_release: Make, a_grab_context: Make
) -> None:
    pack = a_release(duration_minutes=None, size_bytes=3_000_000_000)

    found = size(pack, a_grab_context())

    assert found is not None
    assert found.outcome is REJECTED
    assert "1333 kbit/s" in found.got


@pytest.mark.parametrize(
    ("count", "reason", "outcome"),
    [
        (0, MissingReason.SERIES_GAP, REJECTED),
        (1, MissingReason.SERIES_GAP, ACCEPTED),
        (49, MissingReason.TOP10, REJECTED),
        (50, MissingReason.TOP10, ACCEPTED),
    ],
)
def test_a_release_must_have_seeders(
    a_release: Make, a_grab_context: Make, a_missing_book: Make, count: int, reason: MissingReason, outcome: Outcome
) -> None:
    found = seeders(a_release(seeders=count), a_grab_context(wanted=a_missing_book(reason=reason)))

    assert found is not None
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("rules", "megabytes", "outcome"),
    [
        ({"min_bitrate_kbps": 100.0}, 144, REJECTED),
        ({"min_bitrate_kbps": 64.0}, 144, ACCEPTED),
        ({"max_bitrate_kbps": 60.0}, 144, REJECTED),
        ({"max_bitrate_kbps": 1000.0}, 2000, ACCEPTED),
    ],
)
def test_the_bounds_of_the_bitrate_are_those_of_the_profile(
    a_release: Make, a_grab_context: Make, rules: dict[str, Any], megabytes: int, outcome: Outcome
) -> None:
    found = size(a_release(size_bytes=megabytes * 1_000_000), a_grab_context(profile=by(**rules)))

    assert found is not None
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("rules", "minutes", "outcome"),
    [
        ({"min_mb_per_hour": 28.0, "max_mb_per_hour": 30.0}, 300, ACCEPTED),
        ({"min_mb_per_hour": 30.0}, 300, REJECTED),
        ({"max_mb_per_hour": 28.0}, 300, REJECTED),
        ({"max_mb_per_hour": 28.0}, 330, ACCEPTED),
        ({"max_mb_per_hour": 30.0}, None, ACCEPTED),
        ({"max_mb_per_hour": 28.0}, None, REJECTED),
    ],
)
def test_the_size_for_each_hour_is_within_the_bounds_of_the_profile(
    a_release: Make, a_grab_context: Make, rules: dict[str, Any], minutes: int | None, outcome: Outcome
) -> None:
    found = size_per_hour(a_release(duration_minutes=minutes), a_grab_context(profile=by(**rules)))

    assert found is not None
    assert found.outcome is outcome
    assert "MB per hour" in found.want


def test_the_size_for_each_hour_needs_bounds_and_a_playing_time(
    a_release: Make, a_grab_context: Make, a_missing_book: Make
) -> None:
    unknown = a_missing_book(duration_minutes=None, duration_choices=[])
    found = size_per_hour(
        a_release(duration_minutes=None), a_grab_context(wanted=unknown, profile=by(max_mb_per_hour=28.0))
    )

    assert found is not None
    assert found.outcome is DOUBTFUL
    assert size_per_hour(a_release(), a_grab_context()) is None


@pytest.mark.parametrize(
    ("least", "reason", "count", "outcome"),
    [
        (3, MissingReason.SERIES_GAP, 2, REJECTED),
        (3, MissingReason.SERIES_GAP, 3, ACCEPTED),
        (3, MissingReason.TOP10, 49, REJECTED),
        (60, MissingReason.TOP10, 50, REJECTED),
    ],
)
def test_a_profile_may_want_more_seeders(  # noqa: PLR0917 - pytest passes fixtures by name
    a_release: Make,
    a_grab_context: Make,
    a_missing_book: Make,
    least: int,
    reason: MissingReason,
    count: int,
    outcome: Outcome,
) -> None:
    context = a_grab_context(wanted=a_missing_book(reason=reason), profile=by(min_seeders=least))
    found = seeders(a_release(seeders=count), context)

    assert found is not None
    assert found.outcome is outcome


def test_a_release_with_a_forbidden_word_is_rejected(a_release: Make, a_grab_context: Make) -> None:
    context = a_grab_context(profile=by(forbidden_words=["AI narration", "virtual voice"]))

    found = forbidden_words(a_release(tags="fantasy, ai narration"), context)

    assert found is not None
    assert (found.outcome, found.got) == (REJECTED, "“AI narration”")
    assert forbidden_words(a_release(), context) is None


def test_the_playing_time_of_an_abridged_recording_is_not_compared_if_the_profile_accepts_it(
    a_release: Make, a_grab_context: Make
) -> None:
    short = a_release(duration_minutes=120, abridged=True)

    assert duration(short, a_grab_context(profile=by(abridged=True))) is None
    found = duration(short, a_grab_context())
    assert found is not None
    assert found.outcome is REJECTED


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"duration_minutes": 310}, [300, 310]),
        ({"duration_minutes": None}, [300]),
        ({"duration_minutes": 120, "abridged": True}, [120]),
        ({"duration_minutes": None, "tags": "abridged"}, []),
    ],
)
def test_finished_audio_has_the_playing_time_of_an_edition_or_of_the_listing(
    a_release: Make, a_missing_book: Make, release: dict[str, Any], expected: list[int]
) -> None:
    assert expected_minutes(a_missing_book(), a_release(**release)) == expected


def test_a_blocked_release_is_rejected_with_the_reason(a_release: Make, a_grab_context: Make) -> None:
    blocked = a_grab_context(blocked={("MAM", "900001"): "cut off"})

    found = blocklist(a_release(), blocked)

    assert found is not None
    assert "cut off" in found.got
    assert blocklist(a_release(id="900002"), blocked) is None


def test_a_release_that_another_book_has_is_rejected(a_release: Make, a_grab_context: Make) -> None:
    found = taken(a_release(), a_grab_context(taken_by={("MAM", "900001"): "Ozma of Oz"}))

    assert found is not None
    assert "Ozma of Oz" in found.got


def test_a_torrent_snatched_before_is_doubtful_unless_we_snatched_it(a_release: Make, a_grab_context: Make) -> None:
    release = a_release(snatched_before=True)

    found = snatched_before(release, a_grab_context())

    assert found is not None
    assert found.outcome is DOUBTFUL
    assert snatched_before(release, a_grab_context(ours=frozenset({("MAM", "900001")}))) is None


@pytest.mark.parametrize(("allowed", "outcome"), [(True, ACCEPTED), (False, REJECTED)])
def test_the_decision_of_mam_search_about_the_account_is_followed(
    a_release: Make, a_grab_context: Make, an_assessment: Make, allowed: bool, outcome: Outcome
) -> None:
    found = standing(a_release(), a_grab_context(account={("MAM", "900001"): an_assessment(allowed=allowed)}))

    assert found is not None
    assert (found.outcome, found.got, found.lasting) == (outcome, "4 unsatisfied torrents of 100", False)


def test_a_release_that_was_not_assessed_has_no_finding(a_release: Make, a_grab_context: Make) -> None:
    assert standing(a_release(), a_grab_context()) is None


@pytest.mark.parametrize(("free_gib", "outcome"), [(7.0, ACCEPTED), (5.1, REJECTED)])
def test_a_download_must_leave_free_space(
    a_release: Make, a_grab_context: Make, free_gib: float, outcome: Outcome
) -> None:
    context = a_grab_context(free_bytes=int(free_gib * GIB), limits=Limits(min_free_disk_bytes=5 * GIB))

    found = free_disk(a_release(), context)

    assert found is not None
    assert found.outcome is outcome


@pytest.mark.parametrize(("short_of", "outcome"), [(0, ACCEPTED), (1, REJECTED)])
def test_space_is_reserved_for_the_largest_torrent_that_a_listing_allows(
    a_release: Make, a_grab_context: Make, short_of: int, outcome: Outcome
) -> None:
    size_bytes = 10 * GIB
    free = round(size_bytes * MAX_SIZE_RATIO) + 5 * GIB - short_of
    context = a_grab_context(free_bytes=free, limits=Limits(min_free_disk_bytes=5 * GIB))

    found = free_disk(a_release(size_bytes=size_bytes), context)

    assert found is not None
    assert found.outcome is outcome
