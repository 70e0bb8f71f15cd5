"""Describes a gap: the work, its audio editions, its release, and the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import Gap, GapPolicy
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.bibliographies import BibliographyOf, CataloguedWork
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.alternative_names import other_authors, other_titles
from library_scanner.domain.editions import Editions
from library_scanner.domain.ports import Subject

_WAS_OWNED = translatable("work.owned_once", "the library contained this work once")


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A work that the library does not contain: ids of its entries, description, audio editions and evidence.

    `was_owned`: the library contained it once. `is_upcoming`: it is announced and not released yet. `other_titles` and
    `other_authors` are the alternative names under which providers list it.
    """

    catalogue_ids: tuple[str, ...]
    description: BookDescription
    series: SeriesPlace | None
    editions: Editions
    evidence: tuple[Reason, ...]
    was_owned: bool = False
    is_upcoming: bool = False
    other_titles: tuple[str, ...] = ()
    other_authors: tuple[str, ...] = ()


def found_gap(
    subject: Subject,
    gap: Gap,
    works: Sequence[CataloguedWork],
    editions: Editions,
    policy: GapPolicy,
    *,
    was_owned: bool,
) -> FoundGap:
    """Return a gap with what its entries `works` say about it in the language of the policy."""
    is_upcoming = editions.release.is_after(policy.as_of)
    book = gap.description
    place: SeriesPlace | None
    if subject.of is BibliographyOf.SERIES:
        place = SeriesPlace(_series_name(subject, book), gap.sequence)
    else:
        place = next((each for each in book.series if each.sequence), book.series[0] if book.series else None)
    evidence = [Reason.of(each.rule, each.words, each.weight) for each in gap.evidence]
    sure = translatable("work.confidence", f"confidence {gap.confidence:g} of 1", confidence=gap.confidence)
    evidence.append(Reason.of("confidence", sure, gap.confidence))
    evidence.append(Reason.of("audio edition", editions.words, 0.5))
    if was_owned:
        evidence.append(Reason.of("was owned", _WAS_OWNED, -1.0))
    if is_upcoming:
        when = editions.release.words
        words = translatable("work.upcoming", f"its audiobook will be released {when}", when=when)
        evidence.append(Reason.of("upcoming", words))
    description = _with_audiobook_title(book, editions.best)
    authors = editions.authors or description.authors or subject.authors
    return FoundGap(
        gap.work_ids,
        description,
        place,
        editions,
        tuple(evidence),
        was_owned=was_owned,
        is_upcoming=is_upcoming,
        other_titles=other_titles(description.title, works, policy.language),
        other_authors=other_authors(authors, works),
    )


def _series_name(subject: Subject, book: BookDescription) -> str:
    """The name of the series. One without capitals, as in a file name, is spelled as the providers spell it."""
    name = subject.name
    spellings = (place.name for place in book.series if place.name.casefold() == name)
    return next(spellings, name) if name.islower() else name


def _with_audiobook_title(book: BookDescription, audiobook: CataloguedWork) -> BookDescription:
    """The work with the title of its audiobook if that differs, because its releases have that title too.

    A title that only adds the series, the author or a position ("Oz, Book 3: Ozma of Oz") does not count as different.
    """
    mine, theirs = (one_spelling(fold(main_title(title), drop_article=True)) for title in (book.title, audiobook.title))
    whole = one_spelling(fold(f"{audiobook.title} {audiobook.subtitle or ''}"))
    if mine.startswith(theirs) or theirs.startswith(mine) or f" {mine} " in f" {whole} ":
        return book
    return replace(book, title=audiobook.title, subtitle=audiobook.subtitle)
