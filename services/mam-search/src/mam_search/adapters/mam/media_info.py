"""Parses the tracker's `mediainfo`: playing time, bitrate and sampling rate.

The site does not document the format of these values. They follow MediaInfo (https://mediaarea.net/MediaInfo). Its
versions, and its text and JSON output, use different formats. All of them are parsed.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

Value = TypeVar("Value", float, int)
ReportUnread = Callable[[str, str], None]
"""Called with the name of a field and a value that could not be parsed."""

LONGEST_VALUE = 60
"""Characters of a value that are parsed. No time or rate is longer."""
MAX_SECONDS = 2_000 * 3600
"""No audiobook is longer. A longer playing time is an error."""
MILLISECONDS_FROM = 1_000_000
"""Plain numbers are seconds; from here on milliseconds, as old versions write them (277 hours or 17 minutes)."""
ONE_FILE_MAX_SHARE = 0.5
"""If playing time times bitrate is below this share of the torrent's size, it describes only one of several files."""

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d+)?)", re.ASCII)
_WITH_UNITS = re.compile(
    r"(?:(?P<d>\d+) ?d(?:ays?)? ?)?(?:(?P<h>\d+) ?h(?:(?:ou)?rs?)? ?)?(?:(?P<m>\d+) ?m(?:in(?:ute)?s?|n)? ?)?"
    r"(?:(?P<s>\d+(?:[.,]\d+)?) ?s(?:ec(?:ond)?s?)? ?)?(?:(?P<ms>\d+) ?ms)?",
    re.ASCII,
)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_RATE = re.compile(r"(?P<number>\d+(?:[.,]\d+)?) ?(?P<unit>[kmg]?)(?P<of>b/s|bps|bit/s|bits/s|hz)?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)[ ,](?=\d{3}\b)")
_MULTIPLIERS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_UNIT_SECONDS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_MIN_BITS, _MIN_HERTZ = 1_000, 1_000
"""A smaller plain number counts thousands: no audio has a bitrate of 64 bit/s."""


@dataclass(frozen=True, slots=True)
class ListedAudio:
    """The audio as the uploader's MediaInfo describes it. A value that is missing or cannot be parsed is None."""

    seconds: float | None = None
    bits_per_second: int | None = None
    sampling_rate_hz: int | None = None

    def playing_minutes(self, *, size_bytes: int, files: int) -> int | None:
        """The playing time of the whole torrent in minutes, rounded; None if unknown.

        MediaInfo describes one file. For a torrent with several files the time counts only if time and bitrate match
        the size: half an hour at 64 kbit/s does not fill 300 MB.
        """
        if self.seconds is None:
            return None
        if files > 1 and self.bits_per_second and size_bytes:
            described_bytes = self.seconds * self.bits_per_second / 8
            if described_bytes < size_bytes * ONE_FILE_MAX_SHARE:
                return None
        return round(self.seconds / 60) or None


def media_info(text: str, report: ReportUnread) -> ListedAudio:
    """Parse the field: JSON in a string, possibly encoded twice.

    `report` is called for each value that cannot be parsed.
    """
    value: Any = text.strip()
    for _ in range(2):
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                report("mediainfo", text)
                return ListedAudio()
    general, audio = _part(value, "General"), _part(value, "Audio1") or _part(value, "Audio")
    return ListedAudio(
        seconds=_parse("Duration", (general, audio), seconds, report),
        bits_per_second=_parse("BitRate", (audio,), bits_per_second, report)
        or _parse("OverallBitRate", (general,), bits_per_second, report),
        sampling_rate_hz=_parse("SamplingRate", (audio,), hertz, report),
    )


def seconds(text: str) -> float | None:
    """A playing time in seconds: "11:04:09", "39:12.5", "11 h 4 min", "39 min", "5 s 200 ms", "39849.123"."""
    tidy = _tidy(text)
    if _PLAIN.fullmatch(tidy):
        number = _number(tidy)
        found = number / 1000 if number >= MILLISECONDS_FROM else number
    elif clock := _CLOCK.fullmatch(tidy):
        found = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + _number(clock[3])
    elif (units := _WITH_UNITS.fullmatch(tidy)) and any(units.groups()):
        found = sum(_number(units[name]) * each for name, each in _UNIT_SECONDS.items() if units[name])
    else:
        return None
    return found if 0 < found <= MAX_SECONDS else None


def bits_per_second(text: str) -> int | None:
    """A bitrate: "64000", "64.0 kb/s", "128 Kbps", "1 411 kb/s"."""
    return _rate(text, _MIN_BITS)


def hertz(text: str) -> int | None:
    """A sampling rate: "44100", "44.1 kHz", "44 100 Hz", "44.1 kHz / 22.05 kHz" (the first is used)."""
    return _rate(text, _MIN_HERTZ)


def _rate(text: str, minimum: int) -> int | None:
    first = _THOUSANDS.sub("", _tidy(text).partition(" / ")[0])
    match = _RATE.fullmatch(first)
    if match is None:
        return None
    rate = _number(match["number"]) * _MULTIPLIERS[match["unit"]]
    if 0 < rate < minimum and not match["unit"] and not match["of"]:
        rate *= 1000
    return round(rate) if rate >= minimum else None


def _parse(
    name: str, parts: tuple[dict[str, Any], ...], parse: Callable[[str], Value | None], report: ReportUnread
) -> Value | None:
    """The first value of that name in the parts. A value that cannot be parsed is reported."""
    for part in parts:
        value = part.get(name)
        if value is None or isinstance(value, bool) or not str(value).strip():
            continue
        parsed = parse(str(value))
        if parsed is None:
            report(name, str(value))
        return parsed
    return None


def _part(value: Any, name: str) -> dict[str, Any]:
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _tidy(text: str) -> str:
    return " ".join(text[:LONGEST_VALUE].lower().split())


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return number if isfinite(number) else 0.0
