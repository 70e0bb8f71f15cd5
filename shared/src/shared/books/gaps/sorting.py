"""Sorts catalogue entries into those that may be missing works and those that never are."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from shared.books.description import BookDescription
from shared.books.gaps.answer import CatalogueEntry, GapPolicy, LeftOut, LeftOutBecause
from shared.books.gaps.works import without_series
from shared.books.matching.work_kinds import is_core_place, kind_of
from shared.books.series.names import clean_name
from shared.books.text.about_phrases import Names, kind_around_name
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.languages import language_code, script_language
from shared.books.text.missing_titles import is_no_series, is_no_title
from shared.books.text.names import same_people
from shared.books.text.titles import fold
from shared.translatable import translatable

_BY_KIND: dict[WorkKind, LeftOutBecause] = {
    kind: LeftOutBecause(kind.value) for kind in WorkKind if kind is not WorkKind.NOVEL
}
_ANNOUNCED = re.compile(r"^\W*(?:untitled|title to be (?:announced|confirmed|determined)|tba|tbd|forthcoming)\b", re.I)
_NUMBER_AT_END = re.compile(r"(?:,?\s*(?:book|bk|volume|vol|part|no|number)\.?\s*#?|\s*#|\s+)\d+(?:\.\d+)?\W*$", re.I)

_STEM = 6
"""The letters by which a name is recognized: "Sherlockian" refers to Sherlock."""
_NAMELESS = frozenset("a an and for in of the to world worlds book books".split())


def sort_out(
    catalogue: Iterable[CatalogueEntry], policy: GapPolicy, authors: Sequence[str]
) -> tuple[list[CatalogueEntry], list[LeftOut]]:
    """The entries that may be missing works, and every other entry with the reason why not."""
    entries = list(catalogue)
    names = CatalogueNames(entries, authors)
    candidates: list[CatalogueEntry] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        reason = why_not_a_work(entry, policy, authors, names) or _only_about(entry, names, policy)
        if reason is None:
            candidates.append(entry)
        else:
            left_out.append(reason)
    return candidates, left_out


class CatalogueNames:
    """The names of a catalogue's series, works and people. They are only read if a title may refer to one of them."""

    def __init__(self, entries: Sequence[CatalogueEntry], authors: Sequence[str]) -> None:
        self._entries = entries
        self._authors = authors

    @cached_property
    def in_titles(self) -> Names:
        """The names of the series, works and authors, to find in titles."""
        found = [*self._authors]
        for entry in self._entries:
            found += [clean_name(place.name) for place in entry.description.series]
            found.append(without_series(entry.description.title))
        return Names.of(found)

    @cached_property
    def of_subjects(self) -> str:
        """The folded names that a companion could be about: series, works that are not companions, and people."""
        names = [*self._authors]
        for entry in self._entries:
            book = entry.description
            names += [place.name for place in book.series]
            if kind_of(book).about is None:
                names += [book.title, *book.authors]
        return " ".join(fold(name[:200]) for name in names)


def why_not_a_work(
    entry: CatalogueEntry, policy: GapPolicy, authors: Sequence[str], names: CatalogueNames
) -> LeftOut | None:
    """Why an entry can never be a missing work under `policy`, or None when it can. `names` are of the catalogue."""
    book = entry.description
    if is_no_title(book.title, has_series=any(not is_no_series(place.name) for place in book.series)):
        return LeftOut(entry.id, LeftOutBecause.NO_TITLE, _no_title(book.title[:40]))
    foreign = _foreign(book, policy.language)
    if foreign:
        return LeftOut(entry.id, LeftOutBecause.TRANSLATION, foreign)
    reading = kind_of(book)
    subject_unknown = reading.about is not None and not _refers_to(reading.about, names.of_subjects)
    if reading.kind is not WorkKind.NOVEL and not subject_unknown and not _wanted_kind(reading.kind, policy):
        return LeftOut(entry.id, _BY_KIND[reading.kind], reading.words)
    unreleased = not_out_yet(book, policy)
    if unreleased:
        return LeftOut(entry.id, LeftOutBecause.UNRELEASED, unreleased)
    if authors and book.authors and book.authors[0] not in authors and not same_people(book.authors, authors):
        theirs, ours = list(book.authors[:3]), list(authors[:3])
        words = f"by {', '.join(theirs)}, not by {', '.join(ours)}"
        words = translatable("work.other_author", words, authors=theirs, wanted=ours)
        return LeftOut(entry.id, LeftOutBecause.OTHER_AUTHOR, words)
    return None


