"""The wanted recording is preferred: the same ASIN, or the wanted narrators. Another narrator reads the same work."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.names import same_people
from shared.books.text.titles import fold

RULE = "narrator"


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Always accept. The score is 1 for the wanted recording or if any is wanted, 0.5 if unknown, 0 for another one."""
    narrators, asin = wanted.wanted.book.narrators, wanted.wanted.book.asin
    named_by_release = ", ".join(read.book.narrators[:3]) or "none named"
    if asin and read.release.asin == asin:
        return Finding(RULE, Outcome.ACCEPTED, f"ASIN {asin}", f"ASIN {asin}")
    if not narrators:
        return Finding(RULE, Outcome.ACCEPTED, named_by_release, "any")
    want = ", ".join(narrators[:3])
    if read.book.narrators:
        same = same_people(read.book.narrators, narrators)
        return Finding(RULE, Outcome.ACCEPTED, named_by_release, want, 1.0 if same else 0.0)
    text = f" {fold(read.release.name)} {fold(read.release.tags)} "
    named = any(f" {fold(name)} " in text for name in narrators if fold(name))
    return Finding(RULE, Outcome.ACCEPTED, want if named else "none named", want, 1.0 if named else 0.5)
