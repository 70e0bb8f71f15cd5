"""The program that reads audio files with FFmpeg's libraries. `AvProbe` starts it in a separate process.

The files are untrusted, and one that crashes a decoder must not crash the service. So this process limits its memory,
time and open files, writes no files, opens no connections, and opens a file only with the demuxer of an audio format:
FFmpeg's own detection could read a text file as a list of further files to open.

It reads one JSON document from standard input, `{"limits": …, "read": …, "files": [path, …]}`, writes the line
"ready", and then one line of JSON for each file in order. It imports nothing of the service, so that it starts fast.

Every packet of a file is read, and all of them or samples are decoded: the first and last minute, and ten seconds at
each quarter. An incomplete file is found by the length of its packets, a damaged one by packets that do not decode, a
silent one by the loudest of the decoded samples.
"""

import json
import os
import resource
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet

READY = "ready"
HEADER, SAMPLED, ALL = "header", "sampled", "all"
"""How much of a file is read: its header and tags, every packet with samples decoded, or all of it decoded."""
SAMPLE_SECONDS = 60.0
QUARTER_SAMPLE_SECONDS = 10.0
_MAX_BROKEN = 5
"""Packets that may fail to decode."""
_AFTER_A_GAP = 3
"""Packets after skipped ones that are not counted: they depend on the skipped ones."""
_HEARD_FRAMES = 16
"""The loudness of one in so many decoded frames is measured, which takes much less time than decoding."""
_BY_CONTENT = (
    (4, b"ftyp", "mp4"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"RIFF", "wav"),
    (0, bytes.fromhex("3026b2758e66cf11"), "asf"),
)
"""The first bytes that identify a format, whatever the file's name is."""
_BY_NAME = {
    ".m4b": "mp4", ".m4a": "mp4", ".mp4": "mp4", ".aax": "mp4", ".mp3": "mp3", ".flac": "flac", ".ogg": "ogg",
    ".oga": "ogg", ".opus": "ogg", ".aac": "aac", ".wma": "asf", ".wav": "wav",
}  # fmt: skip
_TAGS = ("title", "album", "artist", "album_artist", "composer", "author", "show", "grouping")
_LONGEST_TAG = 300
_NOTHING: dict[str, Any] = {"header_seconds": None, "audio_seconds": 0.0, "loudest": None, "fault": None, "tags": {}}
_OPEN_FILES = 32


def main() -> None:
    """Read the task from standard input and write the results."""
    task = json.load(sys.stdin)
    _limit(task["limits"])
    print(READY, flush=True)  # noqa: T201 - the output is what the service reads
    for path in task["files"]:
        print(json.dumps(read(path, task["read"])), flush=True)  # noqa: T201


def read(path: str, how_much: str) -> dict[str, Any]:
    """The facts of one file.

    The length by the header and of the packets in seconds, the loudest sample from 0 to 1 (None if nothing decoded),
    the tags, and why the file cannot be played, or None: a kind of fault, and what is known about it.
    """
    try:
        with opened(path) as file, container_of(file, path) as container:
            return _facts(container, how_much)
    except MemoryError:
        return _fault("memory")
    except (FFmpegError, OSError, ValueError, RuntimeError) as error:
        return _fault("unreadable", why=getattr(error, "strerror", None) or type(error).__name__)


def _limit(limits: dict[str, int]) -> None:
    """Set limits that this process cannot raise. Linux kills it at the CPU limit and at the alarm."""
    cpu = limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))  # SIGXCPU, which shows the reason, is sent at the lower one
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits["wall_seconds"])


