"""Merges audio files into one MPEG-4 audiobook (m4b) with chapters. It runs only in the process of `audio_converter`.

Files with the same AAC are joined packet by packet, without a loss. Others are decoded and encoded as AAC, with at most
the bitrate of the files. The files are read one after the other, so that the memory does not depend on their length.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePath
from typing import Any

import av
from av.audio.fifo import AudioFifo
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from shared.contracts.library.chapters import Chapter
from shared.translatable import translatable

from downloader.adapters.audio_reader import container_of, opened
from downloader.domain.audio_order import NumberedFile, playing_order
from downloader.domain.chapters import ListedChapters, MergedFile, merged_chapters

FORMAT = "ipod"
"""FFmpeg's name of the MPEG-4 dialect that m4b files are written in."""
_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
"""The sample rates of AAC that every player knows."""
_MOST_CHANNELS = 2
_MOST_BITS_OF_CHANNEL = 64_000
"""More than this for each channel cannot be heard in AAC of speech."""
_FRAME_SAMPLES = 1024
_MAX_BROKEN = 5
"""Packets of one file that may fail to decode; more are damage, as in the verification."""
_LONGEST_TAG = 300
Report = Callable[[float], None]


class CannotMerge(Exception):
    """The files cannot be merged; the message says why."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged file: the seconds that were written, its chapters, and how it was made."""

    seconds: float
    chapters: Sequence[Chapter]
    how: str


@dataclass(slots=True)
class _Source:
    """One file, as its header describes it."""

    path: str
    name: str
    codec: str
    rate: int
    channels: int
    bit_rate: int
    setup: bytes
    title: str
    disc: int | None
    track: int | None
    chapters: list[Chapter]


def merge(
    paths: Sequence[str], names: Sequence[str], target: str, listed: ListedChapters | None, report: Report
) -> Merged:
    """Merge the files, whose relative names are `names`, to `target`. `report` receives the seconds written so far.

    Raises `CannotMerge`, `UnknownOrder`, `FFmpegError` and OSError.
    """
    sources = [_described(path, name) for path, name in zip(paths, names, strict=True)]
    order = playing_order([NumberedFile(each.name, each.disc, each.track) for each in sources])
    sources = [sources[at] for at in order]
    first = sources[0]
    same = all(
        (each.codec, each.rate, each.channels, each.setup) == ("aac", first.rate, first.channels, first.setup)
        for each in sources
    )
    with av.open(target, mode="w", format=FORMAT, options={"movflags": "faststart"}) as output:
        if same and first.setup:
            seconds, how = _joined(sources, output, report), "without encoding it again"
        else:
            seconds, how = _encoded(sources, output, report)
        files = [
            MergedFile(PurePath(each.name).stem, each.title, length, each.chapters)
            for each, length in zip(sources, seconds, strict=True)
        ]
        chapters = merged_chapters(files, listed)
        output.set_chapters(_av_chapters(chapters, sum(seconds)))
    return Merged(sum(seconds), chapters, how)


@contextmanager
def _audio(path: str) -> Iterator[tuple[InputContainer, AudioStream]]:
    """The opened file and its audio stream. Raises `CannotMerge`, `FFmpegError` and OSError."""
    with opened(path) as file, container_of(file, path) as container:
        if not container.streams.audio:
            raise CannotMerge(_no_audio(PurePath(path).name))
        stream = container.streams.audio[0]
        stream.codec_context.thread_count = 1
        yield container, stream


def _described(path: str, name: str) -> _Source:
    with _audio(path) as (container, stream):
        context = stream.codec_context
        tags = {key.lower(): value for key, value in (container.metadata | stream.metadata).items()}
        return _Source(
            path,
            name,
            codec=context.name,
            rate=context.sample_rate,
            channels=context.layout.nb_channels,
            bit_rate=stream.bit_rate or container.bit_rate or 0,
            setup=bytes(context.extradata or b""),
            title=tags.get("title", "")[:_LONGEST_TAG],
            disc=_number(tags.get("disc")),
            track=_number(tags.get("track")),
            chapters=_chapters_in(container),
        )


def _number(tag: str | None) -> int | None:
    """The number in a tag such as "3" or "3/12"; None if there is none."""
    text = (tag or "").split("/")[0].strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else None


def _chapters_in(container: InputContainer) -> list[Chapter]:
    found: list[Chapter] = []
    for each in container.chapters():
        title = " ".join(str(each["metadata"].get("title", "")).split())[:_LONGEST_TAG]
        unit = each["time_base"]
        if unit is not None and each["start"] is not None:
            found.append(Chapter(title or f"Chapter {len(found) + 1}", max(0, round(each["start"] * unit * 1000))))
    return sorted(found, key=lambda each: each.start_ms)


