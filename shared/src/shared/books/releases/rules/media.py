"""The release must be an audiobook, in a format that can be used; formats are liked in the order they are named."""

from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.releases.words import AUDIO_FORMATS, BOOK_FORMATS

RULE = "format"
_MAM_AUDIOBOOKS, _MAM_EBOOKS = 13, 14  # MyAnonamouse's main categories
_UNKNOWN_FORMAT_SCORE = 0.5


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """An e-book's category or format rejects; an unknown format is accepted with a low score."""
    want = f"an audiobook, {' before '.join(wanted.wanted.formats)}"
    audio = read.filetypes & AUDIO_FORMATS
    texts = read.filetypes & BOOK_FORMATS
    categories = read.release.categories
    if texts and not audio:
        return Finding(RULE, Outcome.REJECTED, f"an e-book ({', '.join(sorted(texts))})", want, 0.0)
    if read.release.main_category not in (None, _MAM_AUDIOBOOKS):
        got = "e-books" if read.release.main_category == _MAM_EBOOKS else f"{read.release.main_category}"
        return Finding(RULE, Outcome.REJECTED, f"the tracker's category {got}", want, 0.0)
    if categories and not any(_may_be_audio(category) for category in categories):
        return Finding(RULE, Outcome.REJECTED, f"the categories {', '.join(map(str, categories))}", want, 0.0)
    if not audio:
        return Finding(RULE, Outcome.ACCEPTED, "no format named", want, _UNKNOWN_FORMAT_SCORE)
    return Finding(RULE, Outcome.ACCEPTED, ", ".join(sorted(audio)), want, _score(audio, wanted.wanted.formats))


def _may_be_audio(category: int) -> bool:
    """Newznab: 3030 audiobooks, 3000 audio, 8000 other and numbers of the indexer's own; 1000 to 7999 else is not."""
    return category in (3000, 3030) or not 1000 <= category < 8000


def _score(audio: frozenset[str], formats: tuple[str, ...]) -> float:
    liked = [place for place, name in enumerate(formats) if name in audio]
    return 1.0 - min(liked) / (2 * len(formats)) if liked else 0.25
