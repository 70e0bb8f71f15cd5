"""Decides what a release holds by its files, and which files belong to which wanted book."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from statistics import median

from shared.books.description import Reason
from shared.books.packs.description import PackBook, PackContents, PackFile, PackKind, PackPart, PackVerdict
from shared.books.packs.file_names import is_audio, is_sample
from shared.books.packs.listing import names_several_books
from shared.books.packs.naming import Named, PackNames
from shared.books.packs.units import Unit, audio_folders, groupings_of, missing_track
from shared.books.records import record
from shared.books.text.titles import fold

MAX_FILES = 3_000
"""Files of a torrent that are read. A pack of a hundred books with thirty tracks each has as many."""
MAX_BOOKS = 150
"""Books that are compared with one pack."""
MAX_RATE_RATIO = 3.0
"""How much the bitrate of one book may differ from the usual one of the pack, before it is not the whole book."""
EQUAL_RATE_RATIO = 1.7
"""How much the bitrates of books may differ that are known only by their places."""
_MOST_OF_FOLDER = 0.6
"""The least share of a folder's audio that must be known books, before its files are taken for books by their numbers,
or in spite of the folder's name."""


@record
class _Match:
    unit: Unit
    named: Named


def judge_pack(contents: PackContents, books: Sequence[PackBook]) -> PackVerdict:
    """What the release holds, and the files of each wanted book that it surely holds.

    A book is left out if its files are incomplete, if its size does not fit its playing time, or if another book fits
    as well. Books known only by their places are taken only if their sizes fit their playing times. At most `MAX_FILES`
    files and `MAX_BOOKS` books are compared.
    """
    files = contents.files[:MAX_FILES]
    audio = [file for file in files if is_audio(file.path) and not is_sample(file.path)]
    total = sum(file.size_bytes for file in files)
    names = PackNames(contents, books[:MAX_BOOKS])
    units = [
        unit for folders, inside in audio_folders(audio).items() for unit in _best_grouping(names, folders, inside)
    ]
    several = names_several_books(contents.release)
    if len(units) < 2:
        kind = PackKind.OMNIBUS if several else PackKind.ONE_BOOK
        words = f"all {len(audio)} audio files are one unit"
        return PackVerdict(kind, (), total, (Reason("files", words, -1.0),))
    matches, against = _matches(names, units)
    if not matches:
        kind = PackKind.UNCLEAR if several else PackKind.ONE_BOOK
        words = f"none of {len(units)} units among {len(audio)} audio files surely names a known book"
        return PackVerdict(kind, (), total, (Reason("files", words, -1.0), *against))
    parts = _parts([match for match in matches if match.named.book.wanted], units, files, books)
    kind = PackKind.PACK if several or len(matches) > 1 else PackKind.ONE_BOOK
    found = Reason("files", f"{len(units)} units, {len(matches)} of them known books", 1.0)
    return PackVerdict(kind, parts, total, (found, *against))


def _best_grouping(names: PackNames, folders: tuple[str, ...], files: Sequence[PackFile]) -> tuple[Unit, ...]:
    """The grouping of a folder that the books explain best; its whole audio if none does."""
    groupings = groupings_of(folders, files)
    whole = groupings[0]
    if len(groupings) == 1:
        return whole.units
    named_whole = names.books_named(whole.units[0])
    best, best_score = whole, (1.0, 1, -1) if named_whole else (0.0, 0, -1)
    size = sum(file.size_bytes for file in files) or 1
    for grouping in groupings[1:]:
        matched = [(unit, found[0]) for unit in grouping.units if (found := names.books_named(unit))]
        by_title = [(unit, named) for unit, named in matched if named.by_title]
        if named_whole and named_whole[0].by_title and not _is_series_of_books(by_title, size):
            continue
        chosen = by_title or matched
        share = sum(unit.size_bytes for unit, _ in chosen) / size
        if not by_title and (len(matched) < 2 or share < _MOST_OF_FOLDER):
            continue
        score = (round(share, 1), len({named.book.key for _, named in chosen}), -len(grouping.units))
        if score > best_score or (len(by_title) > 1 and named_whole and _is_series_of_books(by_title, size)):
            best, best_score = grouping, score
    return best.units


def _is_series_of_books(by_title: Sequence[tuple[Unit, Named]], size: int) -> bool:
    """Whether files name most of a folder as different books, so that its name is that of a series."""
    different = len({named.book.key for _, named in by_title})
    return different > 1 and sum(unit.size_bytes for unit, _ in by_title) > _MOST_OF_FOLDER * size


def _matches(names: PackNames, units: Sequence[Unit]) -> tuple[list[_Match], list[Reason]]:
    """One unit for each book and one book for each unit, and why other units were left out."""
    against: list[Reason] = []
    by_book: defaultdict[str, list[_Match]] = defaultdict(list)
    for unit in units:
        named = names.books_named(unit)
        if not named:
            continue
        rivals = [
            other for other in named[1:] if (other.confidence, other.letters) == (named[0].confidence, named[0].letters)
        ]
        if rivals:
            titles = " and ".join(f"“{one.book.sought.book.title}”" for one in (named[0], rivals[0]))
            against.append(Reason("two books", f"“{unit.name}” fits {titles}", -0.5))
            continue
        by_book[named[0].book.key].append(_Match(unit, named[0]))
    chosen = [_preferred(matches) for matches in by_book.values()]
    found: list[_Match] = []
    rate = _usual_rate(chosen)
    for match in chosen:
        why = _fault(match, rate)
        if why is None:
            found.append(match)
        else:
            against.append(Reason("incomplete", f"“{match.named.book.sought.book.title}”: {why}", -0.5))
    return _without_unsure_places(found, units, against), against


