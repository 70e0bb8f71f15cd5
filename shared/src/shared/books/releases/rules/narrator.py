"""The wanted recording is preferred or required: the same ASIN, or one of the wanted narrators."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.names import same_people
from shared.books.text.titles import fold
from shared.translatable import translatable

RULE = "narrator"
_NOT_NAMED = translatable("release.no_narrator", "none named")
_ANY = translatable("release.any_narrator", "any")


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """The score is 1 for the wanted recording or if any is wanted, 0.5 if unknown, 0 for another one.

    If a wanted narrator is required, reject another one; a release without a narrator is doubtful.
    """
    required = wanted.wanted.narrator_required
    narrators, asin = wanted.wanted.book.narrators, wanted.wanted.book.asin
    named_by_release = ", ".join(read.book.narrators[:3]) or _NOT_NAMED
    if asin and read.release.asin == asin:
        return Finding(RULE, Outcome.ACCEPTED, f"ASIN {asin}", f"ASIN {asin}")
    if not narrators:
        return Finding(RULE, Outcome.ACCEPTED, named_by_release, _ANY)
    want = ", ".join(narrators[:3])
    if read.book.narrators:
        if same_people(read.book.narrators, narrators):
            return Finding(RULE, Outcome.ACCEPTED, named_by_release, want)
        return Finding(RULE, Outcome.REJECTED if required else Outcome.ACCEPTED, named_by_release, want, 0.0)
    text = f" {fold(read.release.name)} {fold(read.release.tags)} "
    named = any(f" {fold(name)} " in text for name in narrators if fold(name))
    if named:
        return Finding(RULE, Outcome.ACCEPTED, want, want)
    return Finding(RULE, Outcome.DOUBTFUL if required else Outcome.ACCEPTED, _NOT_NAMED, want, 0.5)
