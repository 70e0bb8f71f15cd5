"""Real audio, whole and cut off, read to its end."""

from pathlib import Path

import pytest
from downloader.adapters.av_probe import AvProbe
from downloader.domain.verification import ProbedAudio, faults_of
from sandbox.content import Tags, audio_content

TAGS = Tags("Ozma of Oz", "Oz")


async def probed(folder: Path, name: str, content: bytes, *, decode_all: bool = False) -> ProbedAudio:
    (folder / name).write_bytes(content)
    (fact,) = await AvProbe(decode_all=decode_all).probe([folder / name], folder)
    return fact


@pytest.mark.parametrize("name", ["oz.m4b", "oz.mp3"])
@pytest.mark.parametrize("decode_all", [True, False])
async def test_a_whole_file_holds_what_it_promises(tmp_path: Path, name: str, decode_all: bool) -> None:
    fact = await probed(tmp_path, name, audio_content(name, 3600, TAGS), decode_all=decode_all)

    assert fact.fault is None
    assert fact.held_seconds == pytest.approx(3600, rel=0.01)
    assert faults_of([fact], [60]) == []


@pytest.mark.parametrize("name", ["oz.m4b", "oz.mp3"])
@pytest.mark.parametrize("minutes", [1, 60, 600])
async def test_a_file_cut_off_in_the_middle_is_found(tmp_path: Path, name: str, minutes: int) -> None:
    whole = audio_content(name, 60 * minutes, TAGS)

    fact = await probed(tmp_path, name, whole[: len(whole) // 2])

    assert faults_of([fact], []) != []


@pytest.mark.parametrize("content", [b"", b"not audio", b"<html>sign in</html>", b"\x00" * 5000])
async def test_what_is_no_audio_is_a_fault_and_no_error(tmp_path: Path, content: bytes) -> None:
    fact = await probed(tmp_path, "oz.m4b", content)

    assert fact.fault is not None


async def test_damage_in_the_middle_is_found_when_all_is_decoded(tmp_path: Path) -> None:
    whole = bytearray(audio_content("oz.mp3", 600, TAGS))
    whole[200_000:400_000] = bytes(range(256)) * 781 + bytes(64)

    fact = await probed(tmp_path, "oz.mp3", bytes(whole), decode_all=True)

    assert faults_of([fact], [10]) != []
