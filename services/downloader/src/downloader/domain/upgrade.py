"""Whether an owned book is good enough for its quality profile, and what a better release must be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.books.text.names import same_people
from shared.contracts.downloads.downloads import DownloadStatus, ReplacedBook
from shared.contracts.downloads.quality_profiles import AudioFormat, ProfileRules, SeriesNarrator
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook

from downloader.domain.manual_download import manual_wanted_book

SOURCE = "LIBRARY"
"""The source of the metadata of a book that is wanted in a better edition."""
_PRIORITY = 0
"""Lower than for every missing book."""


ENDED_WITHOUT_UPGRADE = frozenset({DownloadStatus.CANCELLED, DownloadStatus.ABANDONED})
"""An upgrade with this status may be searched again."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """An owned book that is not good enough, as a wanted book."""

    wanted: MissingBook
    replaces: ReplacedBook


def needs_series_narrator(rules: ProfileRules) -> bool:
    """Whether an owned book is good enough only if the narrator of its series reads it."""
    requires = rules.series_narrator is SeriesNarrator.REQUIRE
    return rules.upgrade and requires and not rules.required_narrators


def upgrade_of(
    book: Book, rules: ProfileRules, *, series_narrator: str | None = None, download_id: UUID, now: datetime
) -> Upgrade | None:
    """The upgrade that the profile wants; None if the book is good enough, or if nothing is known of its audio.

    `series_narrator` reads most of the owned books of its series, if the profile requires that narrator.
    """
    rules = _with_narrator(rules, series_narrator)
    owned = ReplacedBook(
        book_id=book.id,
        path=book.path,
        format=book.format.lower() if book.format else None,
        narrators=book.narrators,
        abridged=book.abridged,
        bitrate_kbps=_bitrate_kbps(book),
        series_narrator=series_narrator,
    )
    shortcomings = _shortcomings(owned, rules)
    if not rules.upgrade or not shortcomings:
        return None
    minutes = round(book.duration_seconds / 60) if book.duration_seconds and keeps_recording(owned, rules) else None
    wanted = as_wanted(book, download_id, now).model_copy(
        update={"duration_minutes": minutes, "duration_choices": [minutes] if minutes else []}
    )
    return Upgrade(wanted, owned.model_copy(update={"shortcomings": shortcomings}))


def as_wanted(book: Book, download_id: UUID, now: datetime) -> MissingBook:
    """An owned book in the form of a missing book. Its series is known only by the name."""
    wanted = manual_wanted_book(
        download_id,
        book.title,
        book.authors,
        place=book.series[0] if book.series else None,
        language=book.language,
        now=now,
    )
    year = book.published_year or ""
    return wanted.model_copy(
        update={
            "subtitle": book.subtitle,
            "narrators": book.narrators,
            "isbn": book.isbn,
            "published_year": int(year) if year.isdecimal() else None,
            "source": SOURCE,
            "priority": _PRIORITY,
            "book_id": book.id,
        }
    )


def keeps_recording(owned: ReplacedBook, rules: ProfileRules) -> bool:
    """Whether the better release must be the same recording: its narrator and its length are not what is wrong."""
    return not _has_other_narrator(owned, rules) and not _is_abridged(owned, rules)


def rules_for_upgrade(owned: ReplacedBook, rules: ProfileRules) -> ProfileRules:
    """The rules for a release that replaces the book: those of the profile, and never worse than the book.

    The format must be preferred to that of the book, or be equal if something else is wrong with the book. The narrator
    stays the same, unless the profile requires another one.
    """
    rules = _with_narrator(rules, owned.series_narrator)
    formats = list(rules.formats)
    changes: dict[str, object] = {}
    if owned.format in formats:
        place = formats.index(AudioFormat(owned.format))
        format_is_wrong = _is_below_wanted_format(owned, rules)
        formats = formats[:place] if format_is_wrong else formats[: place + 1]
    if owned.format is not None:
        changes |= {"formats": formats, "only_formats": True, "upgrade_until": None}
    if owned.narrators and keeps_recording(owned, rules) and not rules.required_narrators:
        changes["required_narrators"] = owned.narrators
    return rules.model_copy(update=changes)


def _with_narrator(rules: ProfileRules, series_narrator: str | None) -> ProfileRules:
    if series_narrator is None or not needs_series_narrator(rules):
        return rules
    return rules.model_copy(update={"required_narrators": [series_narrator]})


def _shortcomings(owned: ReplacedBook, rules: ProfileRules) -> list[str]:
    """What is wrong with an owned book, each with what it is and what the profile wants."""
    found = []
    if _is_below_wanted_format(owned, rules):
        wanted = rules.formats[: _wanted_place(rules) + 1]
        found.append(f"format: got {owned.format}, want {' or '.join(wanted)}")
    if _is_abridged(owned, rules):
        found.append("edition: got an abridged recording, want the unabridged reading")
    if _has_other_narrator(owned, rules):
        found.append(f"narrator: got {', '.join(owned.narrators[:3])}, want {', '.join(rules.required_narrators[:3])}")
    least = rules.min_bitrate_kbps
    if least is not None and owned.bitrate_kbps is not None and owned.bitrate_kbps < least:
        found.append(f"bitrate: got {owned.bitrate_kbps:.0f} kbit/s, want at least {least:g} kbit/s")
    return found


def _is_below_wanted_format(owned: ReplacedBook, rules: ProfileRules) -> bool:
    if owned.format is None:
        return False
    return owned.format not in rules.formats or rules.formats.index(AudioFormat(owned.format)) > _wanted_place(rules)


def _wanted_place(rules: ProfileRules) -> int:
    """The place of the format that is good enough."""
    return 0 if rules.upgrade_until is None else rules.formats.index(rules.upgrade_until)


def _is_abridged(owned: ReplacedBook, rules: ProfileRules) -> bool:
    return owned.abridged and not rules.abridged


def _has_other_narrator(owned: ReplacedBook, rules: ProfileRules) -> bool:
    wanted = rules.required_narrators
    return bool(wanted and owned.narrators) and not same_people(owned.narrators, wanted)


def _bitrate_kbps(book: Book) -> float | None:
    if not book.size_bytes or not book.duration_seconds:
        return None
    return book.size_bytes * 8 / 1000 / book.duration_seconds
