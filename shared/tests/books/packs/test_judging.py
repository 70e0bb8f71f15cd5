"""What a release holds by its files. The table of 60 packs is measured in the benchmark."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.packs.description import PackBook, PackContents, PackFile, PackKind, PackVerdict
from shared.books.packs.judging import judge_pack
from shared.books.releases.description import ReleaseDescription, WantedBook

TITLES = ("The Wonderful Wizard of Oz", "The Marvelous Land of Oz", "Ozma of Oz", "Dorothy and the Wizard in Oz")
MB = 1_000_000
HOURS = 300
BOOK_BYTES = 144 * MB
"""Five hours at 64 kbit/s."""


def oz(place: int, *, wanted: bool = True, author: str = "L. Frank Baum", title: str = "") -> PackBook:
    book = BookDescription(
        title=title or TITLES[place - 1], authors=(author,), series=(SeriesPlace("Oz", str(place)),), language="en"
    )
    return PackBook(f"{author} {place}", WantedBook(book), (HOURS,), wanted=wanted)


def judged(
    name: str, paths: Sequence[str], books: Sequence[PackBook], *, authors: tuple[str, ...] = ("L. Frank Baum",)
) -> PackVerdict:
    audio = [path for path in paths if path.endswith((".m4b", ".mp3"))]
    each = BOOK_BYTES * max(1, len(books)) // max(1, len(audio))
    files = tuple(PackFile(path, each if path in audio else 1000) for path in paths)
    return judge_pack(PackContents(ReleaseDescription(id="1", name=name, authors=authors), files, name), books)


def filled(verdict: PackVerdict) -> list[str]:
    return [part.key for part in verdict.fills]


ALL = [oz(place) for place in (1, 2, 3, 4)]
FLAT = [f"Oz {place:02} - {title}.m4b" for place, title in enumerate(TITLES, 1)]


def test_each_wanted_book_of_a_pack_has_its_own_files() -> None:
    verdict = judged("Oz Books 1-4", [*FLAT, "cover.jpg"], [oz(1, wanted=False), *ALL[1:]])
    assert verdict.kind is PackKind.PACK
    assert [part.files for part in verdict.fills] == [(path,) for path in FLAT[1:]]
    assert 0.7 < verdict.wanted_share < 0.8


def test_a_picture_belongs_to_the_book_in_whose_folder_it_is() -> None:
    paths = [f"{title}/{name}" for title in TITLES for name in ("book.m4b", "cover.jpg")]
    assert [part.files for part in judged("Oz Series", paths, ALL).fills] == [
        (f"{title}/book.m4b", f"{title}/cover.jpg") for title in TITLES
    ]


def test_one_book_in_discs_or_chapters_is_no_pack() -> None:
    for paths in (
        [f"CD{disc}/{track:02}.mp3" for disc in (1, 2) for track in range(1, 9)],
        [f"{track:02} - Chapter {track}.mp3" for track in range(1, 20)],
        ["Ozma of Oz.m4b", "cover.jpg"],
    ):
        verdict = judged("Ozma of Oz", paths, [oz(3)])
        assert (verdict.kind, verdict.fills) == (PackKind.ONE_BOOK, ())


def test_an_omnibus_in_one_file_is_no_pack() -> None:
    verdict = judged("Oz Omnibus, Books 1-4", ["Oz Omnibus.m4b", "cover.jpg"], ALL)
    assert (verdict.kind, verdict.fills) == (PackKind.OMNIBUS, ())


def test_chapters_of_one_row_are_not_divided() -> None:
    verdict = judged("Oz Books 1-4", [f"Chapter {track:03}.mp3" for track in range(1, 100)], ALL)
    assert verdict.fills == ()


def test_a_chapter_with_the_title_of_another_book_is_not_that_book() -> None:
    tracks = [*(f"{n:02} - Chapter {n}.mp3" for n in range(1, 12)), "12 - Ozma of Oz.mp3"]
    paths = [*(f"{TITLES[0]}/{name}" for name in tracks), f"{TITLES[1]}/{TITLES[1]}.m4b"]
    verdict = judged("Oz Collection", paths, [oz(1), oz(2), oz(3)])
    assert "L. Frank Baum 3" not in filled(verdict)
    assert len(next(part for part in verdict.fills if part.key == "L. Frank Baum 1").files) == 12


def test_a_file_that_fits_two_books_is_no_book() -> None:
    twins = [oz(1, title="The Return"), oz(2, title="The Return")]
    verdict = judged("Oz Books 1-3", ["The Return.m4b", f"{TITLES[2]}.m4b"], [*twins, oz(3)])
    assert filled(verdict) == ["L. Frank Baum 3"]


def test_a_book_of_another_author_with_the_same_title_is_not_taken() -> None:
    stranger = oz(2, author="Ruth Plumly Thompson", title="The Royal Book", wanted=False)
    books = [oz(1, title="The Royal Book"), stranger, oz(3)]
    paths = ["Ruth Plumly Thompson/The Royal Book/book.m4b", f"L. Frank Baum/{TITLES[2]}/book.m4b"]
    verdict = judged("Oz Books", paths, books, authors=("L. Frank Baum", "Ruth Plumly Thompson"))
    assert filled(verdict) == ["L. Frank Baum 3"]


def test_numbers_count_only_in_the_series_whose_folder_has_them() -> None:
    paths = [f"{series}/Book {place}/{place}.m4b" for series in ("Oz", "Aunt Jane's Nieces") for place in (1, 2)]
    verdict = judged("L. Frank Baum Collection", paths, [oz(1), oz(2)])
    assert [part.files for part in verdict.fills] == [("Oz/Book 1/1.m4b",), ("Oz/Book 2/2.m4b",)]


def test_an_incomplete_book_is_left_out_with_the_reason() -> None:
    paths = [f"{title}/CD{disc}/{n:02}.mp3" for title in TITLES for disc in (1, 2, 3) for n in (1, 2, 3)]
    paths = [path for path in paths if not path.startswith(f"{TITLES[1]}/CD2")]
    verdict = judged("Oz Books 1-4", paths, ALL)
    assert filled(verdict) == ["L. Frank Baum 1", "L. Frank Baum 3", "L. Frank Baum 4"]
    assert any("disc 2 is missing" in reason.words for reason in verdict.reasons)


def test_the_list_of_the_uploader_decides_which_book_a_number_is() -> None:
    files = tuple(PackFile(f"Book {n}/{n}.m4b", BOOK_BYTES) for n in (1, 2))
    release = ReleaseDescription(id="1", name="Oz Books 1-2", authors=("L. Frank Baum",))
    contradicting = "Book 1: Ozma of Oz\nBook 2: The Marvelous Land of Oz"
    verdict = judge_pack(PackContents(release, files, "Oz", contradicting), [oz(1), oz(2)])
    assert filled(verdict) == ["L. Frank Baum 2"]


def test_a_hostile_list_of_files_is_judged_within_its_limits() -> None:
    names = [f"{'(' * 40}{n}{'-' * n}{'Oz ' * 60}.mp3" for n in range(300)]
    paths = [*names, "../../etc/passwd.mp3", "/abs.mp3", ".mp3", "\x00.mp3", "a/" * 200 + "x.mp3"]
    assert judged("Oz Books 1-4", paths, ALL).fills == ()
    assert judged("Oz Books 1-4", [], ALL).fills == ()


@pytest.mark.parametrize(
    "folders",
    [
        ("Ozma of Oz - Bert Speaker", "Ozma of Oz - Tom Reed"),
        ("Bert Speaker/Ozma of Oz", "Tom Reed/Ozma of Oz"),
        ("Ozma of Oz (1)/CD1 (Bert_Speaker)", "Ozma of Oz (2)/CD1 (Tom_Reed)"),
    ],
)
def test_of_two_recordings_that_of_the_wanted_narrator_is_taken(folders: tuple[str, str]) -> None:
    book = replace(oz(3).sought.book, narrators=("Tom Reed",))
    wanted = replace(oz(3), sought=WantedBook(book))
    paths = [*(f"{each}/Ozma of Oz.m4b" for each in folders), FLAT[0], FLAT[1]]
    (part,) = judged("Oz Series", paths, [oz(1, wanted=False), oz(2, wanted=False), wanted]).fills
    assert part.files == (paths[1],)
