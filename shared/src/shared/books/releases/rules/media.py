"""The release must be an audiobook, in one of the wanted formats if only those are accepted."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.releases.words import AUDIO_FORMATS, BOOK_FORMATS

RULE = "format"
_UNKNOWN_FORMAT_SCORE = 0.5


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject the category or format of an e-book. An unknown format is accepted with a low score.

    If only the wanted formats are accepted, reject another audio format; an unknown one is doubtful.
    """
    formats, only = wanted.wanted.formats, wanted.wanted.only_formats
    want = f"an audiobook in {' or '.join(formats)}" if only else f"an audiobook, preferably {', '.join(formats)}"
    audio = read.filetypes & AUDIO_FORMATS
    texts = read.filetypes & BOOK_FORMATS
    categories = read.release.categories
    if texts and not audio:
        return Finding(RULE, Outcome.REJECTED, f"an e-book ({', '.join(sorted(texts))})", want, 0.0)
    if read.release.is_audio is False:
        return Finding(RULE, Outcome.REJECTED, "a category without audiobooks", want, 0.0)
    if categories and not any(_may_be_audio(category) for category in categories):
        return Finding(RULE, Outcome.REJECTED, f"the categories {', '.join(map(str, categories))}", want, 0.0)
    if not audio:
        unknown = Outcome.DOUBTFUL if only else Outcome.ACCEPTED
        return Finding(RULE, unknown, "no format named", want, _UNKNOWN_FORMAT_SCORE)
    if only and not audio.intersection(formats):
        return Finding(RULE, Outcome.REJECTED, ", ".join(sorted(audio)), want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, ", ".join(sorted(audio)), want, _score(audio, formats))


def _may_be_audio(category: int) -> bool:
    """Whether a Newznab category may contain audiobooks: 3030, 3000 (audio), 8000 (other), or an indexer's own."""
    return category in (3000, 3030) or not 1000 <= category < 8000


def _score(audio: frozenset[str], formats: tuple[str, ...]) -> float:
    preferences = [place for place, name in enumerate(formats) if name in audio]
    return 1.0 - min(preferences) / (2 * len(formats)) if preferences else 0.25
