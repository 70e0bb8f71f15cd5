"""Generates a tiny MPEG-4 audio file of any duration: copies of one AAC frame, a tone or silence,
each half a minute long.

The file is written box by box (ISO/IEC 14496-12), so its bytes, and a torrent's info hash, depend only on the
duration. The header precedes the audio, as in files for streaming. A file cut off in the middle therefore still opens
and claims its full duration, like a broken upload that is hard to detect.
"""

import struct

_SILENCE = bytes.fromhex("01182007")
"""1,024 samples of silence, AAC-LC, 8 kHz, mono."""
_TONE = bytes.fromhex("013e26014e27fdc15dc76f320e")
"""1,024 samples of 500 Hz at a hundredth of full scale, otherwise the same."""

_DECODER_CONFIG = bytes.fromhex("1588")
_SAMPLE_RATE = 8000
_TICKS_PER_SECOND = 1000
_SECONDS_PER_FRAME = 30
_UNITY_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def mpeg4_audio(duration_seconds: float, *, silent: bool = False) -> bytes:
    """An .m4b that opens, decodes to its end and reports `duration_seconds`, accurate to 1 % and half a second."""
    frame = _SILENCE if silent else _TONE
    frames = max(16, round(duration_seconds / _SECONDS_PER_FRAME))
    ticks_per_frame = max(1, round(duration_seconds * _TICKS_PER_SECOND / frames))
    file_type = _box(b"ftyp", b"M4B \0\0\2\0M4B isommp42")
    header_size = len(_movie(frames, len(frame), ticks_per_frame, audio_offset=0))
    audio_offset = len(file_type) + header_size + 8
    movie = _movie(frames, len(frame), ticks_per_frame, audio_offset=audio_offset)
    return file_type + movie + _box(b"mdat", frame * frames)


def _box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full_box(kind: bytes, *content: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags), *content)


def _movie(frames: int, frame_size: int, ticks_per_frame: int, *, audio_offset: int) -> bytes:
    ticks = frames * ticks_per_frame
    movie_header = struct.pack(">4IIH10x", 0, 0, _TICKS_PER_SECOND, ticks, 0x10000, 0x100) + _UNITY_MATRIX
    return _box(
        b"moov",
        _full_box(b"mvhd", movie_header, bytes(24), struct.pack(">I", 2)),
        _track(frames, frame_size, ticks_per_frame, audio_offset),
    )


def _track(frames: int, frame_size: int, ticks_per_frame: int, audio_offset: int) -> bytes:
    ticks = frames * ticks_per_frame
    track_header = struct.pack(">5I8x4H", 0, 0, 1, 0, ticks, 0, 0, 0x100, 0) + _UNITY_MATRIX + bytes(8)
    english = 0x15C7
    return _box(
        b"trak",
        _full_box(b"tkhd", track_header, flags=7),
        _box(
            b"mdia",
            _full_box(b"mdhd", struct.pack(">4I2H", 0, 0, _TICKS_PER_SECOND, ticks, english, 0)),
            _full_box(b"hdlr", struct.pack(">I4s12x", 0, b"soun"), b"Sound\0"),
            _box(
                b"minf",
                _full_box(b"smhd", bytes(4)),
                _box(b"dinf", _full_box(b"dref", struct.pack(">I", 1), _full_box(b"url ", flags=1))),
                _sample_table(frames, frame_size, ticks_per_frame, audio_offset),
            ),
        ),
    )


def _sample_table(frames: int, frame_size: int, ticks_per_frame: int, audio_offset: int) -> bytes:
    return _box(
        b"stbl",
        _full_box(b"stsd", struct.pack(">I", 1), _sound_description()),
        _full_box(b"stts", struct.pack(">3I", 1, frames, ticks_per_frame)),
        _full_box(b"stsc", struct.pack(">4I", 1, 1, frames, 1)),
        _full_box(b"stsz", struct.pack(">2I", frame_size, frames)),
        _full_box(b"stco", struct.pack(">2I", 1, audio_offset)),
    )


def _sound_description() -> bytes:
    sound = struct.pack(">6xH8x4HI", 1, 1, 16, 0, 0, _SAMPLE_RATE << 16)
    decoder = struct.pack(">2B3xII", 0x40, 0x15, 8000, 8000) + _descriptor(5, _DECODER_CONFIG)
    stream = struct.pack(">HB", 1, 0) + _descriptor(4, decoder) + _descriptor(6, b"\2")
    return _box(b"mp4a", sound, _full_box(b"esds", _descriptor(3, stream)))


def _descriptor(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content
