"""What proved bad once is never taken again."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import Situation, key_of


def blocklist(release: Release, situation: Situation) -> Finding | None:
    why = situation.blocked.get(key_of(release))
    if why is None:
        return None
    return Finding("blocklist", Outcome.REJECTED, f"a release blocked before ({why})", "one never blocked", 0.0)
