"""The release must be the book itself: not a summary, companion, dramatization, excerpt or translation."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind

RULE = "kind"
_OTHER_THING = frozenset({
    WorkKind.SUMMARY, WorkKind.COMPANION, WorkKind.DRAMATIZED, WorkKind.EXCERPT, WorkKind.TRANSLATION,
})  # fmt: skip


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release if the words around the wanted title indicate another kind."""
    reading = read.kind
    want = f"the {wanted.kind.value.replace('_', ' ')} itself"
    allowed = reading.kind is WorkKind.DRAMATIZED and wanted.wanted.dramatized_allowed
    if reading.kind in _OTHER_THING and reading.kind is not wanted.kind and not allowed:
        return Finding(RULE, Outcome.REJECTED, reading.words, want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, "no sign of another kind", want)
