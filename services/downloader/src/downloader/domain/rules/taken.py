"""A release that another download has cannot be this book."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.limits import GrabContext, key_of

_WANT = translatable("release.not_taken", "a release that no other download has")


def taken(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if another live or imported download has it."""
    other = context.taken_by.get(key_of(release))
    if other is None:
        return None
    got = translatable("release.taken", f"the release grabbed for “{other}”", title=other)
    return Finding("taken", Outcome.REJECTED, got, _WANT, 0.0)
