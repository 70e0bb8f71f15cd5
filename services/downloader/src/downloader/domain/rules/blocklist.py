"""A blocked release is never grabbed."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GrabContext, key_of


def blocklist(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if it is on the blocklist."""
    why = context.blocked.get(key_of(release))
    if why is None:
        return None
    return blocked_release(why)


def blocked_release(why: str) -> Finding:
    """The finding for a release that is blocked for this reason."""
    return Finding("blocklist", Outcome.REJECTED, f"a blocked release ({why})", "one that is not blocked", 0.0)
