"""Which of several acceptable releases is preferred, as one number.

A release comes before another if it is nearer to the wanted recording (`rules.narrator`); an abridged one counts as
another recording. If both are equally near, the one in the preferred format comes first; in the same format, the one
with more of the preferred words; then the one with more seeders. A release that costs no ratio counts like one with
more seeders: with 10 seeders, it comes before one that costs ratio and has 20, but not before one with 40. Last, the
certainty that it is the wanted book makes a small difference.
"""

from collections.abc import Sequence

from shared.books.releases.description import Finding, ReleaseDescription, WantedBook
from shared.books.releases.listed_words import listed_words
from shared.books.releases.rules import edition, narrator

_RECORDING_RULES = (narrator.RULE, edition.RULE)
_RECORDINGS = 3
"""The wanted recording, an unknown one, another one."""
_SEEDERS, _FREE, _CERTAINTY = 0.75, 0.2, 0.05
"""Shares of the comparison within one recording and format, with the same preferred words. Their sum is 1."""
_SEEDERS_FOR_HALF = 10
"""With this many seeders, a release has half of the share of the seeders. Each additional seeder counts less."""
_MAX_SEEDERS = 100_000
_DIGITS = 6
"""Enough digits to distinguish releases with almost `_MAX_SEEDERS`."""


def preference(
    wanted: WantedBook, release: ReleaseDescription, named_format: str | None, findings: Sequence[Finding]
) -> float:
    """A number from 0 to 1, higher for the preferred release.

    `findings` are those of the release rules, none of which rejects the release. Numbers can be compared only if they
    were computed for the same wanted book.
    """
    formats, words = wanted.formats, wanted.preferred_words
    recording = min((finding.score for finding in findings if finding.rule in _RECORDING_RULES), default=0.0)
    tier = len(formats) - formats.index(named_format) if named_format in formats else 0
    seeders = min(max(release.seeders or 0, 0), _MAX_SEEDERS)
    certainty = sum(finding.score for finding in findings) / len(findings) if findings else 0.0
    within_words = _SEEDERS * seeders / (seeders + _SEEDERS_FOR_HALF) + _FREE * release.free + _CERTAINTY * certainty
    named_words = len(listed_words(f"{release.name} {release.tags or ''}", words)) if words else 0
    within_tier = (named_words + within_words) / (len(words) + 1)
    within_recording = (tier + within_tier) / (len(formats) + 1)
    return round((round(recording * (_RECORDINGS - 1)) + within_recording) / _RECORDINGS, _DIGITS)
