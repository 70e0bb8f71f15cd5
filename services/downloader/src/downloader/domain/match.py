"""Explains to a person why a release matches the wanted book and edition."""

from collections.abc import Sequence

from shared.books.text.identifiers import asin_in
from shared.books.text.names import same_people
from shared.books.text.titles import fold, main_title
from shared.contracts.downloads.candidates import MATCHED_BOOK, MATCHED_EDITION, RuleReason
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import translatables, with_code
from shared.translatable import translatable

from downloader.domain.playing_time import known_minutes, nearest

_LONGEST_NAME = 120


def match_of(release: Release, wanted: MissingBook) -> list[RuleReason]:
    """What matches the book (title, authors, place in the series) and the edition (narrator, length, ASIN)."""
    book = [part for part in (_title(release, wanted), _authors(release, wanted), _place(release, wanted)) if part]
    edition = [part for part in (_narrators(release, wanted), _length(release, wanted), _asin(release, wanted)) if part]
    matches = ((MATCHED_BOOK, book, 1.0), (MATCHED_EDITION, edition, 0.5))
    return [_reason(rule, parts, weight) for rule, parts, weight in matches if parts]


def words_of(reasons: Sequence[RuleReason]) -> str:
    """The match in one line; empty if there is none."""
    found = [reason for reason in reasons if reason.rule in (MATCHED_BOOK, MATCHED_EDITION)]
    if not found:
        return ""
    parts = [with_code(reason.words, reason.translatable.get("words")) for reason in found]
    return translatable("release.matches", "; ".join(parts), parts=parts)


def _reason(rule: str, parts: Sequence[str], weight: float) -> RuleReason:
    words = translatable("release.matches", ", ".join(parts), parts=parts)
    return RuleReason(rule=rule, words=words, weight=weight, translatable=translatables(words=words))


def _title(release: Release, wanted: MissingBook) -> str | None:
    name = f" {fold(release.title)} "
    for title in (wanted.title, *wanted.other_titles):
        if f" {fold(main_title(title), drop_article=True)} " in name:
            shown, own = title[:_LONGEST_NAME], wanted.title[:_LONGEST_NAME]
            if title == wanted.title:
                return translatable("release.match_title", f"title “{shown}”", title=shown)
            words = f"title “{shown}”, another title of “{own}”"
            return translatable("release.match_other_title", words, title=shown, own=own)
    return None


def _authors(release: Release, wanted: MissingBook) -> str | None:
    """The wanted authors that the release names in its fields or its title."""
    name = f" {fold(release.title)} "
    known = (*wanted.authors, *wanted.other_authors)
    named = [author for author in known if same_people([author], release.authors) or f" {fold(author)} " in name]
    names = ", ".join(named[:3])
    return translatable("release.match_authors", f"by {names}", authors=names) if named else None


def _place(release: Release, wanted: MissingBook) -> str | None:
    if not wanted.series or not wanted.sequence:
        return None
    same = any(place.sequence == wanted.sequence for place in release.series)
    words, series = f"place {wanted.sequence} of {wanted.series[:_LONGEST_NAME]}", wanted.series[:_LONGEST_NAME]
    return translatable("release.match_place", words, place=wanted.sequence, series=series) if same else None


def _narrators(release: Release, wanted: MissingBook) -> str | None:
    if not release.narrators:
        return None
    readers, others = ", ".join(release.narrators[:3]), ", ".join(wanted.narrators[:3])
    read_by = f"read by {readers}"
    if not wanted.narrators:
        return translatable("release.match_narrators", read_by, narrators=readers)
    if same_people(release.narrators, wanted.narrators):
        return translatable(
            "release.match_best_narrators", f"{read_by}, like the best known edition", narrators=readers
        )
    return translatable("release.match_no_narrators", f"{read_by}, not by {others}", narrators=readers, others=others)


def _length(release: Release, wanted: MissingBook) -> str | None:
    known, got = known_minutes(wanted), release.duration_minutes
    if not known or not got:
        return None
    edition = nearest(known, got)
    words = f"{got} minutes, like an edition of {edition:g}"
    return translatable("release.match_length", words, minutes=got, edition=edition)


def _asin(release: Release, wanted: MissingBook) -> str | None:
    asin = release.asin or asin_in(release.isbn)
    return f"ASIN {asin}" if asin and asin == wanted.asin else None
