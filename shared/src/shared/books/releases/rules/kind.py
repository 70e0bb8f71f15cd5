"""The release must be the book itself: not a summary, companion, dramatization, excerpt or translation."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind
from shared.translatable import translatable

RULE = "kind"
_OTHER_THING = frozenset({
    WorkKind.SUMMARY, WorkKind.COMPANION, WorkKind.DRAMATIZED, WorkKind.EXCERPT, WorkKind.TRANSLATION,
})  # fmt: skip
_ITSELF = {
    kind: translatable("release.itself", f"the {kind.value.replace('_', ' ')} itself", kind=kind.value)
    for kind in WorkKind
}
_NO_OTHER = translatable("release.no_other_kind", "no sign of another kind")


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release if the words around the wanted title indicate another kind."""
    reading = read.kind
    want = _ITSELF[wanted.kind]
    allowed = reading.kind is WorkKind.DRAMATIZED and wanted.wanted.dramatized_allowed
    if reading.kind in _OTHER_THING and reading.kind is not wanted.kind and not allowed:
        return Finding(RULE, Outcome.REJECTED, reading.words, want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, _NO_OTHER, want)
