"""Somebody must have it."""

import math

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingReason

from downloader.domain.limits import Situation

_PLENTY = 50


def seeders(release: Release, situation: Situation) -> Finding | None:
    """Rejected for now without a seeder; a book of a top list needs many."""
    top10 = situation.wanted.reason is MissingReason.TOP10
    least = max(1, situation.limits.top10_min_seeders) if top10 else 1
    want = f"at least {least}"
    if release.seeders < least:
        return Finding("seeders", Outcome.REJECTED, f"{release.seeders} seeders", want, 0.0)
    score = min(1.0, math.log1p(release.seeders) / math.log1p(_PLENTY))
    return Finding("seeders", Outcome.ACCEPTED, f"{release.seeders} seeders", want, score)