def _only_about(entry: CatalogueEntry, names: CatalogueNames, policy: GapPolicy) -> LeftOut | None:
    """Why an entry is only about a series, a work or an author of its catalogue; None when it is not.

    A whole place in a series outweighs the words of a title.
    """
    book = entry.description
    if any(is_core_place(place.sequence) for place in book.series):
        return None
    title = f"{without_series(book.title)} {book.subtitle or ''}"
    found = kind_around_name(title, names.in_titles)
    if found is None or _wanted_kind(found[0], policy):
        return None
    shown, about = title.strip()[:80], found[1]
    words = f"“{shown}” is about “{about}” or a collection of it"
    words = translatable("work.about", words, title=shown, about=about)
    return LeftOut(entry.id, _BY_KIND[found[0]], words)


def _no_title(title: str) -> str:
    return translatable("work.no_title", f"“{title}” is not a title", title=title)


def _refers_to(about: str, known: str) -> bool:
    """Whether `about` contains a known name, as "The Oz Encyclopedia" does and "The Scarlet Atlas" does not."""
    return any(f" {word[:_STEM]}" in f" {known}" for word in fold(about).split() if word not in _NAMELESS)


def not_out_yet(book: BookDescription, policy: GapPolicy) -> str | None:
    """In words, why a book is not yet published on the policy's date; None if it is or nothing says otherwise."""
    if book.published is not None and book.published > policy.as_of:
        day, today = book.published.isoformat(), policy.as_of.isoformat()
        return translatable("work.unreleased_day", f"published on {day}, after {today}", day=day, today=today)
    if book.published is None and book.published_year is not None and book.published_year > policy.as_of.year:
        year, today = str(book.published_year), policy.as_of.isoformat()
        return translatable("work.unreleased_year", f"published in {year}, after {today}", year=year, today=today)
    if _ANNOUNCED.match(book.title):
        title = book.title[:80]
        return translatable("work.only_announced", f"“{title}” is only announced", title=title)
    if book.published is None and book.published_year is None and _named_by_place_alone(book):
        title = book.title[:80]
        return translatable("work.placeholder", f"“{title}” is a placeholder without a date", title=title)
    return None


def _named_by_place_alone(book: BookDescription) -> bool:
    """Whether the title is a provider's placeholder for a book without a title, such as "Oz, Book 9"."""
    bare = fold(_NUMBER_AT_END.sub("", book.title[:200]), drop_article=True)
    return bare != fold(book.title, drop_article=True) and any(
        fold(place.name, drop_article=True) == bare for place in book.series
    )


def _foreign(book: BookDescription, wanted: str) -> str | None:
    wanted_code = language_code(wanted) or wanted
    code = language_code(book.language)
    if code is not None and code != wanted_code:
        words = f"its language is {book.language}, not {wanted}"
        return translatable("work.other_language", words, language=book.language, wanted=wanted)
    if book.language and code is None and len(book.language.strip()) in (2, 3):
        words = f"its language code {book.language} is not {wanted}"
        return translatable("work.other_language_code", words, language=book.language, wanted=wanted)
    script = script_language(book.title)
    if script is not None and script != wanted_code:
        words = f"its title is in the script of language {script}, not {wanted}"
        return translatable("work.other_script", words, language=script, wanted=wanted)
    return None


def _wanted_kind(kind: WorkKind, policy: GapPolicy) -> bool:
    if kind is WorkKind.NOVELLA:
        return policy.novellas
    return kind in (WorkKind.COLLECTION, WorkKind.ANTHOLOGY) and policy.collections