def _av_chapters(chapters: Sequence[Chapter], seconds: float) -> list[Any]:
    ends = [*(each.start_ms for each in chapters[1:]), round(seconds * 1000)]
    return [
        {
            "id": number,
            "start": each.start_ms,
            "end": max(end, each.start_ms),
            "time_base": Fraction(1, 1000),
            "metadata": {"title": each.title},
        }
        for number, (each, end) in enumerate(zip(chapters, ends, strict=True))
    ]


def _joined(sources: Sequence[_Source], output: OutputContainer, report: Report) -> list[float]:
    """Write the packets of all files one after the other, and return the length of each file in seconds."""
    lengths: list[float] = []
    written: AudioStream | None = None
    start = 0
    for source in sources:
        with _audio(source.path) as (container, stream):
            if written is None:
                written = output.add_stream_from_template(stream)
            unit, rate = stream.time_base or Fraction(1, source.rate), source.rate
            first: int | None = None
            end = start
            for packet in container.demux(stream):
                if packet.size == 0 or packet.pts is None:
                    continue
                at = round(packet.pts * unit * rate)
                first = at if first is None else first
                length = round((packet.duration or 0) * unit * rate) or _FRAME_SAMPLES
                packet.pts = packet.dts = max(start + at - first, end)
                packet.duration, packet.time_base, packet.stream = length, Fraction(1, rate), written
                end = packet.pts + length
                output.mux(packet)
                report(end / rate)
        if end == start:
            raise CannotMerge(_no_audio(source.name))
        lengths.append((end - start) / source.rate)
        start = end
    return lengths


def _encoded(sources: Sequence[_Source], output: OutputContainer, report: Report) -> tuple[list[float], str]:
    """Decode all files and encode them as one stream; return the length of each file in seconds, and how."""
    rate = min((each for each in _RATES if each >= max(source.rate for source in sources)), default=_RATES[-1])
    layout = "stereo" if max(source.channels for source in sources) >= _MOST_CHANNELS else "mono"
    channels = 2 if layout == "stereo" else 1
    known = [source.bit_rate for source in sources if source.bit_rate > 0]
    bit_rate = min([_MOST_BITS_OF_CHANNEL * channels, *([max(known)] if known else [])])
    stream = output.add_stream("aac", rate=rate, layout=layout)
    stream.bit_rate = bit_rate
    stream.codec_context.thread_count = 1
    fifo = AudioFifo()
    lengths: list[float] = []
    samples = encoded = 0

    def encode(*, flush: bool) -> None:
        nonlocal encoded
        while fifo.samples >= _FRAME_SAMPLES or (flush and fifo.samples):
            frame = fifo.read(_FRAME_SAMPLES, partial=flush)
            if frame is None:
                return
            frame.pts, frame.time_base = encoded, Fraction(1, rate)
            encoded += frame.samples
            output.mux(stream.encode(frame))

    for source in sources:
        before = samples
        for frame in _decoded(source, layout, rate):
            frame.pts = None
            samples += frame.samples
            fifo.write(frame)
            encode(flush=False)
            report(samples / rate)
        if samples == before:
            raise CannotMerge(_no_audio(source.name))
        lengths.append((samples - before) / rate)
    encode(flush=True)
    output.mux(stream.encode(None))
    return lengths, f"encoded as AAC with {bit_rate // 1000} kbit/s"


def _decoded(source: _Source, layout: str, rate: int) -> Iterator[Any]:
    """The frames of a file with this layout and sample rate. Raises `CannotMerge` if much does not decode."""
    resampler = av.AudioResampler(format="fltp", layout=layout, rate=rate)
    broken = 0
    with _audio(source.path) as (container, stream):
        for packet in container.demux(stream):
            try:
                frames = stream.decode(packet)
            except FFmpegError:
                broken += 1
                if broken > _MAX_BROKEN:
                    words = f"{source.name}: more than {_MAX_BROKEN} packets do not decode"
                    raise CannotMerge(
                        translatable("audio.many_broken", words, name=source.name, packets=_MAX_BROKEN)
                    ) from None
                continue
            for frame in frames:
                yield from resampler.resample(frame)
        yield from resampler.resample(None)


def _no_audio(name: str) -> str:
    return translatable("audio.file_without_audio", f"{name} has no audio", name=name)
