"""Templates of the folder of a book, with names that every file system allows."""

import unicodedata
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

import pytest
from downloader.domain.path_template import DEFAULT, BadTemplate, BookNames, PathTemplate
from downloader.domain.safe_names import LONGEST_NAME_BYTES, safe_name
from hypothesis import given
from hypothesis import strategies as st

OZMA = BookNames(
    title="Ozma of Oz", authors=["L. Frank Baum"], series="Oz", sequence="3", narrators=["Tom Reed"], year="1907",
    asin="B0OZ000003",
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120)
BOOKS = st.builds(
    BookNames,
    title=WORDS,
    authors=st.lists(WORDS, max_size=2),
    series=st.none() | WORDS,
    sequence=st.none() | st.sampled_from(["1", "2.5", "0", "14", "1-3"]),
    narrators=st.lists(WORDS, max_size=3),
    year=st.none() | st.just("1907"),
    asin=st.none() | st.just("B0OZ000003"),
)
TEMPLATES = st.sampled_from(
    [
        DEFAULT,
        "{Title}",
        "{Series}/{Sequence} {Title} - {Author}",
        "{Author}/<{Series}/><Book {Sequence:000} - ><{Year} - >{Title}< {{{Narrator}}}>< ({ASIN})>",
        "Books/{Author}<, {Narrator}>/{Title}.",
    ]
)

PARTS = st.sampled_from(
    ["{Title}", "{Author}", "{Series}", "{Sequence}", "{Sequence:000}", "{Narrator}", "{Year}", "{ASIN}", "{{", "}}",
     "<", ">", "/", " - ", ".", "..", " ", "CON", "Cafe\u0301", "\u202e", "é" * 40]
) | st.text(max_size=5)  # fmt: skip
ANY_TEMPLATES = st.lists(PARTS, max_size=12).map("".join)
LAST_FOLDERS = st.lists(PARTS.filter(lambda part: part not in ("<", ">", "/")), max_size=3).map("".join)


def a_book(**changes: Any) -> BookNames:
    return BookNames(**({name: getattr(OZMA, name) for name in BookNames.__slots__} | changes))


def before_templates(names: BookNames) -> PurePosixPath:
    """The folder as it was before templates existed."""
    tail = f" {{{', '.join(names.narrators[:2])}}}" if names.narrators else ""
    tail = f" {safe_name(tail, 80)}" if tail else ""
    name = names.title
    if names.series and names.sequence:
        parts = (part.partition(".") for part in names.sequence.split("-"))
        name = f"{'-'.join(f'{whole:0>2}{dot}{rest}' for whole, dot, rest in parts)} - {name}"
    parents = [names.authors[0] if names.authors else "Unknown Author", *([names.series] if names.series else [])]
    return PurePosixPath(*map(safe_name, parents), safe_name(name, LONGEST_NAME_BYTES - len(tail.encode())) + tail)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({}, "L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}"),
        ({"narrators": []}, "L. Frank Baum/Oz/03 - Ozma of Oz"),
        ({"narrators": ["A", "B", "C"]}, "L. Frank Baum/Oz/03 - Ozma of Oz {A, B}"),
        ({"series": None}, "L. Frank Baum/Ozma of Oz {Tom Reed}"),
        ({"sequence": None}, "L. Frank Baum/Oz/Ozma of Oz {Tom Reed}"),
        ({"sequence": "2.5"}, "L. Frank Baum/Oz/02.5 - Ozma of Oz {Tom Reed}"),
        ({"sequence": "0"}, "L. Frank Baum/Oz/00 - Ozma of Oz {Tom Reed}"),
        ({"sequence": "14"}, "L. Frank Baum/Oz/14 - Ozma of Oz {Tom Reed}"),
        ({"sequence": "1-3"}, "L. Frank Baum/Oz/01-03 - Ozma of Oz {Tom Reed}"),
        ({"authors": []}, "Unknown Author/Oz/03 - Ozma of Oz {Tom Reed}"),
        ({"title": "Oz: A Romance"}, "L. Frank Baum/Oz/03 - Oz - A Romance {Tom Reed}"),
        ({"title": "Who? What/Where."}, "L. Frank Baum/Oz/03 - Who What Where {Tom Reed}"),
        ({"title": "../../etc/passwd"}, "L. Frank Baum/Oz/03 - .. .. etc passwd {Tom Reed}"),
        ({"series": ".."}, "L. Frank Baum/_/03 - Ozma of Oz {Tom Reed}"),
        ({"authors": ["Con"]}, "_Con/Oz/03 - Ozma of Oz {Tom Reed}"),
        ({"authors": ["COM¹.txt"]}, "_COM¹.txt/Oz/03 - Ozma of Oz {Tom Reed}"),
        ({"title": "Cafe\u0301"}, "L. Frank Baum/Oz/03 - Café {Tom Reed}"),
    ],
)
def test_the_default_template_gives_each_book_its_folder(changes: dict[str, Any], path: str) -> None:
    assert str(PathTemplate(DEFAULT).folder(a_book(**changes))) == path


