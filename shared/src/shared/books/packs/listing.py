"""Whether the listing of a release says that it holds several books, and that a wanted book may be one of them."""

import re

from shared.books.description import BookDescription
from shared.books.gaps.omnibus import Span, spans_of
from shared.books.gaps.works import series_key
from shared.books.matching.work_kinds import kind_in_words
from shared.books.releases.description import ReadWanted, ReleaseDescription
from shared.books.releases.name_words import runs_of, words_of
from shared.books.releases.people_in_names import find_people
from shared.books.releases.rules.pack import PACK_WORDS
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.names import people
from shared.books.text.titles import fold

_OTHER_WORDS = re.compile(
    r"\b(?:trilogy|tetralogy|quartet|duology|chronicles|complete works|gesamtausgabe|gesammelte werke|sammlung"
    r"|komplett\w*|alle (?:bande|teile|folgen)|int[eé]grale|coffret|oeuvres completes|collezione|coleccion|colecao"
    r"|serie completa|(?:audio)?books|(?:audio)?bucher|horbucher|romane|livres|libros|romans|novels)\b"
    r"|\b(?:tomes?|band|bande|teile?|folgen?|books?|vols?|volumes?) \d{1,3} (?:a|bis|au|to|und|et|and) \d{1,3}\b"
    r"|\b\d{1,3} (?:\w+ )?(?:(?:audio)?books|novels|volumes|tomes|bande|bucher|romane|livres|libros)\b"
)
"""Words for several books in folded names, in the languages of the place words."""


def names_several_books(release: ReleaseDescription) -> bool:
    """Whether the name or a series field covers several books: a range, or a word for a set or a whole series."""
    name = f"{release.work_title or ''} {release.name}".strip()
    if kind_in_words(name).kind is WorkKind.BOX_SET or PACK_WORDS.search(name[:500]):
        return True
    return bool(_spans(release)) or _OTHER_WORDS.search(fold(name)) is not None


def may_hold(wanted: ReadWanted, release: ReleaseDescription) -> bool:
    """Whether the listing names several books, an author of the wanted one, and nothing that excludes it.

    A range of places in its series excludes the places outside, and a series field with another series excludes it.
    """
    if not names_several_books(release):
        return False
    own, words = wanted.sought.people, words_of(release.name)
    by_author = people(release.authors)
    if not (find_people(words, own) or {one.letters for one in own} & {one.letters for one in by_author}):
        return False
    book = wanted.wanted.book
    if not book.series:
        return True
    keys = {series_key(place.name) for place in book.series}
    if release.series and not keys & {series_key(place.name) for place in release.series}:
        return any(runs_of(words, name) for name in wanted.sought.series)
    spans = _spans(release)
    named = any(runs_of(words, name) for name in wanted.sought.series) or bool(release.series)
    if not named or not spans:
        return True
    return any(span.holds(key, book.series[0].sequence) for span in spans for key in keys)


def _spans(release: ReleaseDescription) -> tuple[Span, ...]:
    return spans_of(BookDescription(title=release.work_title or release.name, series=release.series))
