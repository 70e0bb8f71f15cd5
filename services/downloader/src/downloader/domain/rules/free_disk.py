"""A download must fit on the disk, and leave room."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GIB, LARGEST, Situation

FREE_DISK = "free disk"


def free_disk(release: Release, situation: Situation) -> Finding | None:
    if situation.free_bytes is None:
        return None
    needed = release.size_bytes * LARGEST + situation.limits.min_free_disk_bytes
    got = f"{situation.free_bytes / GIB:.2f} GiB free"
    want = f"{needed / GIB:.2f} GiB"
    fits = situation.free_bytes >= needed
    return Finding(FREE_DISK, Outcome.ACCEPTED if fits else Outcome.REJECTED, got, want, 1.0 if fits else 0.0)
