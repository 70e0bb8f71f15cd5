"""Files that are hostile to decoders: they are a fault, within limits of memory and time, and open nothing else."""

import io
import os
import random
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from av.audio.stream import AudioStream
from downloader.adapters.av_probe import AvProbe, Limits
from downloader.domain.verification import ProbedAudio, faults_of
from sandbox.content import Tags, audio_content

TAGS = Tags("Ozma of Oz", "Oz")
GIGABYTE = 1 << 30
FEW_SECONDS = Limits(memory_bytes=1 << 30, cpu_seconds=3, wall_seconds=120)
LIMITED = """import json, sys
from downloader.adapters import audio_reader
audio_reader._limit(json.load(sys.stdin)["limits"])
print("ready", flush=True)
"""
SESSION = (
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=Oz\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 14\na=rtpmap:14 MPA/90000\n"
)
STREAMS = (
    "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{uri}\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile '{uri}'\n",
    "[playlist]\nFile1={uri}\nNumberOfEntries=1\n",
    '<?xml version="1.0"?><MPD><Period><BaseURL>{uri}</BaseURL></Period></MPD>',
    "<ASX version='3.0'><Entry><Ref href='{uri}'/></Entry></ASX>",
    "RTSPtext\r\n{uri}\r\n",
)


async def probe_of(folder: Path, name: str, write: Callable[[io.BufferedWriter], None]) -> ProbedAudio:
    """What the probe finds in a file that `write` fills."""
    path = folder / name
    with path.open("wb") as file:
        write(file)
    (fact,) = await AvProbe(decode_all=False, limits=FEW_SECONDS).probe([path], folder)
    return fact


def box(name: bytes, *parts: bytes) -> bytes:
    """One box of an MPEG-4 file."""
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, name) + content


def sparse(file: io.BufferedWriter, size: int) -> None:
    """Extend the file by a hole."""
    file.truncate(file.tell() + size)
    file.seek(0, os.SEEK_END)


@pytest.mark.parametrize("name", ["x.mp3", "x.m4b", "x.ogg", "x.wma"])
async def test_a_playlist_opens_neither_an_address_nor_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "real.mp3").write_bytes(audio_content("real.mp3", 60, TAGS))
    files = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        port = listening.getsockname()[1]
        uris = [f"http://127.0.0.1:{port}/x", f"tcp://127.0.0.1:{port}", f"file://{tmp_path}/real.mp3", "real.mp3"]
        for number, (text, uri) in enumerate((text, uri) for text in (*STREAMS, SESSION) for uri in uris):
            path = tmp_path / f"{number}-{name}"
            path.write_text(text.replace("{uri}", uri).replace("{port}", str(port)))
            files.append(path)

        facts = await AvProbe(decode_all=False).probe(files, tmp_path)

        with pytest.raises(BlockingIOError):
            listening.accept()
    assert len(facts) == len(files)
    assert [fact for fact in facts if fact.fault is None or fact.audio_seconds > 0] == []


def movie_with_tag(file: io.BufferedWriter) -> None:
    """An MPEG-4 file whose title is a gigabyte long."""
    lengths = [GIGABYTE + 16 + extra for extra in (0, 8, 16, 28, 36, 44)]
    data, name, items, meta, user, movie = lengths
    file.write(box(b"ftyp", b"M4B \0\0\0\0"))
    for size, kind in ((movie, b"moov"), (user, b"udta"), (meta, b"meta")):
        file.write(struct.pack(">I4s", size, kind))
    file.write(bytes(4))
    for size, kind in ((items, b"ilst"), (name, b"\xa9nam"), (data, b"data")):
        file.write(struct.pack(">I4s", size, kind))
    file.write(struct.pack(">II", 1, 0))
    sparse(file, GIGABYTE)


def flac_with_comments(file: io.BufferedWriter) -> None:
    """A FLAC file with 64 blocks of pictures, each as large as a block can be."""
    file.write(b"fLaC\x00\x00\x00\x22" + bytes(34))
    for _ in range(GIGABYTE >> 24):
        file.write(b"\x06\xff\xff\xff" + struct.pack(">II", 3, 9) + b"image/png" + bytes(20))
        file.write(struct.pack(">I", (1 << 24) - 1 - 41))
        sparse(file, (1 << 24) - 1 - 41)


def wave_with_list(file: io.BufferedWriter) -> None:
    """A WAV file whose title is a gigabyte long."""
    file.write(b"RIFF" + struct.pack("<I", GIGABYTE + 40) + b"WAVE")
    file.write(b"LIST" + struct.pack("<I", GIGABYTE + 12) + b"INFOINAM" + struct.pack("<I", GIGABYTE))
    sparse(file, GIGABYTE)


@pytest.mark.parametrize("write", [movie_with_tag, flac_with_comments, wave_with_list])
async def test_a_gigabyte_of_metadata_is_a_fault(tmp_path: Path, write: Callable[[io.BufferedWriter], None]) -> None:
    fact = await probe_of(tmp_path, "oz.m4b", write)

    assert fact.fault is not None
    assert sum(map(len, fact.tags.values())) < 3000