def opened(path: str) -> BinaryIO:
    """The opened file. Raises OSError, also for anything but a regular file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    file = os.fdopen(descriptor, "rb", buffering=0)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise OSError(22, "not a regular file", path)
    return file


def container_of(file: BinaryIO, path: str) -> InputContainer:
    """The file, opened with the demuxer of an audio format. Raises `FFmpegError`."""
    head = file.read(16)
    file.seek(0)
    name = _BY_NAME.get(PurePath(path).suffix.lower(), "mp3")
    form = next((form for at, mark, form in _BY_CONTENT if head[at : at + len(mark)] == mark), name)
    options = {"protocol_whitelist": "none", "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,mp3,flac,ogg,aac,asf,wav"}
    return av.open(
        file,
        mode="r",
        format=form,
        container_options=options,
        metadata_errors="ignore",
        buffer_size=1 << 20,
        io_open=_refuse,
    )


def _refuse(url: str, _flags: int, _options: dict[str, str]) -> BinaryIO:
    """Refuse a file that references another one."""
    raise PermissionError(13, "an audio file may not open another file", url)


def _facts(container: InputContainer, how_much: str) -> dict[str, Any]:
    if not container.streams.audio:
        return _fault("no_stream")
    stream = container.streams.audio[0]
    if stream.codec_context is None:
        return _fault("unknown_format")
    stream.codec_context.thread_count = 1
    header = container.duration / 1_000_000 if container.duration else None
    tags = _tags(container.metadata | stream.metadata)
    if how_much == HEADER:
        return _NOTHING | {"header_seconds": header, "tags": tags}
    reading = _Reading(container.demux(stream), stream, header, how_much == ALL)
    facts = {"header_seconds": header, "audio_seconds": reading.seconds, "loudest": reading.loudest, "tags": tags}
    if reading.broken > _MAX_BROKEN:
        return _fault("broken", packets=reading.broken) | facts
    return (_NOTHING if reading.seconds > 0 else _fault("no_audio")) | facts


def _fault(kind: str, **known: Any) -> dict[str, Any]:
    return _NOTHING | {"fault": {"kind": kind, **known}}


def _tags(found: dict[str, str]) -> dict[str, str]:
    lowered = {name.lower(): value for name, value in found.items()}
    return {name: lowered[name][:_LONGEST_TAG] for name in _TAGS if lowered.get(name)}


class _Reading:
    """The result of reading all packets of a stream: their length, and what decoding showed."""

    def __init__(
        self, packets: Iterator["Packet[AudioStream]"], stream: AudioStream, header: float | None, decode_all: bool
    ) -> None:
        self.seconds = 0.0
        self.broken = 0
        self.loudest: float | None = None
        self._stream = stream
        self._samples = _to_samples()
        self._heard_format: tuple[object, ...] = ()
        self._frames = 0
        self._read(packets, _Samples(header), decode_all)

    def _read(self, packets: Iterator["Packet[AudioStream]"], samples: "_Samples", decode_all: bool) -> None:
        unit = float(self._stream.time_base or 1)
        first: float | None = None
        end, since_gap = 0.0, _AFTER_A_GAP
        for packet in packets:
            if packet.size == 0 or packet.pts is None:
                continue
            starts = packet.pts * unit
            first = starts if first is None else first
            end = max(end, starts + (packet.duration or 0) * unit)
            if packet.is_corrupt:
                self.broken += 1
            elif decode_all or samples.contain(starts - first):
                fails = self._fails(packet)
                self.broken += fails and since_gap >= _AFTER_A_GAP
                since_gap += 1
            elif since_gap:
                self._stream.codec_context.flush_buffers()
                since_gap = 0
        self.seconds = end - (first or 0.0)

    def _fails(self, packet: "Packet[AudioStream]") -> bool:
        try:
            for frame in self._stream.decode(packet):
                if self._frames % _HEARD_FRAMES == 0:
                    self._hear(frame)
                self._frames += 1
        except FFmpegError:
            return True
        return False

    def _hear(self, frame: AudioFrame) -> None:
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._heard_format:  # it may change within a file that was joined from several
            self._samples, self._heard_format = _to_samples(), form
        for part in self._samples.resample(frame):
            values = memoryview(bytes(part.planes[0])[: 2 * part.samples]).cast("h")
            if len(values):
                self.loudest = max(self.loudest or 0.0, max(values) / 32768, -min(values) / 32768)


def _to_samples() -> av.AudioResampler:
    return av.AudioResampler(format="s16", layout="mono")


class _Samples:
    """The parts of a file that are decoded, in seconds from its start."""

    def __init__(self, length: float | None) -> None:
        whole = length or 0.0
        self._last = whole - SAMPLE_SECONDS
        self._quarters = [whole * share for share in (0.25, 0.5, 0.75)]

    def contain(self, at: float) -> bool:
        """Whether the packet that starts at this time is decoded."""
        if at < SAMPLE_SECONDS or at >= self._last:
            return True
        return any(quarter <= at < quarter + QUARTER_SAMPLE_SECONDS for quarter in self._quarters)


if __name__ == "__main__":
    main()
