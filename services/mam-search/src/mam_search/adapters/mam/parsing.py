"""Converts the tracker's responses to the contracts. Pure functions."""

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, SeriesPlace

from mam_search.adapters.mam.media_info import ReportUnread, media_info
from mam_search.adapters.mam.schemas import Member, Row

AUDIOBOOKS = 13
EBOOKS_MUSIC_RADIO = (14, 15, 16)
ABRIDGED_FLAG = 32
_SIZE = re.compile(r"^\s*([\d,]+(?:\.\d*)?)\s*([KMGT]?)i?B\s*$", re.IGNORECASE | re.ASCII)
_UNIT = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


def size_in_bytes(text: str) -> int:
    """Parse '1,016.2 KiB' or a plain count of bytes; 0 if the text is neither."""
    if (found := _SIZE.match(text)) and (number := found[1].replace(",", "")):
        return int(float(number) * 1024 ** _UNIT[found[2].upper()])
    digits = text.replace(",", "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def info(text: str) -> list[Any]:
    """The values of a JSON object inside a string, possibly encoded twice; empty if malformed."""
    value: Any = text
    for _ in range(2):
        if not isinstance(value, str):
            break
        try:
            value = json.loads(value) if value.strip() else {}
        except json.JSONDecodeError:
            return _quoted_names(text)
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _quoted_names(text: str) -> list[Any]:
    """Names from an object that is invalid JSON because a name contains a quote: `{"7":"Ada "Red" Quill"}`."""
    return [name for name in re.findall(r'"\d+"\s*:\s*"(.*?)"\s*(?=,\s*"\d+"\s*:|\}\s*$)', text) if name]


def names(text: str) -> list[str]:
    """Names in order, with HTML entities decoded."""
    return [html.unescape(str(name)).strip() for name in info(text) if str(name).strip()]


def series(text: str) -> list[SeriesPlace]:
    """Series with the position in each. A position is a display text: '3', '01-16, 13.5', ''."""
    places = []
    for entry in info(text):
        parts = entry if isinstance(entry, list) else [entry]
        if not parts or not str(parts[0]).strip():
            continue
        position = str(parts[1]).strip() if len(parts) > 1 else ""
        places.append(SeriesPlace(name=html.unescape(str(parts[0])).strip(), sequence=position or None))
    return places


def release(row: Row, report: ReportUnread) -> Release:
    """One search result as a release. `report` is called for each field that could not be parsed."""
    asin, isbn = _identifiers(row.isbn)
    size = size_in_bytes(row.size)
    if not size:
        report("size", row.size)
    audio = media_info(row.mediainfo, report)
    return Release(
        indexer=Indexer.MAM,
        id=str(row.id),
        title=html.unescape(row.title or row.name).strip(),
        authors=names(row.author_info),
        narrators=names(row.narrator_info),
        series=series(row.series_info),
        size_bytes=size,
        files=row.numfiles or None,
        filetype=row.filetype.strip().lower() or None,
        language=row.lang_code.strip() or None,
        category=html.unescape(row.catname) or None,
        is_audio=_is_audio(row),
        seeders=row.seeders,
        leechers=row.leechers,
        snatches=row.times_completed,
        freeleech=row.free or row.personal_freeleech,
        vip=row.vip or (row.fl_vip and not row.free),
        snatched_before=row.my_snatched,
        abridged=True if row.browseflags & ABRIDGED_FLAG else None,
        isbn=isbn,
        asin=asin,
        tags=html.unescape(row.tags),
        duration_minutes=audio.playing_minutes(size_bytes=size, files=row.numfiles),
        bitrate_kbps=None if audio.bits_per_second is None else round(audio.bits_per_second / 1000),
        sampling_rate_hz=audio.sampling_rate_hz,
        published_at=_moment(row.added),
        download_reference=str(row.id),
    )


def standing(user: Member, now: datetime) -> Standing:
    """The account's standing. Values that the site does not give are None."""
    unsatisfied = (user.snatch_summary.unsat if user.snatch_summary else None) or user.unsat
    return Standing(
        username=user.username,
        classname=user.classname,
        ratio=user.ratio,
        uploaded_bytes=_bytes(user.uploaded_bytes, user.uploaded),
        downloaded_bytes=_bytes(user.downloaded_bytes, user.downloaded),
        bonus_points=user.seedbonus or 0.0,
        wedges=user.wedges,
        vip_until=_moment(user.vip_until),
        unsatisfied=unsatisfied.count if unsatisfied else None,
        unsatisfied_limit=unsatisfied.limit if unsatisfied else None,
        read_at=now,
    )


def _bytes(count: float | None, shown: str) -> int | None:
    """The count of bytes, or the size from the display text; None if the site gives neither."""
    if count is not None and count >= 0:
        return int(count)
    size = size_in_bytes(shown)
    return size if size or shown.strip().startswith("0") else None


def _is_audio(row: Row) -> bool | None:
    """By category. Uploads since 2026 may have only the newer media type (1 and 8 are audio)."""
    if row.main_cat == AUDIOBOOKS or row.mediatype in (1, 8):
        return True
    if row.main_cat in EBOOKS_MUSIC_RADIO or row.mediatype:
        return False
    return None


def _identifiers(text: str) -> tuple[str | None, str | None]:
    """ASIN and ISBN from the one field that contains either: 'ASIN:B0…' or digits."""
    value = text.strip().upper().replace("-", "")
    if value.startswith("ASIN:"):
        return value.removeprefix("ASIN:").strip() or None, None
    return (None, value) if re.fullmatch(r"\d{9}[\dX]|\d{13}", value) else (None, None)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
