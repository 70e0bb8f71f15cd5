"""Explains to a person why a release matches the wanted book and edition."""

from collections.abc import Sequence

from shared.books.text.identifiers import asin_in
from shared.books.text.names import same_people
from shared.books.text.titles import fold, main_title
from shared.contracts.downloads.candidates import MATCHED_BOOK, MATCHED_EDITION, RuleReason
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Reason

from downloader.domain.playing_time import known_minutes, nearest

_LONGEST_NAME = 120


def match_of(release: Release, wanted: MissingBook) -> list[RuleReason]:
    """What matches the book (title, authors, place in the series) and the edition (narrator, length, ASIN)."""
    book = [part for part in (_title(release, wanted), _authors(release, wanted), _place(release, wanted)) if part]
    edition = [part for part in (_narrators(release, wanted), _length(release, wanted), _asin(release, wanted)) if part]
    matches = ((MATCHED_BOOK, book, 1.0), (MATCHED_EDITION, edition, 0.5))
    return [RuleReason(rule=rule, words=", ".join(parts), weight=weight) for rule, parts, weight in matches if parts]


def words_of(reasons: Sequence[Reason]) -> str:
    """The match in one line; empty if there is none."""
    return "; ".join(reason.words for reason in reasons if reason.rule in (MATCHED_BOOK, MATCHED_EDITION))


def _title(release: Release, wanted: MissingBook) -> str | None:
    name = f" {fold(release.title)} "
    for title in (wanted.title, *wanted.other_titles):
        if f" {fold(main_title(title), drop_article=True)} " in name:
            shown = f"title “{title[:_LONGEST_NAME]}”"
            return shown if title == wanted.title else f"{shown}, another title of “{wanted.title[:_LONGEST_NAME]}”"
    return None


def _authors(release: Release, wanted: MissingBook) -> str | None:
    """The wanted authors that the release names in its fields or its title."""
    name = f" {fold(release.title)} "
    known = (*wanted.authors, *wanted.other_authors)
    named = [author for author in known if same_people([author], release.authors) or f" {fold(author)} " in name]
    return f"by {', '.join(named[:3])}" if named else None


def _place(release: Release, wanted: MissingBook) -> str | None:
    if not wanted.series or not wanted.sequence:
        return None
    same = any(place.sequence == wanted.sequence for place in release.series)
    return f"place {wanted.sequence} of {wanted.series[:_LONGEST_NAME]}" if same else None


def _narrators(release: Release, wanted: MissingBook) -> str | None:
    if not release.narrators:
        return None
    read_by = f"read by {', '.join(release.narrators[:3])}"
    if not wanted.narrators:
        return read_by
    if same_people(release.narrators, wanted.narrators):
        return f"{read_by}, like the best known edition"
    return f"{read_by}, not by {', '.join(wanted.narrators[:3])}"


def _length(release: Release, wanted: MissingBook) -> str | None:
    known, got = known_minutes(wanted), release.duration_minutes
    if not known or not got:
        return None
    return f"{got} minutes, like an edition of {nearest(known, got):g}"


def _asin(release: Release, wanted: MissingBook) -> str | None:
    asin = release.asin or asin_in(release.isbn)
    return f"ASIN {asin}" if asin and asin == wanted.asin else None
