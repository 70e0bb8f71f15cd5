"""A blocked release is never grabbed."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.limits import GrabContext, key_of

_WANT = translatable("release.not_blocked", "one that is not blocked")


def blocklist(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if it is on the blocklist."""
    why = context.blocked.get(key_of(release))
    if why is None:
        return None
    return blocked_release(why)


def blocked_release(why: str) -> Finding:
    """The finding for a release that is blocked for this reason."""
    got = translatable("release.blocked", f"a blocked release ({why})", why=why)
    return Finding("blocklist", Outcome.REJECTED, got, _WANT, 0.0)
