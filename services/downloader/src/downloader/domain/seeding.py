"""Whether a torrent may be removed from the client, by the tracker's seeding duty."""

from datetime import timedelta

SEEDING_DUTY = timedelta(hours=72)
"""MyAnonamouse's rule: 72 hours in all within 30 days. Other private trackers ask for no more."""


def keeps_seeding(*, progress: float, seeded: timedelta) -> str | None:
    """Why the torrent has to stay, or None when it may go: nothing of it was downloaded, or the duty is done."""
    if progress <= 0 or seeded >= SEEDING_DUTY:
        return None
    hours = seeded.total_seconds() / 3600
    return f"the torrent stays in the client: seeded for {hours:.1f} of 72 hours"
