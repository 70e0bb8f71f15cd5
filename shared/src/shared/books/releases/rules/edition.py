"""The release must not be abridged or dramatized, unless the wanted book is."""

import re

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.titles import fold

RULE = "edition"
_ABRIDGED = re.compile(
    r"(?<!un)(?<!not )(?<!non )(?<!non-)\babridged\b|\bcondensed\b|\bgek(?:ü|ue?)rzte?\b", re.IGNORECASE
)
_UNABRIDGED = re.compile(r"\bunabridged\b", re.IGNORECASE)
_PLAYED_BY = re.compile(r"\b(?:graphic ?audio|l\.?a\.? theatre works|bbc radio(?: \d| drama| cast)?)\b", re.IGNORECASE)


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release whose name, tags or narrators indicate an abridged or dramatized edition."""
    want = "the unabridged reading"
    texts = (read.release.name, read.release.tags or "")
    if wanted.wanted.book.abridged is not True:
        for text in texts:
            match = _ABRIDGED.search(text[:1000])
            if match and not _UNABRIDGED.search(text[:1000]):
                return Finding(RULE, Outcome.REJECTED, f"“{match[0]}”", want, 0.0)
    if wanted.kind is not WorkKind.DRAMATIZED and wanted.wanted.book.dramatized is not True:
        cast = _PLAYED_BY.search(" ".join((*read.book.narrators, *texts))[:2000])
        if cast and fold(cast[0]) not in fold(wanted.wanted.book.title):
            return Finding(RULE, Outcome.REJECTED, f"a dramatization (“{cast[0]}”)", want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, "no sign of another edition", want)
