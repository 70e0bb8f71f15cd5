"""The release must contain one book. A pack contains books that are not wanted."""

import re

from shared.books.matching.work_kinds import places_spanned
from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.text.kind_phrases import WorkKind
from shared.translatable import translatable

RULE = "pack"
PACK_WORDS = re.compile(
    r"\b(?:collection|compilation|complete series|whole series|entire series|all books|book series"
    r"|mega ?pack|pack|series)(?=\s*(?:$|[\[({]|by\b|\d{1,3}\s*-\s*\d))|\bcomplete\b.*\b\d{1,3}\s?-\s?\d{1,3}\b",
    re.IGNORECASE,
)
"""Words for several books at the end of a name, or before a range."""
_ALL_OF_A_SERIES = re.compile(
    r"~\W{0,3}(?:complete )?(?:saga|trilogy|tetralogy|quartet|duology|cycle|chronicles|omnibus|collection|series)\b"
    r"(?!\W*(?:books?|bk|vol\w*|part|no)?\W*(?:\d{1,2}|one|two|three|four|five|i{1,3}|iv|v)\b)",
    re.IGNORECASE,
)
"""The wanted title or series ("~"), followed by a word for a whole series."""
_ONE_BOOK = translatable("release.one_book", "one book")
_BOX_SET_WANTED = translatable("release.box_set_wanted", "a box set is wanted")
_LIST_OF_PLACES = re.compile(r"^\s*\d+(?:\.\d+)?\s*,\s*\d")


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Reject a release whose name or series field covers several books."""
    if wanted.kind is WorkKind.BOX_SET:
        return Finding(RULE, Outcome.ACCEPTED, _BOX_SET_WANTED, _ONE_BOOK)
    for place in read.release.series:
        span = places_spanned(place.sequence)
        if (span and span[0] < span[1]) or _LIST_OF_PLACES.match((place.sequence or "")[:40]):
            words = f"places {place.sequence} of “{place.name}”"
            got = translatable("release.places_of", words, places=place.sequence, series=place.name)
            return Finding(RULE, Outcome.REJECTED, got, _ONE_BOOK, 0.0)
    if read.kind.kind is WorkKind.BOX_SET:
        return Finding(RULE, Outcome.REJECTED, read.kind.words, _ONE_BOOK, 0.0)
    pack = PACK_WORDS.search(read.rest)
    if pack is None and read.rest.count("~") == 1:
        pack = _ALL_OF_A_SERIES.search(read.rest)
    if pack:
        return Finding(RULE, Outcome.REJECTED, f"“{pack[0].strip()}”", _ONE_BOOK, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, _ONE_BOOK, _ONE_BOOK)
