"""The chapters of a book that is merged from several files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.contracts.library.chapters import LONGEST_TITLE, MAX_CHAPTERS, Chapter

SAME_LENGTH = 0.01
"""A list of chapters belongs to the recording if their lengths differ by at most this share."""
FEWEST_LISTED = 2
_NUMBER_BEFORE_TITLE = re.compile(r"^[\s\d_.,:)\]–—-]+")


@dataclass(frozen=True, slots=True)
class MergedFile:
    """One file of a merged book: the end of its name, the title in its tags, its length, and its own chapters."""

    stem: str
    title: str
    seconds: float
    chapters: Sequence[Chapter] = ()


@dataclass(frozen=True, slots=True)
class ListedChapters:
    """The chapters of an edition as a provider lists them, and their whole length in seconds."""

    chapters: Sequence[Chapter]
    seconds: float


def is_of_length(listed: ListedChapters, seconds: float) -> bool:
    """Whether a list of chapters is that of a recording of this length."""
    if len(listed.chapters) < FEWEST_LISTED or abs(listed.seconds - seconds) > SAME_LENGTH * seconds:
        return False
    return all(each.start_ms < seconds * 1000 for each in listed.chapters)


def merged_chapters(files: Sequence[MergedFile], listed: ListedChapters | None) -> list[Chapter]:
    """The listed chapters if they are those of this recording; otherwise one for each file, or the file's own ones.

    At most `MAX_CHAPTERS`.
    """
    whole = sum(file.seconds for file in files)
    if listed is not None and is_of_length(listed, whole):
        return list(listed.chapters[:MAX_CHAPTERS])
    chapters: list[Chapter] = []
    start = 0.0
    for file, title in zip(files, _titles(files), strict=True):
        start_ms = round(start * 1000)
        if len(file.chapters) > 1:
            inside = (each for each in file.chapters if each.start_ms < file.seconds * 1000)
            chapters += [Chapter(each.title, start_ms + each.start_ms) for each in inside]
        else:
            chapters.append(Chapter(title, start_ms))
        start += file.seconds
    return chapters[:MAX_CHAPTERS]


def _titles(files: Sequence[MergedFile]) -> list[str]:
    """A title for each file: that of its tags if these differ, or else what its name says after the number."""
    tagged = [" ".join(file.title.split()) for file in files]
    if all(tagged) and len(set(tagged)) == len(tagged):
        return [title[:LONGEST_TITLE] for title in tagged]
    stems = [file.stem for file in files]
    shared = _shared_letters(stems) if len(stems) > 1 else 0
    named = [_NUMBER_BEFORE_TITLE.sub("", stem[shared:]).strip() for stem in stems]
    if all(named) and len(set(named)) == len(named):
        return [title[:LONGEST_TITLE] for title in named]
    return [f"Chapter {number}" for number in range(1, len(files) + 1)]


def _shared_letters(texts: Sequence[str]) -> int:
    """With how many equal letters all texts begin."""
    least, most = min(texts), max(texts)
    return next((at for at, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), len(least))
