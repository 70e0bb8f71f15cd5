"""An abridged recording is not wanted."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GrabContext


def edition(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if the indexer's flag says abridged; its texts are judged by the rules for releases."""
    if release.abridged is not True:
        return None
    return Finding("edition", Outcome.REJECTED, "an abridged recording", "an unabridged one", 0.0)
