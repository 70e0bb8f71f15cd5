"""A release that another download has cannot be this book."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GrabContext, key_of


def taken(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if another live or imported download has it."""
    other = context.taken_by.get(key_of(release))
    if other is None:
        return None
    return Finding(
        "taken", Outcome.REJECTED, f"the release grabbed for “{other}”", "a release that no other download has", 0.0
    )
