"""Composes packs from patterns of file names and the books of a shelf, with the files that belong to each book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shared.books.description import BookDescription, SeriesPlace
from shared.books.packs.description import PackBook, PackContents, PackFile
from shared.books.releases.description import ReleaseDescription, WantedBook

_BYTES_PER_MINUTE_AT_1_KBPS = 60 * 1000 / 8


@dataclass(frozen=True, slots=True)
class Volume:
    """One book of a series."""

    place: int
    title: str
    minutes: int
    year: int = 1900


@dataclass(frozen=True, slots=True)
class Shelf:
    """A series with its author, a narrator, and books of other authors, from which packs are composed."""

    author: str
    series: str
    volumes: tuple[Volume, ...]
    strangers: tuple[tuple[str, str], ...]
    narrator: str = "Clara Winterbourne"
    language: str = "en"

    @property
    def surname(self) -> str:
        return self.author.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Line:
    """A pattern of a path, with the volumes that have such files (all by default) and their number of tracks.

    The pattern may contain {a} author, {l} surname, {s} series, {p} place, {t} title, {y} year, {r} narrator, {c} track
    {d} disc, {oa} and {ot} a stranger's author and title. `own` is False for files that are not the whole book.
    `copy` names one of several complete copies of a book. `skip` are tracks that are missing.
    """

    pattern: str
    only: Sequence[int] = ()
    tracks: int = 1
    discs: int = 1
    kbps: float = 64.0
    own: bool = True
    copy: str = ""
    skip: Sequence[int] = ()
    stranger: int | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One composed pack. `wanted` and `owned` are places; by default all of the first `volumes` are wanted.

    `separable` is False if no book can be taken from it with certainty.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    volumes: int = 5
    wanted: Sequence[int] = ()
    owned: Sequence[int] = ()
    folder: str = "{title}"
    authors: bool = True
    span: str | None = None
    description: str = ""
    separable: bool = True
    language: str = "en"
    known_minutes: bool = True


@dataclass(frozen=True)
class Composed:
    """A pack with its books, and by book the copies of it: the audio files of each."""

    name: str
    contents: PackContents
    books: tuple[PackBook, ...]
    truth: dict[str, list[frozenset[str]]] = field(default_factory=dict)


def compose(case: Case, shelf: Shelf) -> Composed:
    """The pack of a case with the books of a shelf."""
    volumes = shelf.volumes[: case.volumes]
    places = [volume.place for volume in volumes]
    wanted = list(case.wanted) or [place for place in places if place not in case.owned]
    last = places[-1]
    words = {"a": shelf.author, "l": shelf.surname, "s": shelf.series, "r": shelf.narrator, "n": last, "f": places[0]}
    title = case.title.format(**words)
    files: list[PackFile] = []
    copies: dict[int, dict[str, set[str]]] = {}
    for line in case.lines:
        for place, path, size in _files(line, shelf, volumes, words):
            files.append(PackFile(path, size))
            if place is not None and line.own and path.rpartition(".")[2] in ("mp3", "m4b", "m4a", "flac"):
                copies.setdefault(place, {}).setdefault(line.copy, set()).add(path)
    description = "\n".join(case.description.format(**words, p=each.place, t=each.title) for each in volumes)
    release = ReleaseDescription(
        id=case.name,
        name=title,
        authors=(shelf.author,) if case.authors else (),
        series=(SeriesPlace(shelf.series, case.span.format(**words)),) if case.span else (),
        language_code=case.language,
        size_bytes=sum(file.size_bytes for file in files),
    )
    contents = PackContents(release, tuple(files), case.folder.format(**words, title=title), description)
    books = tuple(_book(shelf, each, case, wanted=each.place in wanted) for each in shelf.volumes)
    truth = {
        str(place): [frozenset(paths) for paths in copies[place].values()]
        for place in wanted
        if case.separable and place in copies
    }
    return Composed(f"{case.name} ({shelf.series})", contents, books, truth)


def _book(shelf: Shelf, volume: Volume, case: Case, *, wanted: bool) -> PackBook:
    description = BookDescription(
        title=volume.title,
        authors=(shelf.author,),
        narrators=(shelf.narrator,),
        series=(SeriesPlace(shelf.series, str(volume.place)),),
        language=shelf.language,
    )
    minutes = (volume.minutes,) if case.known_minutes else ()
    return PackBook(str(volume.place), WantedBook(description, language=shelf.language), minutes, wanted=wanted)


def _files(
    line: Line, shelf: Shelf, volumes: Sequence[Volume], words: dict[str, object]
) -> Iterator[tuple[int | None, str, int]]:
    """Place, path and size of each file of a line; the place is None if the file belongs to no volume."""
    if line.stranger is not None:
        author, title = shelf.strangers[line.stranger % len(shelf.strangers)]
        stranger = Volume(0, title, 300)
        for path, size in _tracks(line, stranger, words | {"oa": author, "ot": title}):
            yield None, path, size
        return
    once = "{p" not in line.pattern and "{t" not in line.pattern
    for volume in volumes[:1] if once else volumes:
        if line.only and volume.place not in line.only:
            continue
        for path, size in _tracks(line, volume, words):
            yield None if once else volume.place, path, size


def _tracks(line: Line, volume: Volume, words: dict[str, object]) -> Iterator[tuple[str, int]]:
    count = line.tracks * line.discs
    minutes = line.minutes if line.minutes is not None else volume.minutes
    audio = line.pattern.rpartition(".")[2] in ("mp3", "m4b", "m4a", "flac")
    size = int(minutes * _BYTES_PER_MINUTE_AT_1_KBPS * line.kbps / count) if audio else 40_000
    for disc in range(1, line.discs + 1):
        for track in range(1, line.tracks + 1):
            if track in line.skip or -disc in line.skip:
                continue
            fields = words | {"p": volume.place, "t": volume.title, "y": volume.year, "c": track, "d": disc}
            fields["ct"] = CHAPTERS[track % len(CHAPTERS)]
            fields["tu"] = volume.title.replace(" ", "_")
            fields["td"] = volume.title.replace("'", "").replace(",", "").replace(" ", ".")
            yield line.pattern.format(**fields), size


CHAPTERS = (
    "The Arrival", "A Letter at Dawn", "The Long Road", "In the Cellar", "What the Miller Saw", "Two Lanterns",
    "The Ferry", "A Bad Bargain", "Snow", "The Clockmaker", "Under the Bridge", "Farewell", "The Wager",
)  # fmt: skip
