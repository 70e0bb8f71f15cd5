"""The release must be the wanted work: same title and author, and the same place where both name one."""

from shared.books.folded import folded
from shared.books.release_description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.same_work import Answer, compare_folded

RULE = "same work"
_OUTCOME = {
    Answer.SAME: Outcome.ACCEPTED,
    Answer.UNSURE: Outcome.DOUBTFUL,
    Answer.DIFFERENT: Outcome.REJECTED,
}


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Accepted when surely the work; another author, title or place rejects; anything between is doubtful."""
    verdict = compare_folded(folded(read.book), wanted.folded)
    against = min(verdict.reasons, key=lambda reason: reason.weight, default=None)
    got = f"“{read.release.name[:120]}”"
    if against is not None and verdict.answer is not Answer.SAME:
        got = f"{got} ({against.words})"
    book = wanted.wanted.book
    want = f"“{book.title[:120]}” by {', '.join(book.authors[:3]) or 'an unknown author'}"
    return Finding(RULE, _OUTCOME[verdict.answer], got, want, 1.0 - verdict.distance)
