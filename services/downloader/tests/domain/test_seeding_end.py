"""The rule for torrents whose seeding duty is met."""

from datetime import timedelta

import pytest
from downloader.domain.seeding_end import AfterSeeding, SeedingEnd

from .test_seeding import NOW, a_torrent, an_entry

REMOVE = SeedingEnd(AfterSeeding.REMOVE, after=timedelta(days=4), ratio=0.5)


@pytest.mark.parametrize(
    ("end", "hours", "applies"),
    [
        (SeedingEnd(), 1000, False),
        (REMOVE, 71, False),
        (REMOVE, 95, False),
        (REMOVE, 96, True),
        (SeedingEnd(AfterSeeding.REMOVE, ratio=0.6), 96, False),
        (SeedingEnd(AfterSeeding.CATEGORY, category="seeded"), 72, True),
    ],
)
def test_a_torrent_is_cleaned_up_after_its_duty_and_the_rule(end: SeedingEnd, hours: float, applies: bool) -> None:
    entry = an_entry()
    entry.saw(a_torrent(hours), NOW)

    assert end.applies(entry) is applies
