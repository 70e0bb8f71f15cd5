"""Which files may be imported, by name, by content and by playing time."""

import pytest
from downloader.domain.verification import ProbedAudio, belongs_to_book, faults_of, faults_of_names


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (["oz.m4b", "cover.jpg", "oz.nfo"], None),
        (["oz.m4b", "setup.EXE"], "a program"),
        (["oz.m4b", "oz.zip"], "an archive"),
        (["oz.m4b", "oz2.mp3.!qB"], "unfinished"),
        (["cover.jpg", "oz.epub"], "no audio"),
        ([], "no audio"),
    ],
)
def test_forbidden_files_are_found_by_their_names(names: list[str], fault: str | None) -> None:
    faults = faults_of_names(names)

    assert fault in faults[0] if fault else faults == []


@pytest.mark.parametrize(
    ("promised", "held", "good"),
    [(3600, 3600, True), (3600, 3550, True), (3600, 1800, False), (60, 56, True), (60, 50, False), (None, 3600, True)],
)
def test_a_file_must_be_as_long_as_its_header_says(promised: float | None, held: float, good: bool) -> None:
    assert (faults_of([ProbedAudio("oz.m4b", promised, held)], [], tolerance=0.05) == []) is good


def test_a_file_that_cannot_be_played_is_named() -> None:
    faults = faults_of(
        [ProbedAudio("oz.m4b", 60, 60), ProbedAudio("2.m4b", None, 0, "cannot be read")], [], tolerance=0.05
    )

    assert faults == ["2.m4b: cannot be read"]


@pytest.mark.parametrize(
    ("minutes", "known", "good"),
    [
        (300, [300], True),
        (286, [300], True),
        (314, [300], True),
        (284, [300], False),
        (600, [300], False),
        (420, [300, 420], True),
        (10, [], True),
    ],
)
def test_playing_time_must_be_that_of_a_known_edition(minutes: float, known: list[float], good: bool) -> None:
    halves = [ProbedAudio(f"{number}.mp3", minutes * 30, minutes * 30) for number in (1, 2)]

    assert (faults_of(halves, known, tolerance=0.05) == []) is good


def test_other_files_are_not_imported() -> None:
    assert [name for name in ("oz.m4b", "cover.jpg", "oz.sqlite") if belongs_to_book(name)] == ["oz.m4b", "cover.jpg"]


def test_the_tolerance_of_the_playing_time_is_a_choice() -> None:
    audio = [ProbedAudio("oz.m4b", 17_400, 17_400)]

    assert faults_of(audio, [320], tolerance=0.05) == ["playing time: got 290.0 minutes, want 320 minutes ±5%"]
    assert faults_of(audio, [320], tolerance=0.1) == []


@pytest.mark.parametrize(
    ("seconds", "loudest", "fault"),
    [
        ([3600], [0.0], "the audio is silent"),
        ([3600, 3600], [0.4, 0.0], "2.mp3: silent"),
        ([3600, 60], [0.4, 0.0], None),
        ([3600], [0.01], None),
        ([3600], [None], None),
    ],
)
def test_a_silent_file_is_a_fault_unless_it_is_a_short_pause(
    seconds: list[float], loudest: list[float | None], fault: str | None
) -> None:
    audio = [
        ProbedAudio(f"{number}.mp3", length, length, loudest=loud)
        for number, (length, loud) in enumerate(zip(seconds, loudest, strict=True), 1)
    ]

    assert faults_of(audio, [], tolerance=0.05) == ([fault] if fault else [])


def test_a_missing_number_is_a_fault_unless_the_playing_time_is_complete() -> None:
    audio = [ProbedAudio(f"{number:02} Ozma.mp3", 1800, 1800) for number in (1, 2, 4, 5)]

    assert faults_of(audio, [122], tolerance=0.05) == ["incomplete: 4 numbered files, without 3"]
    assert faults_of(audio, [120], tolerance=0.05) == []
