"""The release must be the book itself: no summary, companion, dramatization or excerpt, and no box or part of it."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind

RULE = "kind"
_OTHER_THING = frozenset({
    WorkKind.SUMMARY, WorkKind.COMPANION, WorkKind.DRAMATIZED, WorkKind.EXCERPT, WorkKind.TRANSLATION,
})  # fmt: skip


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Rejected when words beside the wanted title say that the release is another kind of thing."""
    reading = read.kind
    want = f"the {wanted.kind.value.replace('_', ' ')} itself"
    if reading.kind in _OTHER_THING and reading.kind is not wanted.kind:
        return Finding(RULE, Outcome.REJECTED, reading.words, want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, "nothing that marks another kind", want)
