"""Real audio for tests: a tone of a few seconds in every format that books have."""

import array
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

_ENCODERS = {
    ".mp3": ("libmp3lame", "mp3", 22050),
    ".m4a": ("aac", "ipod", 22050),
    ".m4b": ("aac", "ipod", 22050),
    ".flac": ("flac", "flac", 44100),
    ".opus": ("libopus", "ogg", 48000),
}
_SAMPLES = 960


def write_tone(path: Path, seconds: float, *, hertz: int = 440, rate: int | None = None, **tags: str) -> Path:
    """Write a tone in the format of the file's ending, with these tags, and return the path."""
    codec, container, usual_rate = _ENCODERS[path.suffix]
    rate = rate or usual_rate
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), mode="w", format=container) as output:
        stream: Any = output.add_stream(codec, rate=rate, layout="mono")
        if codec != "flac":
            stream.bit_rate = 32_000
        output.metadata.update(tags)
        for start in range(0, round(seconds * rate), _SAMPLES):
            wave = (9000 * math.sin(2 * math.pi * hertz * (start + at) / rate) for at in range(_SAMPLES))
            frame = av.AudioFrame(format="s16", layout="mono", samples=_SAMPLES)
            frame.planes[0].update(array.array("h", (round(each) for each in wave)).tobytes())
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def chapters_in(path: Path) -> list[tuple[float, str]]:
    """The start in seconds, rounded to a tenth, and the title of each chapter of a file."""
    with av.open(str(path), mode="r") as opened:
        return [
            (round(float(each["start"] * (each["time_base"] or 0)), 1), str(each["metadata"].get("title")))
            for each in opened.chapters()
        ]


def seconds_of(path: Path) -> float:
    """The length of a file by its header."""
    with av.open(str(path), mode="r") as opened:
        return (opened.duration or 0) / 1_000_000
