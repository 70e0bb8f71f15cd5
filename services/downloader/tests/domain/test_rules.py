"""Each rule, with a table of cases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from downloader.domain.limits import GIB, MAX_SIZE_RATIO, GrabContext, Limits
from downloader.domain.reservations import Reservation, is_free
from downloader.domain.rules.blocklist import blocklist
from downloader.domain.rules.duration import duration
from downloader.domain.rules.edition import edition
from downloader.domain.rules.free_disk import free_disk
from downloader.domain.rules.seeders import seeders
from downloader.domain.rules.size import size
from downloader.domain.rules.snatched_before import snatched_before
from downloader.domain.rules.standing import standing
from downloader.domain.rules.taken import taken
from shared.books.releases.description import Outcome
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, MissingReason

ACCEPTED, DOUBTFUL, REJECTED = Outcome.ACCEPTED, Outcome.DOUBTFUL, Outcome.REJECTED
Make = Callable[..., Any]


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


def test_an_abridged_recording_is_rejected(a_release: Make, a_grab_context: Make) -> None:
    found = edition(a_release(abridged=True), a_grab_context())

    assert found is not None
    assert found.outcome is REJECTED
    assert edition(a_release(abridged=None), a_grab_context()) is None


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


@pytest.mark.parametrize(
    ("account", "release", "outcome"),
    [
        ({"unsatisfied": 4}, {}, ACCEPTED),
        ({"unsatisfied": 98}, {}, ACCEPTED),
        ({"unsatisfied": 99}, {}, REJECTED),
        ({"unsatisfied": 100}, {"freeleech": True}, REJECTED),
        ({"unsatisfied": None}, {}, REJECTED),
        ({"ratio": 0.9}, {}, REJECTED),
        ({"ratio": 0.9}, {"freeleech": True}, ACCEPTED),
        ({"ratio": 0.9}, {"vip": True}, REJECTED),
        ({"ratio": 0.9, "classname": "Elite VIP"}, {"vip": True}, ACCEPTED),
        ({"ratio": None, "downloaded_bytes": 0}, {}, ACCEPTED),
        ({"ratio": 1.002, "uploaded_bytes": 1002 * GIB, "downloaded_bytes": 1000 * GIB}, {}, ACCEPTED),
        (
            {"ratio": 1.002, "uploaded_bytes": 1002 * GIB, "downloaded_bytes": 1000 * GIB},
            {"size_bytes": 2 * GIB},
            REJECTED,
        ),
        (
            {"ratio": 1.002, "uploaded_bytes": 1002 * GIB, "downloaded_bytes": 1000 * GIB},
            {"size_bytes": 2 * GIB, "freeleech": True},
            ACCEPTED,
        ),
        ({"ratio": 4.2, "uploaded_bytes": None}, {}, REJECTED),
        ({"ratio": 4.2, "uploaded_bytes": None}, {"freeleech": True}, ACCEPTED),
    ],
)
def test_the_account_s_rules_are_respected(
    outcome: Outcome, account: dict[str, Any], release: dict[str, Any], make_of_account: Make
) -> None:
    found = make_of_account(account, release)

    assert found is not None
    assert found.outcome is outcome


@pytest.fixture
def make_of_account(a_release: Make, a_grab_context: Make, a_standing: Make) -> Make:
    def find(account: dict[str, Any], release: dict[str, Any], **reserved: int) -> Any:
        context = a_grab_context(standing=a_standing(**account), reserved=Reservation(**reserved))
        return standing(a_release(**release), context)

    return find


def test_slots_of_our_other_grabs_count(make_of_account: Make) -> None:
    assert make_of_account({"unsatisfied": 98}, {}, slots=1).outcome is REJECTED


def test_bytes_of_our_other_grabs_count_for_paid_releases(make_of_account: Make) -> None:
    account = {"ratio": 1.01, "uploaded_bytes": 101 * GIB, "downloaded_bytes": 100 * GIB}
    assert make_of_account(account, {}, paid_bytes=GIB // 2).outcome is ACCEPTED
    rejected = make_of_account(account, {}, paid_bytes=GIB)
    assert rejected.outcome is REJECTED
    assert "0.999 after 1.15 GiB more" in rejected.got
    assert make_of_account(account, {"freeleech": True}, paid_bytes=GIB).outcome is ACCEPTED


def test_vip_counts_until_it_ends(a_release: Make, a_grab_context: Make, a_standing: Make) -> None:
    context: GrabContext = a_grab_context()
    ends = context.now + timedelta(days=1)
    account: Standing = a_standing(vip_until=ends)
    release: Release = a_release(vip=True)

    assert is_free(release, account, context.now)
    assert not is_free(release, account.model_copy(update={"vip_until": context.now}), context.now)


@pytest.mark.parametrize(
    ("name", "applies"), [("AudioTracker", False), ("MyAnonamouse", True), ("My Anonamouse (API)", True)]
)
def test_the_account_s_rules_apply_only_to_its_tracker(
    a_release: Make, a_grab_context: Make, a_standing: Make, name: str, applies: bool
) -> None:
    release = a_release(indexer=Indexer.PROWLARR, indexer_name=name)

    found = standing(release, a_grab_context(standing=a_standing(unsatisfied=100)))

    assert (found is not None) is applies


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