def index_of_four_billion_samples(file: io.BufferedWriter) -> None:
    """An MPEG-4 file whose tables describe more samples than fit into memory."""
    full = bytes(4)
    entry = box(b"mp4a", bytes(6), struct.pack(">H", 1), bytes(8), struct.pack(">HHHHI", 1, 16, 0, 0, 8000 << 16))
    most = 0xFFFFFFFF
    table = box(
        b"stbl",
        box(b"stsd", full, struct.pack(">I", 1), entry),
        box(b"stts", full, struct.pack(">III", 1, most, 1)),
        box(b"stsc", full, struct.pack(">IIII", 1, 1, most, 1)),
        box(b"stsz", full, struct.pack(">II", 1, most)),
        box(b"stco", full, struct.pack(">II", 1, 8)),
    )
    media = box(
        b"mdia",
        box(b"mdhd", full, bytes(8), struct.pack(">II", 8000, most), bytes(4)),
        box(b"hdlr", full, bytes(4), b"soun", bytes(13)),
        box(b"minf", box(b"smhd", full, bytes(4)), table),
    )
    header = box(b"tkhd", b"\0\0\0\7", bytes(8), struct.pack(">I", 1), bytes(68))
    file.write(box(b"ftyp", b"M4B \0\0\0\0") + box(b"moov", box(b"trak", header, media)) + box(b"mdat", bytes(100)))


def zeros(file: io.BufferedWriter) -> None:
    """A file in which no frame ever begins."""
    sparse(file, GIGABYTE // 8)


def endless_wave(file: io.BufferedWriter) -> None:
    """A WAV file without a length, as a stream has it, whose rate makes a second of each byte."""
    file.write(b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 1, 1, 1, 8))
    file.write(b"data\xff\xff\xff\xff")
    sparse(file, GIGABYTE // 8)


def boxes_in_boxes(file: io.BufferedWriter) -> None:
    """An MPEG-4 file with thousands of boxes, each in the one before."""
    inner = b""
    for _ in range(5000):
        inner = box(b"udta", inner)
    file.write(box(b"ftyp", b"M4B \0\0\0\0") + box(b"moov", inner))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("oz.m4b", index_of_four_billion_samples),
        ("oz.mp3", zeros),
        ("oz.aac", zeros),
        ("oz.wav", endless_wave),
        ("oz.m4b", boxes_in_boxes),
    ],
)
async def test_an_endless_file_ends_within_the_limits_and_is_not_imported(
    tmp_path: Path, name: str, write: Callable[[io.BufferedWriter], None]
) -> None:
    fact = await probe_of(tmp_path, name, write)

    assert faults_of([fact], [300], tolerance=0.05) != []


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
async def test_what_is_no_regular_file_is_a_fault(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "oz.mp3"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        path.mkdir()

    (fact,) = await AvProbe(decode_all=False, limits=FEW_SECONDS).probe([path], path.parent)

    assert (fact.fault or "").startswith("cannot be read")


def damaged(whole: bytes, how: random.Random) -> bytes:
    """The file cut, or with changed bytes in its header or anywhere."""
    content = bytearray(whole)
    kind = how.randrange(3)
    if kind == 0:
        return bytes(content[: how.randrange(len(content))])
    end = min(len(content), 2000) if kind == 1 else len(content)
    for _ in range(how.randrange(1, 40)):
        content[how.randrange(end)] = how.choice([0, 255, 127, 128, how.randrange(256)])
    return bytes(content)


@pytest.mark.parametrize("name", ["oz.m4b", "oz.mp3", "oz.flac", "oz.wav"])
async def test_every_damaged_file_is_read_or_has_a_named_fault(tmp_path: Path, name: str) -> None:
    """None of them ends the reader, so that the files after it are read."""
    how = random.Random(name)
    whole = audio_content(name, 10, TAGS) if name in ("oz.m4b", "oz.mp3") else tone(name)
    files = [tmp_path / f"{number}-{name}" for number in range(60)]
    for path in files:
        path.write_bytes(damaged(whole, how))

    facts = await AvProbe(decode_all=True).probe(files, tmp_path)

    assert len(facts) == len(files)
    assert [fact.fault for fact in facts if "audio reader" in (fact.fault or "")] == []


async def test_a_file_that_was_joined_from_parts_of_different_rates_is_read(tmp_path: Path) -> None:
    joined = tone("1.mp3", rate=44_100) + tone("2.mp3", rate=22_050)
    path = tmp_path / "oz.mp3"
    path.write_bytes(joined)

    (fact,) = await AvProbe(decode_all=True).probe([path], tmp_path)

    assert fact.fault is None
    assert (fact.loudest or 0) > 0.1


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("open({path!r}, 'wb', 0).write(bytes(1))", "File too large"),
        ("bytearray(3 << 30)", "MemoryError"),
        ("[open('/dev/null') for _ in range(100)]", "Too many open files"),
    ],
)
def test_the_limits_of_the_reader_hold(tmp_path: Path, program: str, error: str) -> None:
    task = '{"limits": {"memory_bytes": 1073741824, "cpu_seconds": 30, "wall_seconds": 60}}'
    code = LIMITED + program.replace("{path!r}", repr(str(tmp_path / "written")))

    ended = subprocess.run([sys.executable, "-c", code], input=task, capture_output=True, text=True, check=False)

    assert ended.stdout == "ready\n"
    assert error in ended.stderr


def tone(name: str, *, rate: int = 8000, seconds: int = 3) -> bytes:
    """A file with a loud square wave, in the format of its name."""
    codec = {".mp3": "mp3", ".flac": "flac", ".wav": "pcm_s16le"}[Path(name).suffix]
    content = io.BytesIO()
    with av.open(content, "w", format=Path(name).suffix[1:]) as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, AudioStream)
        wanted = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        wave = struct.pack("<20h", *[20_000] * 10, *[-20_000] * 10) * (rate * seconds // 20)
        for start in range(0, len(wave), 2 * 1152):
            part = wave[start : start + 2 * 1152]
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(part) // 2)
            frame.planes[0].update(part.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts = rate, start // 2
            for resampled in wanted.resample(frame):
                container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))
    return content.getvalue()
