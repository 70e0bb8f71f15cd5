"""Opens audio files with FFmpeg's libraries and reads them to the end: what a header promises may not be there.

Every packet of a file is read; decoded are all of them, or the first and last minute. A file cut off shows in the time
its packets hold, a damaged one in packets that do not decode.
"""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.packet import Packet

from downloader.domain.verification import ProbedAudio

SAMPLE_SECONDS = 60.0
_MOST_BROKEN = 5
"""Packets that may fail to decode: the first after a jump lack what stood before them."""


class AvProbe:
    """Probes files one after the other in a thread."""

    def __init__(self, *, decode_all: bool) -> None:
        self._decode_all = decode_all

    async def probe(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """What each file promises and holds. Never raises for a file's content: that is its `fault`."""
        return [await asyncio.to_thread(_probe, path, str(path.relative_to(root)), self._decode_all) for path in files]


def _probe(path: Path, name: str, decode_all: bool) -> ProbedAudio:
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                return ProbedAudio(name, None, 0.0, "no audio in it")
            stream = container.streams.audio[0]
            promised = container.duration / 1_000_000 if container.duration else None
            held, broken = _read(container.demux(stream), stream, promised, decode_all)
    except (FFmpegError, OSError, ValueError) as error:
        return ProbedAudio(name, None, 0.0, f"cannot be read: {getattr(error, 'strerror', None) or error}")
    if broken > _MOST_BROKEN:
        return ProbedAudio(name, promised, held, f"{broken} pieces of audio do not decode")
    return ProbedAudio(name, promised, held, None if held > 0 else "holds no audio")


def _read(
    packets: Iterator["Packet[AudioStream]"], stream: AudioStream, promised: float | None, decode_all: bool
) -> tuple[float, int]:
    """Seconds that the packets hold, and how many that were decoded failed."""
    unit = float(stream.time_base or 1)
    first: float | None = None
    end, broken = 0.0, 0
    last_minute = (promised or 0.0) - SAMPLE_SECONDS
    for packet in packets:
        if packet.size == 0 or packet.pts is None:
            continue
        starts = packet.pts * unit
        first = starts if first is None else first
        end = max(end, starts + (packet.duration or 0) * unit)
        if packet.is_corrupt:
            broken += 1
        elif decode_all or starts - first < SAMPLE_SECONDS or starts >= last_minute:
            broken += _fails(stream, packet)
    return end - (first or 0.0), broken


def _fails(stream: AudioStream, packet: "Packet[AudioStream]") -> int:
    try:
        stream.decode(packet)
    except FFmpegError:
        return 1
    return 0
