"""The release must be an audiobook, in one of the wanted formats if only those are accepted."""

from functools import lru_cache

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.releases.words import AUDIO_FORMATS, BOOK_FORMATS
from shared.translatable import translatable

RULE = "format"
_UNKNOWN_FORMAT_SCORE = 0.5
_NOT_NAMED = translatable("release.no_format", "no format named")
_NO_AUDIO = translatable("release.no_audio", "a category without audiobooks")


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject the category or format of an e-book. An unknown format is accepted with a low score.

    If only the wanted formats are accepted, reject another audio format; an unknown one is doubtful.
    """
    formats, only = wanted.wanted.formats, wanted.wanted.only_formats
    want = _wanted(formats, only=only)
    audio = read.filetypes & AUDIO_FORMATS
    texts = read.filetypes & BOOK_FORMATS
    categories = read.release.categories
    if texts and not audio:
        named = ", ".join(sorted(texts))
        return Finding(
            RULE, Outcome.REJECTED, translatable("release.e_book", f"an e-book ({named})", formats=named), want, 0.0
        )
    if read.release.is_audio is False:
        return Finding(RULE, Outcome.REJECTED, _NO_AUDIO, want, 0.0)
    if categories and not any(_may_be_audio(category) for category in categories):
        named = ", ".join(map(str, categories))
        got = translatable("release.categories", f"the categories {named}", categories=named)
        return Finding(RULE, Outcome.REJECTED, got, want, 0.0)
    if not audio:
        unknown = Outcome.DOUBTFUL if only else Outcome.ACCEPTED
        return Finding(RULE, unknown, _NOT_NAMED, want, _UNKNOWN_FORMAT_SCORE)
    if only and not audio.intersection(formats):
        return Finding(RULE, Outcome.REJECTED, ", ".join(sorted(audio)), want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, ", ".join(sorted(audio)), want, _score(audio, formats))


@lru_cache(maxsize=64)
def _wanted(formats: tuple[str, ...], *, only: bool) -> str:
    """What the profile wants. It is the same for all releases of a search."""
    if only:
        return translatable("release.formats", f"an audiobook in {' or '.join(formats)}", formats=list(formats))
    named = ", ".join(formats)
    return translatable("release.formats_preferred", f"an audiobook, preferably {named}", formats=named)


def _may_be_audio(category: int) -> bool:
    """Whether a Newznab category may contain audiobooks: 3030, 3000 (audio), 8000 (other), or an indexer's own."""
    return category in (3000, 3030) or not 1000 <= category < 8000


def _score(audio: frozenset[str], formats: tuple[str, ...]) -> float:
    preferences = [place for place, name in enumerate(formats) if name in audio]
    return 1.0 - min(preferences) / (2 * len(formats)) if preferences else 0.25
