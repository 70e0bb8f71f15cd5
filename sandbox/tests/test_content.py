import io
from pathlib import Path
from typing import Any

import av
import pytest
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from sandbox.content import content_paths, file_content, write_content
from sandbox.mpeg3 import FRAME_SECONDS
from sandbox.world import Offer


def an_offer(*names: str, minutes: float = 90, truncated: bool = False, **changes: Any) -> Offer:
    files = [{"name": name, "truncated": truncated} for name in names or ("Ozma of Oz.m4b",)]
    for file in files:
        if not str(file["name"]).endswith(("jpg", "nfo", "epub")):
            file["duration_minutes"] = minutes
    facts = {"id": "1", "indexer": "mam", "title": "Ozma of Oz", "authors": ["L. Frank Baum"], "size_bytes": 1}
    return Offer.model_validate({**facts, "files": files, **changes})


def decoded_seconds(content: bytes) -> float:
    """The start of the last frame that decodes."""
    last = 0.0
    with av.open(io.BytesIO(content), "r") as container:
        try:
            for frame in container.decode(audio=0):
                last = float(frame.time or 0)
        except av.error.InvalidDataError:
            pass
    return last


def loudest(content: bytes) -> int:
    """The loudest sample, of 32,768."""
    resampler = av.AudioResampler(format="s16", layout="mono")
    with av.open(io.BytesIO(content), "r") as container:
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    values = [memoryview(bytes(part.planes[0])[: 2 * part.samples]).cast("h") for part in parts]
    return max(max(each) for each in values if len(each))


def claimed_seconds(content: bytes) -> float:
    with av.open(io.BytesIO(content), "r") as container:
        return (container.duration or 0) / 1_000_000


@pytest.mark.parametrize("minutes", [1.5, 95, 600, 4600])
def test_an_m4b_reports_its_duration_and_decodes_to_its_end(minutes: float) -> None:
    content = file_content(an_offer(minutes=minutes), 0)
    info = MP4(io.BytesIO(content)).info
    assert info is not None
    assert info.length == pytest.approx(minutes * 60, rel=0.01)
    assert claimed_seconds(content) == pytest.approx(minutes * 60, rel=0.01)
    assert decoded_seconds(content) >= minutes * 60 - 31
    assert len(content) < 150_000


def test_an_mp3_has_the_duration_that_it_reports() -> None:
    content = file_content(an_offer("01 - Ozma of Oz.mp3", minutes=20), 0)
    info = MP3(io.BytesIO(content)).info
    assert info is not None
    assert info.length == pytest.approx(1200, abs=FRAME_SECONDS)
    assert claimed_seconds(content) == pytest.approx(1200, abs=1)
    assert decoded_seconds(content) == pytest.approx(1200, abs=1)


@pytest.mark.parametrize("name", ["Ozma of Oz.m4b", "Ozma of Oz.mp3"])
def test_a_truncated_file_claims_its_full_duration_but_does_not_contain_it(name: str) -> None:
    content = file_content(an_offer(name, truncated=True), 0)
    assert claimed_seconds(content) == pytest.approx(5400, rel=0.01)
    assert decoded_seconds(content) < 0.8 * 5400


def test_the_tags_contain_title_author_and_narrator() -> None:
    tags = MP4(io.BytesIO(file_content(an_offer(narrators=["Maud Ellery"]), 0))).tags
    assert tags is not None
    assert (tags["\xa9alb"], tags["\xa9ART"], tags["\xa9wrt"]) == (["Ozma of Oz"], ["L. Frank Baum"], ["Maud Ellery"])


def test_the_same_offer_always_has_the_same_content() -> None:
    names = ("01.mp3", "02.m4b", "cover.jpg", "info.nfo", "book.epub")
    first, second = an_offer(*names, minutes=5), an_offer(*names, minutes=5)
    assert [file_content(first, n) for n in range(5)] == [file_content(second, n) for n in range(5)]


def test_a_cover_opens_as_an_image() -> None:
    with av.open(io.BytesIO(file_content(an_offer("cover.jpg"), 0)), "r") as picture:
        assert next(picture.decode(video=0)).width == 16


def test_a_single_file_has_no_folder_but_several_files_have_one() -> None:
    assert [str(path) for path in content_paths(an_offer())] == ["Ozma of Oz.m4b"]
    several = an_offer("1.m4b", "2.m4b", title="Oz 3/4")
    assert [str(path) for path in content_paths(several)] == ["Oz 3_4/1.m4b", "Oz 3_4/2.m4b"]
    assert str(content_paths(an_offer(folder="Oz"))[0]) == "Oz/Ozma of Oz.m4b"


def test_the_content_is_written_and_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    offer = an_offer("1.m4b", "cover.jpg", folder="Oz")
    (tmp_path / "Oz").mkdir()
    (tmp_path / "Oz" / "cover.jpg").write_text("mine")
    audio, cover = write_content(offer, tmp_path)
    assert audio.read_bytes() == file_content(offer, 0)
    assert cover.read_text() == "mine"


@pytest.mark.parametrize("name", ["Ozma of Oz.m4b", "Ozma of Oz.mp3"])
def test_audio_can_be_heard_unless_the_file_is_silent(name: str) -> None:
    heard, silent = an_offer(name, minutes=1), an_offer(name, minutes=1)
    silent = silent.model_copy(update={"files": [silent.files[0].model_copy(update={"silent": True})]})
    assert loudest(file_content(heard, 0)) > 200
    assert loudest(file_content(silent, 0)) == 0
