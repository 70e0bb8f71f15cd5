"""A download must leave MIN_FREE_DISK_GIB free on the disk."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.grabs import MAX_SIZE_RATIO
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.limits import GIB, GrabContext

_RULE = "free disk"


def free_disk(release: Release, context: GrabContext) -> Finding | None:
    """Rejected for now if the disk has too little free space."""
    if context.free_bytes is None:
        return None
    needed = release.size_bytes * MAX_SIZE_RATIO + context.limits.min_free_disk_bytes
    got = translatable("release.free_disk", f"{context.free_bytes / GIB:.2f} GiB free", free=context.free_bytes)
    want = translatable("release.needed_disk", f"{needed / GIB:.2f} GiB", needed=round(needed))
    fits = context.free_bytes >= needed
    outcome = Outcome.ACCEPTED if fits else Outcome.REJECTED
    return Finding(_RULE, outcome, got, want, 1.0 if fits else 0.0, lasting=False)
