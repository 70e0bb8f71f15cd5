"""The `mediainfo` of a row. The format of times and rates is not documented, so the offers use different formats."""

import json
from collections.abc import Callable

from sandbox.world import Offer

Format = Callable[[float], str | int | float]


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _hours_and_minutes(seconds: float) -> str:
    """The two largest units, as MediaInfo displays a duration."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _seconds_and_fractions(seconds: float) -> str:
    return f"{seconds:.3f}"


def _whole_seconds(seconds: float) -> int:
    return round(seconds)


TIMES: tuple[Format, ...] = (_clock, _hours_and_minutes, _seconds_and_fractions, _whole_seconds)
BITRATES: tuple[Format, ...] = (
    lambda bits: str(round(bits)),
    lambda bits: f"{bits / 1000:.1f} kb/s",
    round,
)
SAMPLING_RATES: tuple[str | int, ...] = ("44100", "44.1 kHz", 44100, "44.1 kHz / 22.05 kHz", "44 100 Hz")


def media_info(offer: Offer) -> str:
    """A JSON string, empty if the release has no audio. The id of the offer selects the formats of the values."""
    minutes = sum(each.duration_minutes or 0 for each in offer.files)
    if not minutes:
        return ""
    number, seconds = int(offer.id), minutes * 60
    codec = "MPEG Audio" if "mp3" in offer.filetype else "AAC"
    return json.dumps(
        {
            "General": {
                "Duration": TIMES[number % len(TIMES)](seconds),
                "Format": codec if codec == "MPEG Audio" else "MPEG-4",
            },
            "Audio1": {
                "Format": codec,
                "BitRate": BITRATES[number % len(BITRATES)](offer.size_bytes * 8 / seconds),
                "Channels": 2,
                "BitRate_Mode": "CBR",
                "SamplingRate": SAMPLING_RATES[number % len(SAMPLING_RATES)],
            },
            "menu": {"extra": []},
        }
    )
