"""Generates an MP3 of any duration: one repeated frame of a tone or of silence, at 8 kbit/s (3.6 MB an hour).

The duration of an MP3 is its number of frames, so a long file cannot be tiny. The first frame is the "Info" header
that encoders write. It states the number of frames, so a file cut off in the middle claims its full duration.
"""

import struct

FRAME_SECONDS = 0.072
"""576 samples at 8 kHz (MPEG 2.5, layer III)."""

_FRAME_HEADER = bytes.fromhex("ffe318c4")
_SILENCE = bytes.fromhex("000000034800000000")
_TONE = bytes.fromhex(
    "0007ead60c00b81520ffffa9ffffc23fd28332ceffff57fffedffffa027ffff6ffffbffffaffffd0b2620a6a299971898180"
)
"""500 Hz at a quarter of full scale."""
_FRAME_SIZE = 72
_HAS_FRAME_COUNT = 1


def mp3_audio(duration_seconds: float, *, silent: bool = False) -> bytes:
    """An .mp3 that decodes to `duration_seconds`, accurate to one frame."""
    frames = max(1, round(duration_seconds / FRAME_SECONDS))
    info = _frame(bytes(9) + b"Info" + struct.pack(">2I", _HAS_FRAME_COUNT, frames))
    return info + _frame(_SILENCE if silent else _TONE) * frames


def _frame(content: bytes) -> bytes:
    return (_FRAME_HEADER + content).ljust(_FRAME_SIZE, b"\0")
