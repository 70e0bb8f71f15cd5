"""Whether finished files may be imported, from their names and the probed audio."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from shared.contracts.downloads.imports import WaitingImportKind
from shared.translatable import about, translatable

from downloader.domain.numbering import missing_numbers
from downloader.domain.playing_time import nearest

AUDIO = frozenset({".m4b", ".m4a", ".mp3", ".mp4", ".flac", ".ogg", ".oga", ".opus", ".aac", ".wma", ".wav", ".aax"})
COMPANIONS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".epub", ".txt", ".nfo", ".cue", ".opf", ".json", ".md", ".m3u",
     ".m3u8", ".html", ".htm", ".log", ".sfv", ".md5", ".url", ".rtf", ".mobi", ".azw3"}
)  # fmt: skip
PROGRAMS = frozenset(
    {".exe", ".msi", ".bat", ".cmd", ".com", ".scr", ".pif", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".ps1", ".lnk",
     ".jar", ".apk", ".app", ".dmg", ".pkg", ".deb", ".rpm", ".sh", ".dll", ".hta", ".reg", ".iso"}
)  # fmt: skip
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".bz2", ".xz", ".r00", ".r01"})
UNFINISHED = frozenset({".!qb", ".parts", ".part"})

_CUT_OFF = 0.02
_CUT_OFF_SECONDS = 5.0
"""How much shorter than in its header a file's audio may be: the larger of a fiftieth and five seconds."""
_SILENCE = 0.001
"""The loudest sample of silence, -60 dB of full scale: the noise of a quiet recording is louder."""
_SILENT_SECONDS = 120.0
"""A longer file without any sound is a fault; a shorter one may be a pause between parts."""
_SAME_RECORDING = 0.01
"""Playing times that differ by at most this share are those of the same, complete recording."""
_ROUNDED_MINUTES = 0.5
"""Catalogues have playing times in whole minutes."""


CONTENTS = "contents: "
_PLAYING_TIME = "playing time: "
_DOUBTS = {CONTENTS: WaitingImportKind.OTHER_BOOK, _PLAYING_TIME: WaitingImportKind.PLAYING_TIME}
"""How the faults begin that a person can judge better than a rule."""


@dataclass(frozen=True, slots=True)
class ProbedAudio:
    """One audio file: its length by its header, the length of its audio, in seconds, and why it cannot be played.

    `tags` are its title, album and people, by FFmpeg's names, each cut to a few hundred letters. `loudest` is the
    loudest decoded sample, from 0 to 1, None if unknown.
    """

    name: str
    header_seconds: float | None
    audio_seconds: float
    fault: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    loudest: float | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing can be heard in the decoded parts."""
        return self.loudest is not None and self.loudest < _SILENCE


def faults_of_names(names: Sequence[str]) -> list[str]:
    """What is wrong with the file names: programs, archives, unfinished files, or no audio. Empty if nothing."""
    faults = []
    for name in names:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in PROGRAMS:
            faults.append(translatable("download.program", f"a program among the files: {name}", name=name))
        elif suffix in ARCHIVES:
            faults.append(translatable("download.archive", f"an archive among the files: {name}", name=name))
        elif suffix in UNFINISHED:
            faults.append(translatable("download.unfinished", f"an unfinished file: {name}", name=name))
    if not any(is_audio(name) for name in names):
        faults.append(translatable("download.no_audio", f"no audio among {len(names)} files", files=len(names)))
    return faults


def doubt_in(faults: Sequence[str]) -> WaitingImportKind | None:
    """What a person may decide about these faults: another length or other names; None if anything else is wrong."""
    for start, kind in _DOUBTS.items():
        if faults and all(fault.startswith(start) for fault in faults):
            return kind
    return None


def is_audio(name: str) -> bool:
    """Whether the name is that of an audio file."""
    return PurePosixPath(name).suffix.lower() in AUDIO


def belongs_to_book(name: str) -> bool:
    """Whether the file is imported: it is audio or a usual companion of it."""
    return is_audio(name) or PurePosixPath(name).suffix.lower() in COMPANIONS


def faults_of(probed: Sequence[ProbedAudio], known_minutes: Sequence[float], *, tolerance: float) -> list[str]:
    """Why the audio must not be imported; empty if it may be.

    `known_minutes` are the playing times of the known editions; the audio's may differ by `tolerance`, a share.
    """
    faults = faults_of_files(probed)
    faults += [
        _cut_off(each.name, each.audio_seconds, each.header_seconds)
        for each in probed
        if each.header_seconds is not None and not each.fault and _is_cut_off(each.header_seconds, each.audio_seconds)
    ]
    if not faults:
        faults = _silence(probed) or _playing_time(probed, known_minutes, tolerance)
    if faults or _is_complete(probed, known_minutes):
        return faults
    missing = missing_numbers([audio.name for audio in probed])
    return [translatable("download.incomplete", f"incomplete: {each}", what=each) for each in missing]


def faults_of_files(probed: Sequence[ProbedAudio]) -> list[str]:
    """Which files cannot be played, and why."""
    return [about(each.name, each.fault) for each in probed if each.fault]


def words_of_faults(faults: Sequence[str]) -> str:
    """The faults as one sentence."""
    return translatable("download.faults", "; ".join(faults), faults=list(faults))


def _cut_off(name: str, audio: float, header: float) -> str:
    words = f"{name}: it has {audio:.0f} s of audio, but its header says {header:.0f} s"
    return translatable("download.cut_off", words, name=name, audio=round(audio), header=round(header))


def _is_complete(probed: Sequence[ProbedAudio], known_minutes: Sequence[float]) -> bool:
    """Whether the playing time shows that no file is missing, whatever the numbers in the names say."""
    got = sum(each.audio_seconds for each in probed) / 60
    return any(abs(got - minutes) <= _SAME_RECORDING * minutes for minutes in known_minutes)


def _silence(probed: Sequence[ProbedAudio]) -> list[str]:
    if probed and all(each.is_silent for each in probed):
        return [translatable("download.silent", "the audio is silent")]
    silent = [each.name for each in probed if each.is_silent and each.audio_seconds > _SILENT_SECONDS]
    return [translatable("download.silent_file", f"{name}: silent", name=name) for name in silent]


def _playing_time(probed: Sequence[ProbedAudio], known_minutes: Sequence[float], tolerance: float) -> list[str]:
    if not known_minutes:
        return []
    got = sum(each.audio_seconds for each in probed) / 60
    want = nearest(known_minutes, got)
    if abs(got - want) <= tolerance * want + _ROUNDED_MINUTES:
        return []
    choices = " or ".join(f"{each:g}" for each in known_minutes)
    words = f"{_PLAYING_TIME}got {got:.1f} minutes, want {choices} minutes ±{tolerance:.0%}"
    known = list(known_minutes)
    return [translatable("download.playing_time", words, minutes=round(got, 1), known=known, tolerance=tolerance)]


def _is_cut_off(header: float, audio: float) -> bool:
    return header - audio > max(_CUT_OFF_SECONDS, _CUT_OFF * header)
