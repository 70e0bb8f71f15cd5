"""Real audio files, complete and incomplete."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from downloader.adapters.av_probe import AvProbe, Limits
from downloader.domain.verification import ProbedAudio, faults_of
from sandbox.content import Tags, audio_content
from shared.contracts.translatable import translatables

TAGS = Tags("Ozma of Oz", "Oz")
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:{port}/x.mp3\n#EXT-X-ENDLIST\n"
READS = "import json, os, signal, sys, time; json.load(sys.stdin); print('ready', flush=True)"
CRASHES_AT_THE_SECOND = f"""{READS}
print(json.dumps(dict(header_seconds=1, audio_seconds=1, loudest=0.5, fault=None, tags={{}})), flush=True)
os.kill(os.getpid(), signal.SIGSEGV)"""


def reader(program: str) -> list[str]:
    """A program in place of the audio reader."""
    return [sys.executable, "-c", program]


async def probed(folder: Path, name: str, content: bytes, *, decode_all: bool = False) -> ProbedAudio:
    (folder / name).write_bytes(content)
    (fact,) = await AvProbe(decode_all=decode_all).probe([folder / name], folder)
    return fact


@pytest.mark.parametrize("name", ["oz.m4b", "oz.mp3"])
@pytest.mark.parametrize("decode_all", [True, False])
async def test_a_complete_file_is_as_long_as_its_header_says(tmp_path: Path, name: str, decode_all: bool) -> None:
    fact = await probed(tmp_path, name, audio_content(name, 3600, TAGS), decode_all=decode_all)

    assert fact.fault is None
    assert fact.audio_seconds == pytest.approx(3600, rel=0.01)
    assert faults_of([fact], [60], tolerance=0.05) == []


@pytest.mark.parametrize("name", ["oz.m4b", "oz.mp3"])
@pytest.mark.parametrize("minutes", [1, 60, 600])
async def test_a_file_cut_off_in_the_middle_is_found(tmp_path: Path, name: str, minutes: int) -> None:
    whole = audio_content(name, 60 * minutes, TAGS)

    fact = await probed(tmp_path, name, whole[: len(whole) // 2])

    assert faults_of([fact], [], tolerance=0.05) != []


@pytest.mark.parametrize("content", [b"", b"not audio", b"<html>sign in</html>", b"\x00" * 5000])
async def test_a_file_without_audio_has_a_fault(tmp_path: Path, content: bytes) -> None:
    fact = await probed(tmp_path, "oz.m4b", content)

    assert fact.fault is not None


async def test_damage_in_the_middle_is_found_when_all_is_decoded(tmp_path: Path) -> None:
    whole = bytearray(audio_content("oz.mp3", 600, TAGS))
    whole[200_000:400_000] = bytes(range(256)) * 781 + bytes(64)

    fact = await probed(tmp_path, "oz.mp3", bytes(whole), decode_all=True)

    assert faults_of([fact], [10], tolerance=0.05) != []


async def test_damage_at_a_quarter_is_found_when_samples_are_decoded(tmp_path: Path) -> None:
    whole = bytearray(audio_content("oz.mp3", 3600, TAGS))
    quarter = whole.index(b"\xff\xe3", len(whole) // 4)
    for frame in range(quarter, quarter + 100 * 72, 72):
        whole[frame + 4 : frame + 72] = bytes([0xFF]) * 68

    fact = await probed(tmp_path, "oz.mp3", bytes(whole))

    assert fact.fault is not None
    assert "do not decode" in fact.fault
    assert translatables(fault=fact.fault)["fault"].code == "audio.broken"


@pytest.mark.parametrize("name", ["oz.m4b", "oz.mp3"])
@pytest.mark.parametrize("decode_all", [True, False])
async def test_silence_is_told_from_sound(tmp_path: Path, name: str, decode_all: bool) -> None:
    silent = await probed(tmp_path, name, audio_content(name, 600, TAGS, silent=True), decode_all=decode_all)
    audible = await probed(tmp_path, name, audio_content(name, 600, TAGS), decode_all=decode_all)

    assert (silent.is_silent, audible.is_silent) == (True, False)


async def test_an_enormous_tag_does_not_exhaust_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "oz.mp3"
    with path.open("wb") as file:
        file.write(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + b"TXXX\x7f\x7f\x7f\x75\x00\x00")
        file.seek((1 << 28) - 17, os.SEEK_CUR)  # the most that an ID3 tag can hold
        file.write(b"\x00")
        file.write(audio_content("oz.mp3", 60, TAGS))

    (fact,) = await AvProbe(decode_all=False).probe([path], tmp_path)

    assert fact.fault is not None or all(len(value) <= 300 for value in fact.tags.values())


async def test_tags_are_read(tmp_path: Path) -> None:
    facts = [await probed(tmp_path, name, audio_content(name, 60, TAGS)) for name in ("oz.m4b", "oz.mp3")]

    assert [(fact.tags["title"], fact.tags["album"]) for fact in facts] == [("Ozma of Oz", "Oz")] * 2


async def test_the_content_of_a_file_decides_its_format_not_its_name(tmp_path: Path) -> None:
    fact = await probed(tmp_path, "oz.mp3", audio_content("oz.m4b", 60, TAGS))

    assert (fact.fault, round(fact.audio_seconds)) == (None, 60)


@pytest.mark.parametrize("name", ["x.mp3", "x.m4b", "x.ogg", "x.aac", "x.flac", "x.wav", "x.wma"])
@pytest.mark.parametrize("script", ["ffconcat version 1.0\nfile {name}\n", "file real.mp3\n" * 400, PLAYLIST])
async def test_a_script_that_references_other_files_is_not_audio(tmp_path: Path, name: str, script: str) -> None:
    (tmp_path / "real.mp3").write_bytes(audio_content("real.mp3", 60, TAGS))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        port = listening.getsockname()[1]

        fact = await probed(tmp_path, name, script.replace("{name}", name).replace("{port}", str(port)).encode())

        with pytest.raises(BlockingIOError):
            listening.accept()
    assert (fact.fault or "").startswith(("cannot be read", "has no audio"))


async def test_a_file_that_takes_too_much_processor_time_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "oz.mp3").write_bytes(audio_content("oz.mp3", 36_000, TAGS))
    probe = AvProbe(decode_all=True, limits=Limits(1 << 30, 1, 60))

    (fact,) = await probe.probe([tmp_path / "oz.mp3"], tmp_path)

    assert fact.fault == "cannot be read within 1 s of processor time"


async def test_a_file_that_crashes_the_reader_has_a_fault(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{number}.mp3" for number in (1, 2, 3))
    for path in (first, second, third):
        path.write_bytes(b"")

    facts = await AvProbe(decode_all=False, reader=reader(CRASHES_AT_THE_SECOND)).probe(
        [first, second, third], tmp_path
    )

    assert [(fact.name, fact.fault) for fact in facts] == [
        ("1.mp3", None),
        ("2.mp3", "cannot be read: it crashed the audio reader (SIGSEGV)"),
    ]


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("raise SystemExit(1)", "does not start"),
        (f"{READS}; os.kill(os.getpid(), signal.SIGKILL)", "was stopped"),
        (f"{READS}; signal.alarm(1); time.sleep(60)", "took longer"),
        (f"{READS}; time.sleep(60)", "took longer"),
    ],
)
async def test_a_failure_that_the_file_did_not_cause_is_an_error(tmp_path: Path, program: str, words: str) -> None:
    (tmp_path / "oz.mp3").write_bytes(b"")
    probe = AvProbe(decode_all=False, reader=reader(program), limits=Limits(1 << 30, 1, 1))

    with pytest.raises(OSError, match=words):
        await probe.probe([tmp_path / "oz.mp3"], tmp_path)


async def test_a_reader_with_endless_output_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "oz.mp3").write_bytes(b"")
    endless = f"{READS}\nwhile True: print('x' * 100000, end='', flush=True)"
    probe = AvProbe(decode_all=False, reader=reader(endless), limits=Limits(1 << 30, 600, 600))

    with pytest.raises(OSError, match="was stopped"):
        await probe.probe([tmp_path / "oz.mp3"], tmp_path)


async def test_a_reader_that_is_killed_with_a_full_pipe_has_ended(tmp_path: Path) -> None:
    (tmp_path / "oz.mp3").write_bytes(b"")
    many_lines = f"{READS}\nprint('{{}}\\n' * 1_000_000, flush=True); time.sleep(3600)"
    probe = AvProbe(decode_all=False, reader=reader(many_lines), limits=Limits(1 << 30, 600, 600))

    async with asyncio.timeout(60):
        (fact,) = await probe.probe([tmp_path / "oz.mp3"], tmp_path)

    assert fact.fault == "cannot be read: the audio reader returned no valid result"


async def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.mp3").write_bytes(audio_content("real.mp3", 60, TAGS))
    (tmp_path / "oz.mp3").symlink_to(tmp_path / "real.mp3")

    (fact,) = await AvProbe(decode_all=False).probe([tmp_path / "oz.mp3"], tmp_path)

    assert fact.fault is not None


def test_the_service_does_not_load_ffmpeg() -> None:
    program = "import sys, downloader.app; raise SystemExit('av' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
