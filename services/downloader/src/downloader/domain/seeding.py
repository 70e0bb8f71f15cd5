"""Whether a torrent may be removed from the client under the tracker's seeding rules."""

from datetime import timedelta

SEEDING_DUTY = timedelta(hours=72)
"""MyAnonamouse's rule: 72 hours in total within 30 days. Other private trackers do not require more."""


def keeps_seeding(*, progress: float, seeded: timedelta) -> str | None:
    """Why the torrent has to stay; None if nothing of it was downloaded or it has seeded long enough."""
    if progress <= 0 or seeded >= SEEDING_DUTY:
        return None
    hours = seeded.total_seconds() / 3600
    return f"its torrent stays in the client: seeded for {hours:.1f} of 72 hours"