@given(BOOKS)
def test_the_default_template_gives_the_folders_that_libraries_already_have(names: BookNames) -> None:
    assert PathTemplate(DEFAULT).folder(names) == before_templates(names)


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{Title}", "Ozma of Oz"),
        ("{Author} - {Title} ({Year}) [{ASIN}]", "L. Frank Baum - Ozma of Oz (1907) [B0OZ000003]"),
        ("{Author}/{Series}/{Sequence} {Title}", "L. Frank Baum/Oz/3 Ozma of Oz"),
        ("{Author}/{Series}/{Sequence:000}. {Title}", "L. Frank Baum/Oz/003. Ozma of Oz"),
        ("{{{Author}}}/{Title}", "{L. Frank Baum}/Ozma of Oz"),
    ],
)
def test_a_template_names_each_field(template: str, path: str) -> None:
    assert str(PathTemplate(template).folder(OZMA)) == path


def test_what_has_no_value_is_left_out_with_its_group_or_its_folder() -> None:
    template = PathTemplate("{Author}/{Series}/<Book {Sequence:00}, >{Title}< ({Year}, {Narrator})>")
    alone = a_book(series=None, year=None)
    assert str(template.folder(alone)) == "L. Frank Baum/Ozma of Oz"


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{Author}", "needs {Title} once"),
        ("{Title}/{Author}", "in the last folder"),
        ("{Author}/<{Title}>", "outside of groups"),
        ("{Title}{Title}", "needs {Title} once"),
        ("{Titel}", "is not a field"),
        ("{Title:00}", "is not a field"),
        ("{Title", "is not a field"),
        ("{Title}}}}", "is not a field"),
        ("<{Series}/{Title}", "does not end"),
        ("{Series}>/{Title}", "each group needs"),
        ("<x>{Title}", "each group needs"),
        ("<<{Series}>>{Title}", "another group"),
        ("/{Title}", "needs a name"),
        ("../{Title}", "needs a name"),
        ("{Author}//{Title}", "needs a name"),
        ("C:\\{Title}", "not allowed"),
        ("{Title}?", "not allowed"),
        ("a/b/c/d/e/f/{Title}", "more than 6 folders"),
        ("{Title}" + "x" * 300, "longer than 300"),
    ],
)
def test_a_template_that_is_not_valid_is_refused_with_the_reason(template: str, why: str) -> None:
    with pytest.raises(BadTemplate, match=why):
        PathTemplate(template)


@given(TEMPLATES, BOOKS)
def test_every_folder_of_every_template_is_safe(template: str, names: BookNames) -> None:
    check_folders(PathTemplate(template), names)


@given(ANY_TEMPLATES | st.tuples(ANY_TEMPLATES, LAST_FOLDERS).map("/{Title}".join), BOOKS)
def test_any_text_is_a_template_with_safe_folders_or_refused(text: str, names: BookNames) -> None:
    with suppress(BadTemplate):
        check_folders(PathTemplate(text), names)


@given(BOOKS, BOOKS)
def test_two_books_with_different_titles_have_different_folders(one: BookNames, other: BookNames) -> None:
    """Unless their titles differ only in what no file system keeps."""
    first, second = (PathTemplate("{Title}").folder(names).name for names in (one, other))

    assert (first == second) is (safe_name(one.title) == safe_name(other.title))


def check_folders(template: PathTemplate, names: BookNames) -> None:
    """Every folder is below the library folder, and has names that every file system allows."""
    for folder in template.folders(names):
        assert not folder.is_absolute()
        assert folder.parts
        for name in folder.parts:
            assert name not in (".", "..")
            assert name == name.strip(" ")
            assert not name.startswith(".")
            assert not name.endswith(".")
            assert not set(name) & set('<>:"/\\|?*')
            assert unicodedata.is_normalized("NFC", name)
            assert len(name.encode()) <= LONGEST_NAME_BYTES + 1


def test_a_long_title_is_shortened_before_its_narrator() -> None:
    folder = PathTemplate(DEFAULT).folder(a_book(title="Ö" * 400))
    assert len(folder.name.encode()) <= LONGEST_NAME_BYTES
    assert folder.name.endswith("{Tom Reed}")


def test_the_folders_of_a_book_go_from_the_series_to_the_library_folder() -> None:
    assert [str(folder) for folder in PathTemplate(DEFAULT).folders(OZMA)] == [
        "L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}",
        "L. Frank Baum/Ozma of Oz {Tom Reed}",
        "L. Frank Baum - Ozma of Oz {Tom Reed}",
    ]
