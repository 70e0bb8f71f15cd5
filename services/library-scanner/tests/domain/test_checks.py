"""The checks of the books of one author, and of a messy library with planted faults."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group
from library_scanner.domain.checks.library_names import groups_of, named_book, names_of_library
from library_scanner.domain.checks.registry import check_group
from library_scanner.domain.checks.series_evidence import number_after
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind as Kind
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import SeriesPlace

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def a_book(title: str, path: str, **changes: Any) -> Book:
    series = [SeriesPlace(name=name, sequence=place) for name, place in changes.pop("series", ())]
    values: dict[str, Any] = {
        "id": uuid4(), "abs_id": "item", "title": title, "path": path, "authors": ["L. Frank Baum"],
        "narrators": ["Tom Reed"], "language": "English", "series": series, "added_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return Book(**(values | changes))


def found_in(*books: Book, editions: Mapping[UUID, Sequence[KnownEdition]] | None = None) -> list[Found]:
    named = [named_book(book) for book in books]
    names = names_of_library(named)
    by_id = {book.id: book for book in books}
    groups = groups_of(named, names).values()
    checked = [Group([by_id[each] for each in ids], names, editions or {}) for ids in groups]
    return [found for group in checked for found in check_group(group)]


def proposed(*books: Book) -> dict[tuple[str, str], Any]:
    titles = {book.id: book.title for book in books}
    return {(titles[each.book_id], each.field): each.new for one in found_in(*books) for each in one.repairs}


def kinds(*books: Book) -> list[Kind]:
    return sorted(each.kind for each in found_in(*books))


LAND = a_book("The Marvelous Land of Oz", "L. Frank Baum/Oz/02 - The Marvelous Land of Oz", series=[("Oz", "2")])


def test_a_series_is_read_from_folder_title_subtitle_and_file_name() -> None:
    third = [SeriesPlace(name="Oz", sequence="3")]
    for book in (
        a_book("Ozma of Oz", "L. Frank Baum/Oz/03 - Ozma of Oz"),
        a_book("Ozma of Oz (Oz, Book 3)", "L. Frank Baum/Ozma of Oz"),
        a_book("Ozma of Oz", "L. Frank Baum/Ozma of Oz", subtitle="Book 3 of the Oz Series"),
        a_book("Ozma of Oz", "L. Frank Baum/Ozma of Oz", file_names=["Oz 03 - Ozma of Oz.m4b"]),
    ):
        assert proposed(book)[book.title, "series"] == third


def test_chapters_are_no_series() -> None:
    book = a_book(
        "Ozma of Oz", "L. Frank Baum/Ozma", file_names=["Ozma of Oz 01 - The Hen.mp3", "Ozma of Oz 09 - End.mp3"]
    )
    assert proposed(book) == {}


def test_a_read_series_has_the_spelling_of_the_library() -> None:
    book = a_book("Ozma of Oz", "L. Frank Baum/oz series/03 - Ozma of Oz")
    assert proposed(LAND, book) == {("Ozma of Oz", "series"): [SeriesPlace(name="Oz", sequence="3")]}


def test_a_missing_place_is_read() -> None:
    book = a_book("Ozma of Oz", "L. Frank Baum/Oz/03 - Ozma of Oz", series=[("Oz", None)])
    assert proposed(book) == {("Ozma of Oz", "series"): [SeriesPlace(name="Oz", sequence="3")]}


def test_a_missing_place_follows_the_name_of_the_series_in_the_folder_but_not_a_number_of_the_title() -> None:
    for folder in ("Oz-sagan_04_Vinter", "Oz-sagan 04 - Vinter", "Baum - Oz-Sagan #4 - Vinter"):
        book = a_book("Vinter", f"L. Frank Baum/{folder}", series=[("Oz-sagan", None)])
        assert proposed(book) == {("Vinter", "series"): [SeriesPlace(name="Oz-sagan", sequence="4")]}
    assert number_after("Apollo", a_book("Apollo 13: The Untold Story", "Baum/Apollo 13 - The Untold Story")) is None
    assert proposed(a_book("Vinter", "L. Frank Baum/Oz-sagan_1907_Vinter", series=[("Oz-sagan", None)])) == {}


def test_a_place_that_two_titles_claim_is_not_proposed() -> None:
    one = a_book("Ozma of Oz", "L. Frank Baum/Oz/03 - Ozma of Oz")
    other = a_book("Rinkitink in Oz", "L. Frank Baum/Oz/03 - Rinkitink in Oz")
    assert proposed(one, other) == {}


def test_a_number_of_the_title_is_no_place() -> None:
    for title in ("Apollo 13 - The Untold Story", "Cabin 9: The Embassy", "The No. 1 Lantern Agency", "Room 12"):
        assert found_in(a_book(title, f"L. Frank Baum/{title.replace(':', ' -')}")) == []


def test_two_titles_at_one_place_are_found() -> None:
    assert kinds(LAND, a_book("Ozma of Oz", "L. Frank Baum/Ozma", series=[("Oz", "2")])) == [Kind.PLACE_TWICE]


def test_a_series_with_two_names_gets_the_more_frequent_one() -> None:
    third = a_book("Ozma of Oz", "L. Frank Baum/Ozma", series=[("Oz", "3")])
    eighth = a_book("Tik-Tok of Oz", "L. Frank Baum/Tik-Tok", series=[("The Oz Series", "8")])
    assert kinds(LAND, third, eighth) == [Kind.SERIES_NAMES]
    assert proposed(LAND, third, eighth) == {("Tik-Tok of Oz", "series"): [SeriesPlace(name="Oz", sequence="8")]}


def test_series_with_different_books_at_one_place_are_two() -> None:
    other = a_book("Little Wizard Stories", "L. Frank Baum/Stories", series=[("The Oz Series", "2")])
    assert kinds(LAND, other) == []


def test_volumes_are_not_cleaned_to_one_title() -> None:
    books = [
        a_book(f"The History of Oz (Book {n})", f"L. Frank Baum/History {n}", series=[("Chronicles of Oz", str(n))])
        for n in (1, 2)
    ]
    assert Kind.TITLE_POLLUTED not in {each.kind for each in found_in(*books) if each.repairs}


def test_copies_are_one_book_but_other_recordings_and_parts_are_not() -> None:
    book = a_book("Ozma of Oz", "L. Frank Baum/Ozma of Oz", duration_seconds=20_000.0)
    copy = a_book("Ozma of Oz (Unabridged)", "New/Ozma", duration_seconds=20_060.0)
    assert Kind.SAME_BOOK_TWICE in kinds(book, copy)
    for other in (
        copy.model_copy(update={"narrators": ["Ann Gale"]}),
        copy.model_copy(update={"duration_seconds": 26_000.0}),
        copy.model_copy(update={"language": "German"}),
        copy.model_copy(update={"title": "Ozma of Oz, Part 2"}),
    ):
        assert Kind.SAME_BOOK_TWICE not in kinds(book, other)


def test_languages_that_the_script_contradicts_and_unmarked_abridged_books_are_found() -> None:
    assert kinds(a_book("Озма из страны Оз", "Baum/Ozma")) == [Kind.WRONG_LANGUAGE]
    assert kinds(a_book("Озма из страны Оз", "Baum/Ozma", language="Ukrainian")) == []
    assert kinds(a_book("Ozma of Oz", "Baum/Ozma", language="und")) == [Kind.NO_LANGUAGE]
    assert kinds(a_book("Ozma of Oz", "Baum/Ozma (Abridged)")) == [Kind.ABRIDGED_UNMARKED]
    assert kinds(a_book("Ozma of Oz", "Baum/Ozma (Abridged)", abridged=True)) == []


def abridged(number: int = 1, *, says: bool | None = True, minutes: int | None = 100) -> KnownEdition:
    return KnownEdition(
        provider="AUDIBLE", id=f"AUDIBLE:{number}", identified=True, abridged=says, duration_minutes=minutes
    )


def marked(book: Book, *editions: KnownEdition) -> list[tuple[Any, float, str]]:
    """The mark that the finding of an unmarked book proposes."""
    found = [each for each in found_in(book, editions={book.id: editions}) if each.kind is Kind.ABRIDGED_UNMARKED]
    return [(each.new, each.score, each.source) for finding in found for each in finding.repairs]


@pytest.mark.parametrize(
    ("fields", "editions", "expected"),
    [
        ({"path": "Baum/Ozma (Abridged)"}, [], [(True, 0.95, "TEXTS")]),
        ({"title": "Ozma of Oz (Abridged)"}, [], [(True, 0.95, "TEXTS")]),
        ({}, [abridged()], [(True, 0.95, "AUDIBLE")]),
        ({}, [abridged(minutes=102)], [(True, 0.95, "AUDIBLE")]),
        ({}, [abridged(minutes=None)], [(True, 0.8, "AUDIBLE")]),
        ({"duration_seconds": None}, [abridged()], [(True, 0.8, "AUDIBLE")]),
        ({}, [abridged(minutes=110)], []),
        ({"path": "Baum/Ozma (Abridged)"}, [abridged(says=False)], [(True, 0.75, "TEXTS")]),
        ({"path": "Baum/Ozma (Abridged)"}, [abridged(says=False, minutes=300)], [(True, 0.95, "TEXTS")]),
        ({}, [abridged(), abridged(2, says=False)], [(True, 0.75, "AUDIBLE")]),
        ({"path": "Baum/Ozma (Abridged)", "locked_fields": ["abridged"]}, [], []),
        ({"abridged": True}, [abridged()], []),
        ({"abridged": True}, [abridged(says=False)], []),
    ],
)
def test_an_abridged_book_is_marked_on_strong_evidence_and_never_unmarked(
    fields: dict[str, Any], editions: list[KnownEdition], expected: list[tuple[bool, float, str]]
) -> None:
    book = a_book("Ozma of Oz", "Baum/Ozma", duration_seconds=6000.0).model_copy(update=fields)
    assert marked(book, *editions) == expected


GERMAN = (
    "Als ein Fremder in das Dorf kommt, weiß niemand, wer er ist und was er verloren hat. Nur die Tochter des Wirts "
    "wagt zu fragen, und die Antwort wird ihr Leben verändern."
)


def listed(language: str, *, identified: bool = True) -> KnownEdition:
    return KnownEdition(provider="AUDIBLE", id="AUDIBLE:1", identified=identified, language=language)


def language_found(book: Book, *editions: KnownEdition) -> list[tuple[Any, float]]:
    found = check_group(Group([book], editions={book.id: editions}))
    return [(each.new, each.score) for one in found for each in one.repairs if each.field == "language"]


def test_a_missing_language_is_found_in_the_description_the_title_and_the_edition() -> None:
    described = a_book("Ozma", "Baum/Ozma", language=None, description=GERMAN)
    assert language_found(described) == [("German", 0.9)]
    titled = described.model_copy(update={"title": "Die Kinder und das Haus im Wald"})
    assert language_found(titled) == [("German", 0.975)]
    assert language_found(titled, listed("german")) == [("German", 0.99)]
    assert language_found(a_book("Ozma", "Baum/Ozma", language="und"), listed("german")) == [("German", 0.97)]
    assert language_found(a_book("Ozma [German Edition]", "Baum/Ozma", language=None)) == [("German", 0.9)]


def test_a_language_on_which_the_sources_disagree_is_not_proposed() -> None:
    described = a_book("Ozma", "Baum/Ozma", language=None, description=GERMAN)
    assert language_found(described, listed("english")) == []
    assert language_found(described, listed("english", identified=False)) == []
    assert language_found(described, listed("english", identified=False), listed("german", identified=False))
    assert language_found(described.model_copy(update={"title": "What the Children Saw in the Garden"})) == []
    assert language_found(a_book("Ozma of Oz", "Baum/Ozma", language=None)) == []
    assert language_found(described.model_copy(update={"locked_fields": ["language"]})) == []


def test_a_description_in_another_language_contradicts_the_language_unless_something_confirms_it() -> None:
    described = a_book("Ozma", "Baum/Ozma", description=GERMAN)
    assert kinds(described) == [Kind.WRONG_LANGUAGE]
    assert kinds(described.model_copy(update={"title": "What the Children Saw in the Garden"})) == []
    assert [each.kind for each in check_group(Group([described], editions={described.id: [listed("english")]}))] == []
    assert kinds(a_book("Die Kinder und das Haus im Wald", "Baum/Ozma")) == []


def test_a_wrong_language_is_corrected_by_the_edition_and_not_by_a_text_alone() -> None:
    book = a_book("Ozma", "Baum/Ozma")
    assert language_found(book, listed("german")) == [("German", 0.82)]
    described = book.model_copy(update={"description": GERMAN})
    assert language_found(described, listed("german")) == [("German", 0.99)]
    assert kinds(described) == [Kind.WRONG_LANGUAGE]
    assert language_found(described) == []
    assert language_found(described, listed("french")) == []
    assert language_found(described.model_copy(update={"locked_fields": ["language"]}), listed("german")) == []
    assert language_found(described.model_copy(update={"language": "Ozian"})) == [("German", 0.9)]
    written_in_cyrillic = a_book("Озма из страны Оз", "Baum/Ozma", language="english")
    assert language_found(written_in_cyrillic, listed("english")) == []


def test_several_books_in_one_item_and_a_book_inside_a_book_are_found() -> None:
    assert kinds(a_book("Tales", "Baum/Tales", contents=["Ozma.m4b", "Sky Island.m4b"])) == [
        Kind.SEVERAL_BOOKS_IN_ONE_ITEM
    ]
    assert kinds(a_book("Ozma of Oz", "Baum/Ozma", contents=["Sky Island/"])) == [Kind.BOOK_INSIDE_BOOK]
    inner = a_book("Sky Island", "Baum/Ozma/Sky Island")
    for book_id in (UUID(int=0), UUID(int=2**128 - 1)):  # the order of the ids does not matter
        assert kinds(a_book("Ozma of Oz", "Baum/Ozma", id=book_id), inner) == [Kind.BOOK_INSIDE_BOOK]
    assert kinds(a_book("Ozma of Oz", "Baum/Ozma"), a_book("Sky Island", "Baum/Ozma 2")) == []


def test_a_finding_keeps_its_key_and_its_fingerprint_changes_with_the_fact() -> None:
    book = a_book("Ozma of Oz (Unabridged)", "Baum/Ozma")
    (first,), (again,) = found_in(book), found_in(book.model_copy(update={"narrators": ["Ann Gale"]}))
    (changed,) = found_in(book.model_copy(update={"title": "Ozma of Oz [64k]"}))
    assert first.key == again.key == changed.key
    assert first.fingerprint == again.fingerprint != changed.fingerprint
