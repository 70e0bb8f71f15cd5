"""The release must not be abridged or dramatized, unless the wanted book is or that is allowed."""

import re

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.titles import fold
from shared.translatable import translatable

RULE = "edition"
_ABRIDGED = re.compile(
    r"(?<!un)(?<!not )(?<!non )(?<!non-)\babridged\b|\bcondensed\b|\bgek(?:ü|ue?)rzte?\b", re.IGNORECASE
)
_UNABRIDGED = re.compile(r"\bunabridged\b", re.IGNORECASE)
_WANT = {
    (False, False): translatable("release.unabridged", "the unabridged reading"),
    (True, False): translatable("release.or_abridged", "the unabridged reading or abridged one"),
    (False, True): translatable("release.or_dramatized", "the unabridged reading or dramatized one"),
    (True, True): translatable("release.any_edition", "the unabridged reading or abridged one or dramatized one"),
}
"""What is wanted, by whether an abridged and a dramatized edition are allowed."""
_SAID_ABRIDGED = translatable("release.abridged_by_uploader", "an abridged recording, as its uploader says")
_NO_OTHER = translatable("release.no_other_edition", "no sign of another edition")
_PLAYED_BY = re.compile(r"\b(?:graphic ?audio|l\.?a\.? theatre works|bbc radio(?: \d| drama| cast)?)\b", re.IGNORECASE)


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release whose name, tags, narrators or uploader indicate an abridged or dramatized edition.

    If such an edition is allowed, it is accepted with the score 0, so that another one is preferred.
    """
    signs = (
        (_abridged(wanted, read), wanted.wanted.abridged_allowed),
        (_dramatized(wanted, read), wanted.wanted.dramatized_allowed),
    )
    want = _WANT[wanted.wanted.abridged_allowed, wanted.wanted.dramatized_allowed]
    for got, allowed in sorted(signs, key=lambda sign: sign[1]):
        if got is not None:
            return Finding(RULE, Outcome.ACCEPTED if allowed else Outcome.REJECTED, got, want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, _NO_OTHER, want)


def abridged_sign(name: str, tags: str | None, abridged: bool | None) -> str | None:
    """What says that a release is abridged: its uploader, its name or its tags; None if nothing does."""
    if abridged is True:
        return _SAID_ABRIDGED
    for text in (name, tags or ""):
        match = _ABRIDGED.search(text[:1000])
        if match and not _UNABRIDGED.search(text[:1000]):
            return f"“{match[0]}”"
    return None


def _abridged(wanted: ReadWanted, read: ReadRelease) -> str | None:
    """The sign that the release is abridged; None if there is none, or if the wanted book is abridged."""
    release = read.release
    return None if wanted.wanted.book.abridged is True else abridged_sign(release.name, release.tags, release.abridged)


def _dramatized(wanted: ReadWanted, read: ReadRelease) -> str | None:
    """The sign that the release is a dramatization; None if there is none, or if the wanted book is one."""
    if wanted.kind is WorkKind.DRAMATIZED or wanted.wanted.book.dramatized is True:
        return None
    if read.kind.kind is WorkKind.DRAMATIZED:
        return read.kind.words
    cast = _PLAYED_BY.search(" ".join((*read.book.narrators, read.release.name, read.release.tags or ""))[:2000])
    if cast is None or fold(cast[0]) in fold(wanted.wanted.book.title):
        return None
    return translatable("release.dramatization", f"a dramatization (“{cast[0]}”)", by=cast[0])
