"""The rows of a search response as releases. A field that cannot be parsed is reported and does not lose its row."""

import json
import re
from collections.abc import Mapping
from typing import Any

from shared.contracts.mam.releases import BrowseFlag, Release
from shared.contracts.values import Indexer, SeriesPlace

from mam_search.adapters.mam.media_info import ReportUnread, media_info
from mam_search.adapters.mam.values import count, flag, moment, shown_text, size_in_bytes, text, unix_moment

AUDIOBOOKS = 13
EBOOKS_MUSIC_RADIO = (14, 15, 16)
AUDIO_MEDIA_TYPES = (1, 8)
FLAGS = {
    2: BrowseFlag.CRUDE_LANGUAGE,
    4: BrowseFlag.VIOLENCE,
    8: BrowseFlag.SOME_EXPLICIT,
    16: BrowseFlag.EXPLICIT,
    32: BrowseFlag.ABRIDGED,
    64: BrowseFlag.LGBT,
}
MOST_PEOPLE, MOST_SERIES, MOST_CATEGORIES = 100, 30, 50
LONGEST_NAME, LONGEST_POSITION = 200, 60
LONGEST_MALFORMED = 2_000
"""Characters of malformed JSON in which names are looked for: the time grows with more than their square."""
_NAME_WITH_QUOTES = re.compile(r'"\d{1,9}" ?: ?"(.{1,200}?)" ?(?=, ?"\d{1,9}" ?:|\}\s*$)')
_SERIES_WITH_QUOTES = re.compile(
    r'"\d{1,9}" ?: ?\[ ?"(.{1,200}?)" ?, ?"?([^"\],]{0,60})"?[^\]]{0,20}\] ?(?=, ?"\d{1,9}" ?:|\}\s*$)'
)
_ISBN = re.compile(r"\d{9}[\dX]|\d{13}", re.ASCII)
_ASIN = re.compile(r"[A-Z0-9]{10}", re.ASCII)


class _Malformed(ValueError):
    """The text is not JSON, or not JSON of the expected form."""


def release_of(row: Mapping[str, Any], report: ReportUnread) -> Release | None:
    """The release of a row; None if the row has no id.

    `report` is called with the name and the text of each field that cannot be parsed.
    """
    get = row.get
    number = count(get("id"))
    if not number:
        report("id", text(get("id")))
        return None
    asin, isbn = _identifiers(text(get("isbn")))
    size = size_in_bytes(text(get("size")))
    if not size:
        report("size", text(get("size")))
    files, flags = count(get("numfiles")), count(get("browseflags"))
    main_category, media_type = count(get("main_cat")), count(get("mediatype"))
    free, vip = flag(get("free")), flag(get("vip"))
    personal = flag(get("personal_freeleech"))
    vip = vip or (flag(get("fl_vip")) and not free)
    audio = media_info(text(get("mediainfo")), report)
    return Release(
        indexer=Indexer.MAM,
        id=str(number),
        title=shown_text(get("title") or get("name")),
        authors=_names(get("author_info"), "author_info", report),
        narrators=_names(get("narrator_info"), "narrator_info", report),
        series=_series(get("series_info"), report),
        size_bytes=size,
        files=files or None,
        filetype=shown_text(get("filetype"), 60).lower() or None,
        language=shown_text(get("lang_code"), 20) or None,
        category=shown_text(get("catname"), 120) or None,
        category_id=count(get("category")) or None,
        new_category_ids=_new_categories(get("categories"), report),
        is_audio=_is_audio(main_category, media_type),
        seeders=count(get("seeders")),
        leechers=count(get("leechers")),
        snatches=count(get("times_completed")),
        freeleech=free or personal,
        personal_freeleech=personal,
        vip=vip,
        vip_until=unix_moment(get("vip_expire")) if vip else None,
        snatched_before=flag(get("my_snatched")),
        abridged=True if flags & 32 else None,
        flags=[name for bit, name in FLAGS.items() if flags & bit],
        isbn=isbn,
        asin=asin,
        tags=shown_text(get("tags"), 2_000),
        duration_minutes=audio.playing_minutes(size_bytes=size, files=files),
        bitrate_kbps=None if audio.bits_per_second is None else round(audio.bits_per_second / 1000),
        sampling_rate_hz=audio.sampling_rate_hz,
        published_at=moment(text(get("added"))),
        download_reference=str(number),
    )


def _names(value: Any, field: str, report: ReportUnread) -> list[str]:
    """Names in order, from JSON inside a string: an object of names by id."""
    try:
        entries = _entries(value)
    except _Malformed:
        entries = _NAME_WITH_QUOTES.findall(text(value)[:LONGEST_MALFORMED])
        if not entries:
            report(field, text(value))
    names = [shown_text(_name_in(entry), LONGEST_NAME) for entry in entries[:MOST_PEOPLE]]
    return [name for name in names if name]


def _series(value: Any, report: ReportUnread) -> list[SeriesPlace]:
    """Series with the position in each: a display text such as '3', '01-16, 13.5' or ''."""
    try:
        entries = _entries(value)
    except _Malformed:
        entries = [list(entry) for entry in _SERIES_WITH_QUOTES.findall(text(value)[:LONGEST_MALFORMED])]
        if not entries:
            report("series_info", text(value))
    places = []
    for entry in entries[:MOST_SERIES]:
        parts = entry if isinstance(entry, list) else [_name_in(entry)]
        name = shown_text(parts[0], LONGEST_NAME) if parts else ""
        if name:
            position = shown_text(parts[1], LONGEST_POSITION) if len(parts) > 1 else ""
            places.append(SeriesPlace(name=name, sequence=position or None))
    return places


def _new_categories(value: Any, report: ReportUnread) -> list[int]:
    """The ids of the newer categories, from JSON inside a string: a list of ids."""
    try:
        return [found for entry in _entries(value)[:MOST_CATEGORIES] if (found := count(entry))]
    except _Malformed:
        report("categories", text(value))
        return []


def _entries(value: Any) -> list[Any]:
    """The values of a JSON object or list, which may be inside a string and encoded twice.

    Raises `_Malformed` if it is anything else; an empty string and null have no entries.
    """
    for _ in range(2):
        if not isinstance(value, str):
            break
        if not value.strip():
            return []
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise _Malformed from error
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return value
    if not value:
        return []
    raise _Malformed


def _name_in(entry: Any) -> Any:
    if isinstance(entry, dict):
        return entry.get("name")
    return entry[0] if isinstance(entry, list) and entry else entry


def _is_audio(main_category: int, media_type: int) -> bool | None:
    """By category. Uploads since 2026 may have only the newer media type."""
    if main_category == AUDIOBOOKS or media_type in AUDIO_MEDIA_TYPES:
        return True
    if main_category in EBOOKS_MUSIC_RADIO or media_type:
        return False
    return None


def _identifiers(shown: str) -> tuple[str | None, str | None]:
    """ASIN and ISBN from the one field that contains either: 'ASIN:B0…' or digits."""
    value = shown[:60].strip().upper().replace("-", "")
    if value.startswith("ASIN:"):
        asin = value.removeprefix("ASIN:").strip()
        return (asin if _ASIN.fullmatch(asin) else None), None
    return (None, value) if _ISBN.fullmatch(value) else (None, None)
