"""Writes the calendar as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from shared.contracts.library.calendar import CalendarEntry

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAX_LINE_OCTETS = 75
"""RFC 5545, 3.1: lines should not be longer, without their line break."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def icalendar_of(entries: Iterable[CalendarEntry], now: datetime) -> str:
    """Return a calendar with one all-day event for each entry. `now` is the time of its creation, in UTC."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gapless//Releases//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Gapless releases",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(entry: CalendarEntry, stamp: str) -> list[str]:
    series = f" ({entry.series} {entry.place or ''}".rstrip() + ")" if entry.series else ""
    about = [
        f"State: {entry.state.value.replace('_', ' ')}, {entry.why}",
        f"By {', '.join(entry.authors)}" if entry.authors else "",
        f"Read by {', '.join(entry.narrators)}" if entry.narrators else "",
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.id}@gapless",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.date + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.title + series)}",
        f"DESCRIPTION:{_text(chr(10).join(line for line in about if line))}",
        f"CATEGORIES:{_text(entry.state.value)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """A text value. Control characters are not allowed (RFC 5545, 3.3.11)."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char == "\n" or (ord(char) >= 32 and ord(char) != 127)).translate(_ESCAPED)


def _folded(line: str) -> str:
    """The line in parts of at most 75 octets, each after the first with a space before it. No character is divided."""
    parts, part, size = [], "", 0
    for char in line:
        octets = len(char.encode(errors="replace"))
        if size + octets > MAX_LINE_OCTETS:
            parts.append(part)
            part, size = " ", 1
        part += char
        size += octets
    return "\r\n".join([*parts, part])
