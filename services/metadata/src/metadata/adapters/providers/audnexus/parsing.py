"""Converts Audnexus' books and chapters."""

from collections.abc import Iterable, Sequence

from shared.books.text.identifiers import asin as as_asin
from shared.books.text.identifiers import isbn13
from shared.books.text.names import same_people
from shared.books.text.titles import fold
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.audnexus.schema import Author, AuthorLink, Book, Chapters, Named, SeriesLink
from metadata.adapters.providers.entry_bounds import MAX_MINUTES
from metadata.adapters.providers.positions import position
from metadata.domain.catalogue import AuthorName, Chapter, ListedAuthor
from metadata.domain.description_text import clean_description

SOURCE, ORIGIN = "AUDNEXUS", "AUDIBLE"
LONGEST_MS = MAX_MINUTES * 60_000


def work(book: Book) -> CataloguedWork | None:
    """One book as a catalogue entry; None without an ASIN or a title. Its data is a copy of Audible's."""
    if not book.asin or not book.title:
        return None
    return CataloguedWork(
        id=f"{SOURCE}:{book.asin.upper()}",
        provider=SOURCE,
        origin=ORIGIN,
        title=book.title,
        subtitle=book.subtitle,
        authors=_names(book.authors),
        narrators=_names(book.narrators),
        series=[place for place in map(_place, (book.seriesPrimary, book.seriesSecondary)) if place],
        isbn=isbn13(book.isbn),
        asin=book.asin.upper(),
        language=book.language.title() if book.language else None,
        publisher=book.publisherName,
        published=book.releaseDate,
        published_year=book.releaseDate.year if book.releaseDate else None,
        duration_minutes=book.runtimeLengthMin or None,
        is_audio=True,
        abridged={"abridged": True, "unabridged": False}.get((book.formatType or "").lower()),
        description=clean_description(book.summary or book.description),
        genres=_names(each for each in book.genres if each.type != "tag"),
        cover=book.image,
    )


def chapters_of(listed: Chapters) -> list[Chapter]:
    """The chapters in their order; none if they were estimated.

    Raises `RemoteAnsweredNonsense` if one of them has no title or an impossible time, because the others would then be
    an incomplete list.
    """
    if not listed.isAccurate:
        return []
    found: list[Chapter] = []
    for each in listed.chapters:
        start, length, title = each.startOffsetMs, each.lengthMs, each.title
        earliest = found[-1].start_ms if found else 0
        if not title or start is None or length is None or not earliest <= start <= LONGEST_MS:
            raise RemoteAnsweredNonsense("audnexus", "a chapter has no title, no time or an impossible time")
        if not 0 <= length <= LONGEST_MS:
            raise RemoteAnsweredNonsense("audnexus", "a chapter has an impossible length")
        found.append(Chapter(title, start, length))
    if not found:
        raise RemoteAnsweredNonsense("audnexus", "the list of chapters is empty")
    return found


def author_asin(listed: Sequence[AuthorLink], name: str) -> str | None:
    """The ASIN of the listed author with this name; None if there is none.

    The spelling decides first: a list may have "Jane Austen" and "J. Austen". Raises `RemoteAnsweredNonsense` if no
    author of a list has a name and an ASIN.
    """
    readable = [(each.name, asin) for each in listed if each.name and (asin := as_asin(each.asin))]
    if listed and not readable:
        raise RemoteAnsweredNonsense("audnexus", "no author of the list has a name and an ASIN")
    exact = [asin for each, asin in readable if fold(each) == fold(name) != ""]
    same = [asin for each, asin in readable if same_people([each], [name])]
    return next(iter([*exact, *same]), None)


def listed_author(author: Author, asin: str) -> ListedAuthor:
    """One author, who is not among the similar ones. Raises `RemoteAnsweredNonsense` if it is another author."""
    if as_asin(author.asin) != asin or not author.name:
        raise RemoteAnsweredNonsense("audnexus", "the author is not the one who was asked for")
    similar = [AuthorName(each.name, as_asin(each.asin)) for each in author.similar if each.name]
    return ListedAuthor(author.name, asin, [each for each in similar if each.asin != asin])


def _names(people: Iterable[Named]) -> list[str]:
    return list(dict.fromkeys(each.name for each in people if each.name))


def _place(link: SeriesLink | None) -> SeriesPlace | None:
    return SeriesPlace(name=link.name, sequence=position(link.position)) if link and link.name else None
