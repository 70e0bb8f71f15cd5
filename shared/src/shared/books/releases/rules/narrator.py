"""The wanted narrators are preferred. Another narrator reads the same work."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.names import same_people
from shared.books.text.titles import fold

RULE = "narrator"


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Always accept. The score is 1 for a wanted narrator, 0.5 if the narrator is unknown, 0 for another narrator."""
    narrators = wanted.wanted.book.narrators
    if not narrators:
        return Finding(RULE, Outcome.ACCEPTED, ", ".join(read.book.narrators[:3]) or "none named", "any")
    want = ", ".join(narrators[:3])
    if read.book.narrators:
        same = same_people(read.book.narrators, narrators)
        return Finding(RULE, Outcome.ACCEPTED, ", ".join(read.book.narrators[:3]), want, 1.0 if same else 0.0)
    text = f" {fold(read.release.name)} {fold(read.release.tags)} "
    named = any(f" {fold(name)} " in text for name in narrators if fold(name))
    return Finding(RULE, Outcome.ACCEPTED, want if named else "none named", want, 1.0 if named else 0.5)
