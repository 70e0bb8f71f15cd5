"""Which chapters a merged book gets."""

from downloader.domain.chapters import ListedChapters, MergedFile, merged_chapters
from shared.contracts.library.chapters import Chapter


def starts(*titled: tuple[int, str]) -> list[Chapter]:
    return [Chapter(title, start) for start, title in titled]


def test_listed_chapters_of_the_same_length_are_used() -> None:
    listed = ListedChapters(starts((0, "The Escape"), (900, "The Arrival")), 100.5)
    assert merged_chapters([MergedFile("1", "", 60.0), MergedFile("2", "", 40.0)], listed) == list(listed.chapters)


def test_listed_chapters_of_another_length_are_not_used() -> None:
    listed = ListedChapters(starts((0, "The Escape"), (900, "The Arrival")), 104.0)
    chapters = merged_chapters([MergedFile("1", "", 60.0), MergedFile("2", "", 40.0)], listed)
    assert chapters == starts((0, "Chapter 1"), (60_000, "Chapter 2"))


def test_each_file_is_a_chapter_named_by_its_tags() -> None:
    chapters = merged_chapters([MergedFile("01", "Escape", 60.0), MergedFile("02", "Arrival", 40.0)], None)
    assert chapters == starts((0, "Escape"), (60_000, "Arrival"))


def test_files_with_equal_titles_are_named_by_their_file_names() -> None:
    files = [MergedFile("Oz 2 - 01 - Escape", "Oz", 60.0), MergedFile("Oz 2 - 02 - Arrival", "Oz", 40.0)]
    assert [each.title for each in merged_chapters(files, None)] == ["Escape", "Arrival"]


def test_names_that_say_nothing_are_counted() -> None:
    assert [each.title for each in merged_chapters([MergedFile("01", "", 1.0), MergedFile("02", "", 1.0)], None)] == [
        "Chapter 1",
        "Chapter 2",
    ]


def test_the_chapters_inside_a_file_are_kept() -> None:
    files = [
        MergedFile("Part 1", "A", 60.0, starts((0, "Escape"), (30_000, "Flight"), (90_000, "beyond the end"))),
        MergedFile("Part 2", "B", 40.0, starts((0, "the only one"))),
    ]
    assert merged_chapters(files, None) == starts((0, "Escape"), (30_000, "Flight"), (60_000, "B"))
