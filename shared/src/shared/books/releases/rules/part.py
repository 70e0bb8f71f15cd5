"""The release must be the whole book, not a part, disc or season of it."""

import re

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind
from shared.translatable import translatable

RULE = "part"
_PART = re.compile(
    r"\b(?:part|pt|disc|disk|cd|chapters?|season|episode)\.? ?(?:\d{1,3}|one|two|three|four|i{1,3}|iv)\b(?! ?chapters)"
    r"|\b\d{1,2} ?of ?\d{1,2}\b",
    re.IGNORECASE,
)
_WANT = translatable("release.whole_book", "the whole book")
_PART_WANTED = translatable("release.part_wanted", "a part is wanted")
_NO_PART = translatable("release.no_part", "no part named")


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release if the words around the wanted title number a part of it."""
    if wanted.kind is WorkKind.SPLIT_VOLUME:
        return Finding(RULE, Outcome.ACCEPTED, _PART_WANTED, _WANT)
    part = _PART.search(read.rest)
    if part:
        return Finding(RULE, Outcome.REJECTED, f"“{part[0].strip()}”", _WANT, 0.0)
    if read.kind.kind is WorkKind.SPLIT_VOLUME:
        return Finding(RULE, Outcome.REJECTED, read.kind.words, _WANT, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, _NO_PART, _WANT)
