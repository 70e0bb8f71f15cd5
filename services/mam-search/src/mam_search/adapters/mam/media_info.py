"""Reads the tracker's `mediainfo`: playing time, bitrate and sampling rate.

The site does not document the form of these values. They follow MediaInfo (https://mediaarea.net/MediaInfo), whose
older and newer versions, and whose text and JSON output, write them differently; every form that they use is read.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

Value = TypeVar("Value", float, int)
ReportUnread = Callable[[str, str], None]
"""Called with the name of a field and a value that could not be read."""

LONGEST_VALUE = 60
"""Characters of a value that are read; nothing longer is a time or a rate."""
MOST_SECONDS = 2_000 * 3600
"""No audiobook is longer; a longer playing time is a mistake."""
MILLISECONDS_FROM = 1_000_000
"""Plain numbers are seconds, but from here on milliseconds, as old versions write them: 277 hours, or 17 minutes."""
ONE_FILE_AT_MOST = 0.5
"""Part of a torrent's size, below which playing time times bitrate can only describe one of its several files."""

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d+)?)", re.ASCII)
_WITH_UNITS = re.compile(
    r"(?:(?P<d>\d+) ?d(?:ays?)? ?)?(?:(?P<h>\d+) ?h(?:(?:ou)?rs?)? ?)?(?:(?P<m>\d+) ?m(?:in(?:ute)?s?|n)? ?)?"
    r"(?:(?P<s>\d+(?:[.,]\d+)?) ?s(?:ec(?:ond)?s?)? ?)?(?:(?P<ms>\d+) ?ms)?",
    re.ASCII,
)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_RATE = re.compile(r"(?P<figure>\d+(?:[.,]\d+)?) ?(?P<unit>[kmg]?)(?P<of>b/s|bps|bit/s|bits/s|hz)?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)[ ,](?=\d{3}\b)")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_UNIT_SECONDS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_FEWEST_BITS, _FEWEST_HERTZ = 1_000, 1_000
"""A plain number below is a number of thousands: no audio has a bitrate of 64 bit/s."""


@dataclass(frozen=True, slots=True)
class ListedAudio:
    """What the uploader's MediaInfo says of the audio; None where it says nothing that can be read."""

    seconds: float | None = None
    bits_per_second: int | None = None
    sampling_rate_hz: int | None = None

    def playing_minutes(self, *, size_bytes: int, files: int) -> int | None:
        """Playing time of the whole torrent in minutes, rounded; None when it is not known.

        MediaInfo describes one file. Of a torrent with several files the time counts only while time and bitrate agree
        with the size: half an hour at 64 kbit/s does not fill 300 MB.
        """
        if self.seconds is None:
            return None
        if files > 1 and self.bits_per_second and size_bytes:
            described = self.seconds * self.bits_per_second / 8
            if described < size_bytes * ONE_FILE_AT_MOST:
                return None
        return round(self.seconds / 60) or None


def media_info(text: str, report: ReportUnread) -> ListedAudio:
    """Read the field: JSON in a string, perhaps encoded twice; `report` gets each value that it cannot read."""
    value: Any = text.strip()
    for _ in range(2):
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except (json.JSONDecodeError, RecursionError):
                report("mediainfo", text)
                return ListedAudio()
    general, audio = _part(value, "General"), _part(value, "Audio1") or _part(value, "Audio")
    return ListedAudio(
        seconds=_read("Duration", (general, audio), seconds, report),
        bits_per_second=_read("BitRate", (audio,), bits_per_second, report)
        or _read("OverallBitRate", (general,), bits_per_second, report),
        sampling_rate_hz=_read("SamplingRate", (audio,), hertz, report),
    )


def seconds(text: str) -> float | None:
    """A playing time in seconds: "11:04:09", "39:12.5", "11 h 4 min", "39 min", "5 s 200 ms", "39849.123"."""
    told = _tidy(text)
    if _PLAIN.fullmatch(told):
        number = _number(told)
        found = number / 1000 if number >= MILLISECONDS_FROM else number
    elif clock := _CLOCK.fullmatch(told):
        found = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + _number(clock[3])
    elif (units := _WITH_UNITS.fullmatch(told)) and any(units.groups()):
        found = sum(_number(units[name]) * each for name, each in _UNIT_SECONDS.items() if units[name])
    else:
        return None
    return found if 0 < found <= MOST_SECONDS else None


def bits_per_second(text: str) -> int | None:
    """A bitrate: "64000", "64.0 kb/s", "128 Kbps", "1 411 kb/s"."""
    return _rate(text, _FEWEST_BITS)


def hertz(text: str) -> int | None:
    """A sampling rate: "44100", "44.1 kHz", "44 100 Hz", "44.1 kHz / 22.05 kHz" (the first counts)."""
    return _rate(text, _FEWEST_HERTZ)


def _rate(text: str, fewest: int) -> int | None:
    first = _THOUSANDS.sub("", _tidy(text).partition(" / ")[0])
    match = _RATE.fullmatch(first)
    if match is None:
        return None
    figure = _number(match["figure"]) * _TIMES[match["unit"]]
    if 0 < figure < fewest and not match["unit"] and not match["of"]:
        figure *= 1000
    return round(figure) if figure >= fewest else None


def _read(
    name: str, parts: tuple[dict[str, Any], ...], read: Callable[[str], Value | None], report: ReportUnread
) -> Value | None:
    """The first value of that name that the parts have; a value that is no time or rate is reported."""
    for part in parts:
        told = part.get(name)
        if told is None or isinstance(told, bool) or not str(told).strip():
            continue
        found = read(str(told))
        if found is None:
            report(name, str(told))
        return found
    return None


def _part(value: Any, name: str) -> dict[str, Any]:
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _tidy(text: str) -> str:
    return " ".join(text[:LONGEST_VALUE].lower().split())


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return number if isfinite(number) else 0.0
