"""Parses the raw name of a release: "Title by Author [ENG / M4B]", a dotted scene name, or a folder name."""

import re
from dataclasses import replace

from shared.books.description import BookDescription
from shared.books.matching.work_kinds import kind_in_words
from shared.books.releases.description import ReadRelease, ReadWanted, ReleaseDescription
from shared.books.releases.surrounding_text import without_wanted_words
from shared.books.releases.words import AUDIO_FORMATS, AUDIOBOOK_IN_LANGUAGE, BOOK_FORMATS, BOOK_WORDS
from shared.books.text.languages import language_code
from shared.books.text.titles import fold

LONGEST_NAME = 500
"""Characters of a release's name that are read."""

_LISTING = re.compile(
    r"^(?P<title>.{1,400}) by (?P<authors>.{1,300}?) "
    r"\[(?P<tags>[^\[\]/]{0,12}/[^\[\]]{0,40})\](?: \[[^\[\]]{1,20}\])*\s*$"
)
_LISTED_MARKS = re.compile(r"\[[^\[\]/]{0,12}/[^\[\]]{0,40}\]")
"""Language and format at the end of a listing: "[ENG / M4B]". The slash does not separate titles."""
_BRACKETED = re.compile(r"[\[({]([^\[\](){}]{1,80})[\])}]")
_WORDS_WITH_LANGUAGE = frozenset({"language", "edition", "version", "audiobook", "audio", "unabridged", "in"})
_WORD = re.compile(r"[A-Za-z0-9]+")
_AND_MORE = re.compile(r",? and \d+ more$")
_READER = re.compile(
    r"[\[(]\s*(?:unabridged,?\s+)?(?:read|narrated|performed|voiced) by (?P<reader>[^\[\]()]{1,80})[\])]"
    r"|[-–—,;]\s+(?:read|narrated|performed|voiced) by (?P<named>[^\[\]()/]{1,80}?)(?=\s*(?:$|[\[(/]|\s[-–—]\s))",
    re.IGNORECASE,
)
"""The reader in a name, which has the same "by" as the author."""
_FLAGS = re.compile(r"\s*\[(?:VIP|FREELEECH|Freeleech|FL)\]", re.IGNORECASE)
_DOTTED_LANGUAGE = re.compile(
    r"(?<=[.\-_ ])(GERMAN|FRENCH|SPANISH|ITALIAN|DUTCH|SWEDISH|DANISH|NORWEGIAN|POLISH|RUSSIAN|PORTUGUESE|FINNISH|CZECH"
    r"|HUNGARIAN|TURKISH|JAPANESE|CHINESE)(?=[.\-_ ]|$)"
)


def read_release(release: ReleaseDescription, wanted: ReadWanted) -> ReadRelease:
    """The release with its name parsed. The fields of the indexer take precedence over the name."""
    name, readers = _without_reader(_FLAGS.sub("", release.name[:LONGEST_NAME]))
    if readers and not release.narrators:
        release = replace(release, narrators=readers)
    listing = _LISTING.match(name)
    words = {word.lower() for word in _WORD.findall(name)}
    filetypes = {kind.strip(". ").lower() for kind in release.filetypes} or _filetypes(words, listing)
    text = release.work_title or (listing["title"] if listing else name)
    rest = _LISTED_MARKS.sub(" ", without_wanted_words(wanted, text))
    return ReadRelease(
        release=release,
        book=_book(release, name, listing),
        text=text,
        rest=rest,
        kind=kind_in_words(rest),
        filetypes=frozenset(filetypes),
        languages=_languages(release, name, listing),
    )


def work_in_listing(name: str) -> tuple[str, tuple[str, ...]] | None:
    """The title and the authors in a listing like "Dracula by Bram Stoker [ENG / MP3]"; None for any other name."""
    listing = _LISTING.match(_without_reader(_FLAGS.sub("", name[:LONGEST_NAME]))[0])
    return (listing["title"].strip(), _authors(listing)) if listing else None


def _book(release: ReleaseDescription, name: str, listing: re.Match[str] | None) -> BookDescription:
    """The title and authors from a listing or the indexer's fields. Any other name is read as a folder name."""
    if release.work_title or listing:
        authors = release.authors or _authors(listing)
        title = release.work_title or (listing["title"] if listing else name)
        return BookDescription(title=title, authors=authors, narrators=release.narrators, series=release.series)
    return BookDescription(
        title="",
        authors=release.authors,
        narrators=release.narrators,
        series=release.series,
        path=name.replace("/", " "),
    )


def _without_reader(name: str) -> tuple[str, tuple[str, ...]]:
    """The name without "(read by …)", and the readers named there."""
    readers = tuple((match["reader"] or match["named"]).strip() for match in _READER.finditer(name))
    return (" ".join(_READER.sub(" ", name).split()), readers) if readers else (name, ())


def _language_alone(bracket: str) -> str | None:
    """The language if a bracket contains nothing else: "[German]", "(French Edition)", but not "(No. 1 Agency)"."""
    words = [word for word in fold(bracket).split() if word not in _WORDS_WITH_LANGUAGE]
    return language_code(words[0]) if len(words) == 1 and len(words[0]) > 2 else None


def _authors(listing: re.Match[str] | None) -> tuple[str, ...]:
    if listing is None:
        return ()
    named = _AND_MORE.sub("", listing["authors"])
    return tuple(part.strip() for part in named.split(",") if part.strip())


def _filetypes(words: set[str], listing: re.Match[str] | None) -> set[str]:
    if listing:
        return {word.lower() for word in _WORD.findall(listing["tags"].partition("/")[2])}
    named = words & (AUDIO_FORMATS | BOOK_FORMATS)
    return named | ({"epub"} if words & BOOK_WORDS and not named else set())


def _languages(release: ReleaseDescription, name: str, listing: re.Match[str] | None) -> tuple[str, ...]:
    """Every language in the fields or the name, as two-letter codes or, if unknown, as written."""
    written = release.language_code or (listing["tags"].partition("/")[0].strip() if listing else "")
    found = [language_code(written) or written.lower()] if written.strip() else []
    title = listing["title"] if listing else name
    for bracket in _BRACKETED.finditer(title):
        code = _language_alone(bracket[1])
        if code:
            found.append(code)
    found += [code for match in _DOTTED_LANGUAGE.finditer(title) if (code := language_code(match[1]))]
    folded = f" {fold(title)} "
    found += [code for words, code in AUDIOBOOK_IN_LANGUAGE.items() if f" {words} " in folded]
    return tuple(dict.fromkeys(found))
