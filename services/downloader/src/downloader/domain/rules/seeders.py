"""A release must have seeders."""

import math

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, MissingReason
from shared.translatable import translatable

from downloader.domain.limits import GrabContext

_PLENTY = 50


def seeders(release: Release, context: GrabContext) -> Finding | None:
    """Rejected with fewer than the profile wants; a book of a top list needs TOP10_MIN_SEEDERS as well.

    None for a torrent that a person gave: its seeders are not known.
    """
    if release.indexer is Indexer.MANUAL:
        return None
    least = context.profile.rules.min_seeders
    if context.wanted.reason is MissingReason.TOP10:
        least = max(least, context.limits.top10_min_seeders)
    got = translatable("release.seeders", f"{release.seeders} seeders", count=release.seeders)
    want = translatable("release.at_least", f"at least {least}", least=least)
    if release.seeders < least:
        return Finding("seeders", Outcome.REJECTED, got, want, 0.0)
    score = min(1.0, math.log1p(release.seeders) / math.log1p(_PLENTY))
    return Finding("seeders", Outcome.ACCEPTED, got, want, score)
