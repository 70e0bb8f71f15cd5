"""A person decides on a torrent that the account has downloaded before, outside of Gapless."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.limits import GrabContext, key_of

_GOT = translatable("release.snatched", "a torrent that the account has already snatched")
_WANT = translatable("release.not_snatched", "a new one")


def snatched_before(release: Release, context: GrabContext) -> Finding | None:
    """Doubtful if the account snatched it and we did not: the person has it elsewhere or removed it for a reason."""
    if not release.snatched_before or key_of(release) in context.ours:
        return None
    return Finding("snatched before", Outcome.DOUBTFUL, _GOT, _WANT, 0.0)
