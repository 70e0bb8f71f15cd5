"""Whether finished files may be imported: facts that were probed, against what the book must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from downloader.domain.playing_time import TOLERANCE, nearest

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
"""What a file may hold less than its header promises: the larger of a fiftieth and five seconds."""
_ROUNDED_MINUTES = 0.5
"""Playing times are told in whole minutes."""


@dataclass(frozen=True, slots=True)
class ProbedAudio:
    """What one audio file promises in its header and what it holds, in seconds; `fault`: why it cannot be played.

    `tags` are those of its title, album and people, by FFmpeg's names for them, each cut to some hundred letters.
    """

    name: str
    promised_seconds: float | None
    held_seconds: float
    fault: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


def stray_files(names: Sequence[str]) -> list[str]:
    """What is wrong with the files by their names alone: programs, archives, unfinished ones, or no audio at all."""
    faults = []
    for name in names:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in PROGRAMS:
            faults.append(f"a program among the files: {name}")
        elif suffix in ARCHIVES:
            faults.append(f"an archive among the files: {name}")
        elif suffix in UNFINISHED:
            faults.append(f"an unfinished file: {name}")
    if not any(is_audio(name) for name in names):
        faults.append(f"no audio among {len(names)} files")
    return faults


def is_audio(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in AUDIO


def belongs_to_book(name: str) -> bool:
    """Whether a file is placed into the library: audio and what usually comes with it."""
    return is_audio(name) or PurePosixPath(name).suffix.lower() in COMPANIONS


def faults_of(probed: Sequence[ProbedAudio], known_minutes: Sequence[float]) -> list[str]:
    """Why the audio may not be imported, in words with got and want; empty when it may."""
    faults = [f"{each.name}: {each.fault}" for each in probed if each.fault]
    faults += [
        f"{each.name}: got {each.held_seconds:.0f} s of audio, want the {each.promised_seconds:.0f} s it promises"
        for each in probed
        if each.promised_seconds is not None
        and not each.fault
        and _is_cut_off(each.promised_seconds, each.held_seconds)
    ]
    if faults or not known_minutes:
        return faults
    got = sum(each.held_seconds for each in probed) / 60
    want = nearest(known_minutes, got)
    if abs(got - want) > TOLERANCE * want + _ROUNDED_MINUTES:
        choices = " or ".join(f"{each:g}" for each in known_minutes)
        faults.append(f"playing time: got {got:.1f} minutes, want {choices} minutes, to {TOLERANCE:.0%}")
    return faults


def _is_cut_off(promised: float, held: float) -> bool:
    return promised - held > max(_CUT_OFF_SECONDS, _CUT_OFF * promised)
