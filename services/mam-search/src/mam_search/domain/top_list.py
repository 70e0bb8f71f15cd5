"""A top list: its entries, each work once, and which of them never become missing books."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.same_work import best_match
from shared.books.text.titles import fold
from shared.contracts.library.listed_works import ListedWork
from shared.contracts.mam.releases import Release
from shared.contracts.mam.top_lists import Genre, TopListEntry

WEEK = timedelta(days=7)
LONGEST_TEXT = 500
LONGEST_LIST = 50
"""Entries that are stored of a list; a genre shows the first of them."""
_TEST_WORD = "(?:test|tests|testing|tester|dummy|placeholder|sample|ignore|delete|me)"
_AFTER_IT = rf"(?: (?:{_TEST_WORD}|upload|torrent|entry|release|file|book|audiobook|please|do|not|download|only|\d+))"
_TEST_TITLE = re.compile(rf"this is (?:a |just a )?{_TEST_WORD}{_AFTER_IT}*|(?:a )?{_TEST_WORD}{_AFTER_IT}+")
_ONE_TEST_WORD = re.compile(r"(?:test|testing|dummy|placeholder)\d*")
_TEST_PHRASES = ("please ignore", "do not download", "do not snatch")
_NO_AUTHORS = frozenset({"", "author", "test", "tester", "dummy", "unknown", "unknown author", "nobody", "na"})


class TopOrder(StrEnum):
    """What makes a release popular."""

    SNATCHED = "snatched"
    SEEDERS = "seeders"


@dataclass(frozen=True, slots=True)
class Screening:
    """Words that an entry must not contain, and words of which it must contain one; none: every entry may be added."""

    blocked: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    def left_out_because(self, entry: TopListEntry) -> str:
        """Why an entry never becomes a missing book; empty if it may become one."""
        if not entry.title:
            return "it has no title"
        if is_test_entry(entry):
            return "it is a test entry"
        names = (entry.title, *entry.authors, *entry.narrators, *(place.name for place in entry.series))
        text = f" {' '.join(fold(name) for name in names)} "
        for word in self.blocked:
            if f" {fold(word)} " in text:
                return f"it contains the blocked word {word!r}"
        if self.allowed and not any(f" {fold(word)} " in text for word in self.allowed):
            return "it contains none of the allowed words"
        return "" if entry.authors else "it names no author"


def is_test_entry(entry: TopListEntry) -> bool:
    """Whether the title is one of an upload that tests something, and not of a book such as "The Test"."""
    title = fold(entry.title)
    if _TEST_TITLE.fullmatch(title) or any(phrase in title for phrase in _TEST_PHRASES):
        return True
    return bool(_ONE_TEST_WORD.fullmatch(title)) and all(fold(name) in _NO_AUTHORS for name in entry.authors)


def week_before(now: datetime) -> datetime:
    """The start of the first day of the seven days before `now`."""
    return (now - WEEK).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def ranked(releases: Iterable[Release], order: TopOrder) -> list[TopListEntry]:
    """The releases as entries, the most popular first, and each work once. Releases that are no audio are left out."""
    audio = {release.id: release for release in releases if release.is_audio is not False}
    popular = sorted(audio.values(), key=lambda release: _popularity(release, order), reverse=True)
    return each_work_once(_entry(release) for release in popular)


def each_work_once(entries: Iterable[TopListEntry]) -> list[TopListEntry]:
    """The first entries with their ranks, at most `LONGEST_LIST`. Of one work, the first is taken."""
    found: list[TopListEntry] = []
    described: list[tuple[int, BookDescription]] = []
    for entry in entries:
        if len(found) == LONGEST_LIST:
            break
        description = _description(entry)
        if entry.authors and best_match(description, described) is not None:
            continue
        described.append((len(found), description))
        found.append(entry.model_copy(update={"rank": len(found) + 1}))
    return found


def shown_entries(entries: Iterable[TopListEntry], genre: Genre, screening: Screening) -> list[TopListEntry]:
    """The entries with enough seeders, as many as the genre shows, each with the reason why it is left out, if any."""
    enough = [each for each in entries if each.seeders is None or each.seeders >= genre.min_seeders]
    return [
        each.model_copy(update={"rank": rank, "left_out_because": screening.left_out_because(each)})
        for rank, each in enumerate(enough[: genre.top10_count], 1)
    ]


def listed_work(entry: TopListEntry) -> ListedWork:
    """The work of an entry, as the library is asked for it."""
    return ListedWork(
        title=entry.title[:LONGEST_TEXT],
        authors=[name[:LONGEST_TEXT] for name in entry.authors[:100]],
        narrators=[name[:LONGEST_TEXT] for name in entry.narrators[:100]],
        series=entry.series[:30],
        isbn=entry.isbn,
        asin=entry.asin,
        language=entry.language,
        seeders=entry.seeders,
    )


def _popularity(release: Release, order: TopOrder) -> tuple[int, int, int]:
    first, second = release.snatches, release.seeders
    if order is TopOrder.SEEDERS:
        first, second = second, first
    return first, second, -int(release.id)


def _entry(release: Release) -> TopListEntry:
    return TopListEntry(
        rank=0,
        title=release.title,
        authors=release.authors,
        narrators=release.narrators,
        series=release.series,
        isbn=release.isbn,
        asin=release.asin,
        language=release.language,
        release_id=release.id,
        size_bytes=release.size_bytes,
        seeders=release.seeders,
        snatches=release.snatches,
        freeleech=release.freeleech,
        vip=release.vip,
        published_at=release.published_at,
    )


def _description(entry: TopListEntry) -> BookDescription:
    return BookDescription(
        title=entry.title,
        authors=tuple(entry.authors),
        series=tuple(SeriesPlace(place.name, place.sequence) for place in entry.series),
    )
