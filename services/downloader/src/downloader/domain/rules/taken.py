"""One release is one book: what another download has cannot be this book too."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import Situation, key_of


def taken(release: Release, situation: Situation) -> Finding | None:
    other = situation.taken.get(key_of(release))
    if other is None:
        return None
    return Finding("taken", Outcome.REJECTED, f"the release grabbed for “{other}”", "one of its own", 0.0)
