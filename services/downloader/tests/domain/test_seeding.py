"""When a torrent may be removed from the client."""

from datetime import timedelta

import pytest
from downloader.domain.seeding import keeps_seeding


@pytest.mark.parametrize(
    ("progress", "hours", "stays"), [(0.0, 0, False), (0.1, 0, True), (1.0, 71.9, True), (1.0, 72, False)]
)
def test_a_torrent_stays_until_its_seeding_duty_is_done(progress: float, hours: float, stays: bool) -> None:
    assert (keeps_seeding(progress=progress, seeded=timedelta(hours=hours)) is not None) is stays
