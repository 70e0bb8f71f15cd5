"""Downloads that a person starts without a missing book or without an indexer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from shared.books.releases.name import work_in_listing
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, MissingReason, MissingStatus, SeriesPlace

SOURCE = "MANUAL"
PRIORITY = 100
"""Higher than for every gap, because a person waits for it."""
_PLAIN_TRACKER_PATHS = frozenset({"", "/", "/announce"})


def manual_wanted_book(
    download_id: UUID,
    title: str,
    authors: Sequence[str],
    *,
    now: datetime,
    place: SeriesPlace | None = None,
    language: str | None = None,
) -> MissingBook:
    """The wanted book in the form of a missing book, although the library has none for it."""
    return MissingBook(
        id=download_id,
        title=title,
        authors=list(authors),
        series=place.name if place else None,
        sequence=place.sequence if place else None,
        language=language,
        reason=MissingReason.MANUAL,
        source=SOURCE,
        status=MissingStatus.QUEUED,
        priority=PRIORITY,
        identified_at=now,
        updated_at=now,
    )


@dataclass(frozen=True, slots=True)
class NamedWork:
    """The work that a release names apart from language, format and narrator."""

    title: str
    authors: list[str]


def named_work(release: Release) -> NamedWork | None:
    """The work in the fields of the release or in a listing like "Dracula by Bram Stoker [ENG / MP3]"; None if neither.

    A torrent that a person gave names none: its name is that of files.
    """
    if release.indexer is Indexer.MANUAL:
        return None
    if release.structured:
        return NamedWork(release.title, release.authors)
    listed = work_in_listing(release.title)
    return NamedWork(listed[0], release.authors or list(listed[1])) if listed else None


def wanted_from(
    release: Release, download_id: UUID, *, title: str | None, authors: Sequence[str], now: datetime
) -> MissingBook:
    """The book that the release names; a title or authors entered by a person take precedence."""
    named = named_work(release)
    place = release.series[0] if release.series else None
    return manual_wanted_book(
        download_id,
        title or (named.title if named else release.title),
        authors or (named.authors if named else release.authors),
        place=place,
        language=release.language,
        now=now,
    )


def without_passkeys(link: str) -> str:
    """The magnet link with its topic, its name, and only the trackers whose address can contain no passkey."""
    parts = urlsplit(link)
    parameters = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name in ("xt", "dn", "xl") or (name == "tr" and _is_open(value))
    ]
    return f"magnet:?{urlencode(parameters, safe=':')}"


def _is_open(tracker: str) -> bool:
    try:
        parts = urlsplit(tracker)
    except ValueError:
        return False
    return parts.path in _PLAIN_TRACKER_PATHS and not parts.query and "@" not in parts.netloc
