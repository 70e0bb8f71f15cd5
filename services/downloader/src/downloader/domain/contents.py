"""Finds finished files whose names and tags clearly name another book."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from shared.books.packs.description import PackContents, PackFile, PackKind
from shared.books.packs.judging import judge_pack
from shared.books.releases.other_book import Expected, ExpectedNames
from shared.translatable import translatable

from downloader.domain.decision import described, wanted_book
from downloader.domain.download import Download
from downloader.domain.packs import book_of, known_books
from downloader.domain.verification import CONTENTS, ProbedAudio

_MAIN_SHARE = 0.25
"""Least share of the playing time at which a file is named after the book; shorter files are named after chapters."""
_PEOPLE_TAGS = ("artist", "album_artist", "author")


def faults_of_contents(
    probed: Sequence[ProbedAudio], folder: str | None, download: Download, other_titles: Sequence[str] = ()
) -> list[str]:
    """Why the files are not the wanted book; empty if no name or tag clearly says so.

    `folder` is the name of the torrent's folder, None for a torrent of one file. `other_titles` are titles of other
    books by the author or in the series.
    """
    expected = _expected(download, other_titles)
    names = ExpectedNames(expected)
    main = _main_files(probed)
    folders, stems = [*([folder] if folder else []), *_folders(probed)], _stems(probed, main)
    texts = [*folders, *stems]
    albums = _values(probed, ("album",))
    titles = [audio.tags["title"] for audio in main if "title" in audio.tags]
    people = _values(probed, _PEOPLE_TAGS)
    found = (
        *((text, names.other_book_in(text)) for text in [*texts, *_below_folders(texts), *titles, *albums]),
        *((f"the tags “{title}”", names.other_book_in_tags(title, people)) for title in [*albums, *titles]),
        *((f"the album “{album}”", names.other_title_in(texts, album)) for album in albums),
        *((text, names.other_known_book_in(text)) for text in [*stems, *titles]),
        *((text, names.other_known_book_in(text)) for text in folders if not any(map(names.contains_title, stems))),
    )
    want = f"“{download.wanted.title}” by {', '.join(download.wanted.authors) or 'an unknown author'}"
    wrong = next(((text, other) for text, other in found if other), None)
    if wrong is None:
        return []
    words = f"{CONTENTS}{wrong[0]!r} names {wrong[1]}, not {want}"
    return [translatable("download.contents", words, name=wrong[0], title=download.wanted.title)]


def fault_of_several_books(
    probed: Sequence[ProbedAudio], folder: str | None, download: Download, other_titles: Sequence[str]
) -> list[str]:
    """Why the files are several books, if they name the wanted one and others of `other_titles`; empty if they do not.

    Only needed if no playing time of the book is known: with several books, it would be too long. The playing times of
    the files stand for their sizes.
    """
    if download.release is None or len(probed) < 2:
        return []
    book = book_of(download)
    files = tuple(PackFile(audio.name, round(audio.audio_seconds)) for audio in probed)
    contents = PackContents(described(download.release), files, folder or "")
    verdict = judge_pack(contents, [book, *known_books(other_titles, download, [book])])
    if verdict.kind is not PackKind.PACK:
        return []
    words = f"{CONTENTS}the files are several books: {verdict.reasons[0].words}"
    return [translatable("download.several_books", words)]


def _expected(download: Download, other_titles: Sequence[str]) -> Expected:
    """The names of the book and of its listing, which a release's files often use.

    The listed title of a release with several books is not a title of this one.
    """
    wanted = wanted_book(download.wanted)
    listed = described(download.release) if download.release else None
    listed_titles = (listed.work_title or listed.name,) if listed and not download.is_in_pack else ()
    series = (*wanted.book.series, *(listed.series if listed else ()))
    return Expected(
        titles=(wanted.book.title, *wanted.other_titles, *listed_titles),
        authors=(*wanted.book.authors, *wanted.other_authors, *(listed.authors if listed else ())),
        narrators=(*wanted.book.narrators, *(listed.narrators if listed else ())),
        series=tuple(place.name for place in series),
        other_titles=tuple(other_titles),
    )


def _main_files(probed: Sequence[ProbedAudio]) -> list[ProbedAudio]:
    whole = sum(audio.audio_seconds for audio in probed)
    return [audio for audio in probed if audio.audio_seconds >= _MAIN_SHARE * whole]


def _folders(probed: Sequence[ProbedAudio]) -> list[str]:
    """Folders below the torrent's own that hold all the audio."""
    paths = [PurePosixPath(audio.name) for audio in probed]
    return [part for part in paths[0].parts[:-1] if all(part in path.parts for path in paths)] if paths else []


def _stems(probed: Sequence[ProbedAudio], main: Sequence[ProbedAudio]) -> list[str]:
    """The names of the main files, and the part that all names share."""
    stems = [PurePosixPath(audio.name).stem for audio in main]
    if len(probed) > 1:
        parts = [PurePosixPath(audio.name).stem.replace("_", " ").split(" - ") for audio in probed]
        stems.append(" - ".join(part.strip() for part in parts[0] if all(part in other for other in parts)))
    return [text for text in dict.fromkeys(stems) if text]


def _below_folders(texts: Sequence[str]) -> list[str]:
    """Adjacent names, joined: "Author/Title.m4b" becomes "Author - Title"."""
    return [f"{above} - {below}" for above, below in pairwise(texts)]


def _values(probed: Sequence[ProbedAudio], tags: Sequence[str]) -> list[str]:
    """The value of each of these tags that most files share."""
    found = []
    for tag in tags:
        counts = Counter(audio.tags[tag] for audio in probed if audio.tags.get(tag))
        found += [value for value, count in counts.most_common(1) if count * 2 > len(probed)]
    return list(dict.fromkeys(found))