def _preferred(matches: Sequence[_Match]) -> _Match:
    """The unit to take for a book: named by its title, in the preferred format, read by the wanted narrators."""

    def order(match: _Match) -> tuple[bool, int, bool, int, str]:
        wanted = match.named.book.sought
        read_by = _names_any(match.unit, wanted.book.narrators)
        place = min((wanted.formats.index(each) for each in match.unit.suffixes if each in wanted.formats), default=9)
        return (not match.named.by_title, place, not read_by, -match.unit.size_bytes, match.unit.name)

    best = min(matches, key=order)
    return replace(best, unit=_in_one_format(best.unit, best.named.book.sought.formats))


def _names_any(unit: Unit, people: Sequence[str]) -> bool:
    """Whether the unit's name or any folder above its files names one of these people, a folder of discs included."""
    folders = {PurePosixPath(file.path).parent.as_posix() for file in unit.files}
    text = f" {fold(' '.join((unit.name, *sorted(folders))))} "
    return any(f" {folded} " in text for name in people if (folded := fold(name)))


def _in_one_format(unit: Unit, formats: Sequence[str]) -> Unit:
    """The unit with the files of one format, if it holds the same book in several."""
    by_format: defaultdict[str, list[PackFile]] = defaultdict(list)
    for file in unit.files:
        by_format[PurePosixPath(file.path).suffix.lower().lstrip(".")].append(file)
    if len(by_format) < 2:
        return unit
    largest = max(sum(file.size_bytes for file in files) for files in by_format.values())
    complete = {
        name: files
        for name, files in by_format.items()
        if sum(file.size_bytes for file in files) * MAX_RATE_RATIO >= largest
    }
    best = min(complete, key=lambda name: (formats.index(name) if name in formats else len(formats), name))
    return replace(unit, files=tuple(complete[best]))


def _rate(unit: Unit, named: Named) -> float | None:
    """Kilobits per second if the unit has the usual playing time of the book; None if none is known."""
    minutes = [each for each in named.book.minutes if each > 0]
    return unit.size_bytes * 8 / 1000 / 60 / median(minutes) if minutes else None


def _usual_rate(matches: Iterable[_Match]) -> float | None:
    """The usual bitrate of the pack; None if too few playing times are known."""
    rates = [rate for match in matches if (rate := _rate(match.unit, match.named)) is not None]
    return median(rates) if len(rates) > 2 else None


def _fault(match: _Match, usual: float | None) -> str | None:
    """Why the unit is not the whole book and nothing else, or None."""
    if (gap := missing_track(match.unit.files)) is not None:
        return gap
    rate = _rate(match.unit, match.named)
    if rate is None:
        return None
    size = f"{match.unit.size_bytes / 1e6:.0f} MB would be {rate:.0f} kbit/s"
    if usual is not None and not usual / MAX_RATE_RATIO <= rate <= usual * MAX_RATE_RATIO:
        return f"{size}, and the others have {usual:.0f} kbit/s"
    return None


def _without_unsure_places(matches: Sequence[_Match], units: Sequence[Unit], against: list[Reason]) -> list[_Match]:
    """The matches without those known by their places alone, unless the sizes confirm them.

    A folder with a number is surely a volume. A file with a number may be a track, so two or more of them must be
    most of the audio beside them, and have the playing times of their books.
    """
    files = [match for match in matches if not match.named.by_title and not match.unit.whole]
    rates = [_rate(match.unit, match.named) for match in files]
    known = [rate for rate in rates if rate is not None]
    folders = {match.unit.folders for match in files}
    audio = sum(unit.size_bytes for unit in units if unit.folders in folders and not unit.whole)
    are_most = sum(match.unit.size_bytes for match in files) >= _MOST_OF_FOLDER * audio
    sure = are_most and len(known) == len(files) > 1 and max(known) <= min(known) * EQUAL_RATE_RATIO
    if not files or sure:
        return list(matches)
    words = (
        f"{len(files)} numbered files may be tracks, because their sizes do not confirm the playing times of the books"
    )
    against.append(Reason("numbers", words, -0.5))
    return [match for match in matches if match not in files]


def _parts(
    matches: Sequence[_Match], units: Sequence[Unit], files: Sequence[PackFile], books: Sequence[PackBook]
) -> tuple[PackPart, ...]:
    order = {book.key: place for place, book in enumerate(books)}
    parts = []
    for match in sorted(matches, key=lambda each: order[each.named.book.key]):
        taken = [*match.unit.files, *_companions(match.unit, units, files)]
        parts.append(
            PackPart(
                key=match.named.book.key,
                files=tuple(file.path for file in taken),
                size_bytes=sum(file.size_bytes for file in taken),
                confidence=match.named.confidence,
                words=match.named.words,
            )
        )
    return tuple(parts)


def _companions(unit: Unit, units: Sequence[Unit], files: Sequence[PackFile]) -> list[PackFile]:
    """Pictures, texts and the like in the unit's own folder, or with the name of its only file."""
    folder = PurePosixPath(_common_folder(unit.files))
    own = not any(
        PurePosixPath(file.path).is_relative_to(folder) for other in units if other != unit for file in other.files
    )
    stems = {PurePosixPath(file.path).stem for file in unit.files}
    found = []
    for file in files:
        path = PurePosixPath(file.path)
        if is_audio(file.path):
            continue
        if (own and path.is_relative_to(folder)) or (path.parent == folder and path.stem in stems):
            found.append(file)
    return found


def _common_folder(files: Sequence[PackFile]) -> str:
    """The deepest folder that holds all of the files; "." for the torrent's own."""
    parents = [PurePosixPath(file.path).parent for file in files]
    common = parents[0]
    while not all(parent.is_relative_to(common) for parent in parents):
        common = common.parent
    return str(common)
