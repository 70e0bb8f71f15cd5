"""Decides what kind of thing a catalogue entry is: a work that can be missing, a box set, a companion and so on."""

import re
from collections.abc import Sequence
from functools import lru_cache

from shared.books.description import BookDescription, Reason, SeriesPlace
from shared.books.records import record
from shared.books.series.sequence import bounds, is_whole
from shared.books.text.kind_phrases import KIND_PHRASES, KindPhrase, WorkKind, may_indicate_kind
from shared.translatable import translatable

LONGEST_TITLE_READ = 600
"""Characters of a title and subtitle that are read. A longer text is a blurb or an attack."""

REMEMBERED = 1024
"""The number of cached readings. Several rules ask about the same description."""

_RANGE_WITHIN = re.compile(r"^\s*(\d+(?:\.\d+)?\s*(?:-|–|—|to)\s*\d+(?:\.\d+)?)")
_LIST = re.compile(r"^\s*\d+(?:\.\d+)?\s*(?:,|&|\+)\s*\d")
_PART = re.compile(r"\bpart\b", re.IGNORECASE)
_NOVEL = translatable("work.novel", "nothing indicates anything but a novel")
_MARKED_DRAMATIZED = Reason("kind", translatable("release.marked_dramatized", "the source marks it as dramatized"), 1.0)
_MARKED_COMPILATION = Reason(
    "kind", translatable("release.marked_compilation", "the source marks it as a compilation"), 1.0
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@record
class KindReading:
    """The kind of an entry and the reasons. Without reasons, nothing indicates anything but a novel.

    `about` is the title before a last word such as "Companion" or "Atlas", if that word alone gave the kind. A novel
    may have such a title too, unless `about` names a series, a work or a person that is known elsewhere.
    """

    kind: WorkKind
    reasons: tuple[Reason, ...] = ()
    about: str | None = None

    @property
    def words(self) -> str:
        """The reason as a sentence for a person."""
        return self.reasons[0].words if self.reasons else _NOVEL


def kind_of(book: BookDescription) -> KindReading:
    """The kind of `book` by its flags, its title and its place in its series.

    The first that applies decides: a flag, a sure phrase, a place that is not a whole number, or an unsure phrase if
    the book has no whole place in a series.
    """
    return kind_by_fields(
        book.title,
        book.subtitle,
        book.series,
        dramatized=bool(book.dramatized),
        compilation=bool(book.compilation),
    )


@lru_cache(maxsize=REMEMBERED)
def kind_by_fields(
    title: str, subtitle: str | None, series: tuple[SeriesPlace, ...], *, dramatized: bool, compilation: bool
) -> KindReading:
    """`kind_of` by the fields that count. Editions differ mostly in other fields."""
    if dramatized:
        return KindReading(WorkKind.DRAMATIZED, (_MARKED_DRAMATIZED,))
    if compilation:
        return KindReading(WorkKind.BOX_SET, (_MARKED_COMPILATION,))
    text = _without_series_names(title, subtitle, series)
    found = _phrases_in(text) if may_indicate_kind(text) else []
    for phrase in found:
        if phrase.sure:
            return _reading(phrase, text)
    has_whole_place = any(is_core_place(place.sequence) for place in series)
    by_place = None if has_whole_place else _by_place(series)
    if by_place is not None:
        return by_place
    if found and not has_whole_place:
        return _reading(found[0], text)
    return KindReading(WorkKind.NOVEL)


def _phrases_in(title: str) -> list[KindPhrase]:
    return [phrase for phrase in KIND_PHRASES if phrase.pattern.search(title)]


def kind_in_words(text: str) -> KindReading:
    """The kind of a text without a series: for the names of releases and folders."""
    return kind_of(BookDescription(title=text))


@lru_cache(maxsize=REMEMBERED)
def is_core_place(sequence: str | None) -> bool:
    """Whether a place is one whole book of a series: 1, 2, 3, but not a range, a part ("2-2") or a prequel at 0."""
    return is_whole(sequence) and places_spanned(sequence) is None


@lru_cache(maxsize=REMEMBERED)
def places_spanned(sequence: str | None) -> tuple[float, float] | None:
    """First and last place of a range, even with an addition ("1-4 + 3.5"); None for a single place."""
    match = _RANGE_WITHIN.match((sequence or "")[:40])
    both = bounds(match[1].replace("to", "-")) if match else None
    return (float(both[0]), float(both[1])) if both else None


def _without_series_names(title: str, subtitle: str | None, series: Sequence[SeriesPlace]) -> str:
    """The title without series names: "The Guide's Apprentice 2" is not a guide."""
    text = f"{title}: {subtitle}" if subtitle else title
    text = text[:LONGEST_TITLE_READ].replace("’", "'")
    for place in series:
        name = _ARTICLE.sub("", place.name[:LONGEST_TITLE_READ].strip().replace("’", "'"))
        if len(name) > 3 and name.lower() != text.lower():
            text = _replaced(text, name)
    return text.strip()


def _replaced(text: str, name: str) -> str:
    """The text with "~" for each occurrence of the name in any case. ASCII texts need no pattern for each name."""
    if not (text.isascii() and name.isascii()):
        return re.sub(re.escape(name), "~", text, flags=re.IGNORECASE)
    lowered, wanted, start = text.lower(), name.lower(), 0
    pieces: list[str] = []
    while (found := lowered.find(wanted, start)) >= 0:
        pieces.append(text[start:found])
        start = found + len(wanted)
    return "~".join([*pieces, text[start:]])


def _by_place(series: Sequence[SeriesPlace]) -> KindReading | None:
    for place in series:
        reading = _kind_of_place((place.sequence or "").strip()[:40])
        if reading is not None:
            return KindReading(reading[0], (Reason("place in series", reading[1], 1.0),))
    return None


def _kind_of_place(text: str) -> tuple[WorkKind, str] | None:
    if not text:
        return None
    span = places_spanned(text)
    if _PART.search(text) or (span is not None and span[0] == span[1]):
        words = translatable("release.place_part", f'its place "{text}" is a part of one book', place=text)
        return WorkKind.SPLIT_VOLUME, words
    if span is not None or _LIST.match(text):
        return WorkKind.BOX_SET, translatable(
            "release.place_span", f'its place "{text}" spans several books', place=text
        )
    single = bounds(text)
    return (WorkKind.NOVELLA, f'its place "{text}" is not a whole number from 1') if single else None


def _reading(phrase: KindPhrase, title: str) -> KindReading:
    match = phrase.pattern.search(title)
    phrase_found = match[0].strip() if match else title
    about = title[: match.start()].strip() if match and phrase.kind is WorkKind.COMPANION and not phrase.sure else None
    words = f'"{phrase_found}" indicates a {phrase.kind.value.replace("_", " ")}'
    sentence = translatable("release.kind_phrase", words, phrase=phrase_found, kind=phrase.kind.value)
    return KindReading(phrase.kind, (Reason("kind", sentence, 1.0),), about or None)
