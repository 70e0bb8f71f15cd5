"""An abridged recording is not what is missing."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import Situation


def edition(release: Release, situation: Situation) -> Finding | None:
    """Rejected when the indexer's own flag says abridged; what its words say is judged with the work."""
    if release.abridged is not True:
        return None
    return Finding("edition", Outcome.REJECTED, "an abridged recording", "an unabridged one", 0.0)
