"""A torrent that the account has had before, and not by us, is for a person to decide."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import Situation, key_of


def snatched_before(release: Release, situation: Situation) -> Finding | None:
    """Doubtful: the person has it somewhere, or removed it for a reason. What we grabbed ourselves is no matter."""
    if not release.snatched_before or key_of(release) in situation.ours:
        return None
    return Finding("snatched before", Outcome.DOUBTFUL, "a torrent the account has snatched already", "a new one", 0.0)
