from typing import Any

import pytest
from sandbox.scoring import Observed, ObservedBook, ObservedCorrection, ObservedGrab, ObservedImport, Score, score
from sandbox.text_comparison import same_person
from sandbox.world import World

OZMA = ObservedBook("Ozma of Oz", ("L. Frank Baum",), "Oz", "3")


def a_world(**truth: Any) -> World:
    def offer(number: int) -> dict[str, Any]:
        return {
            "id": str(number),
            "indexer": "mam",
            "title": "Ozma",
            "size_bytes": 1,
            "files": [{"name": "a.m4b", "duration_minutes": 300}],
        }

    def work(name: str, title: str, author: str = "L. Frank Baum", **changes: Any) -> dict[str, Any]:
        return {"id": name, "title": title, "authors": [author], **changes}

    series = [{"name": "Oz", "sequence": "3"}]
    return World.model_validate(
        {
            "name": "test",
            "works": [
                work("ozma", "Ozma of Oz", series=series, other_titles=["Princess Ozma"]),
                work("queer", "Queer Visitors", kind="novella"),
                work("wizard", "The Wonderful Wizard of Oz"),
                work("namesake", "Ozma of Oz", author="Ada Ashgrove"),
            ],
            "library": [{"id": "li_1", "title": "The Wonderful Wizard of Oz", "folder": "Oz/1"}],
            "offers": [offer(1), offer(2), offer(3)],
            "truth": {
                "missing": [{"work": "ozma", "acceptable_releases": ["mam:1"]}],
                "optional": ["queer"],
                "neutral_releases": ["mam:3"],
                **truth,
            },
        }
    )


def right(field: str, *accepted: str, required: bool = True) -> dict[str, Any]:
    return {"book": "li_1", "field": field, "accepted": list(accepted), "required": required}


def corrected(field: str, new: str, old: str = "", *, world: World) -> Score:
    return score(world, Observed(corrections=(ObservedCorrection("li_1", field, old, new),)))


def grabbed(release: str, book: ObservedBook = OZMA) -> Score:
    return score(a_world(), Observed(grabs=(ObservedGrab(book, release),)))


def reported(*books: ObservedBook) -> Score:
    return score(a_world(), Observed(missing=books))


def test_a_cycle_that_does_nothing_misses_everything_but_does_nothing_wrong() -> None:
    result = reported()
    assert result.not_found == ["ozma (series_gap)"]
    assert result.release_not_taken == ["ozma: mam:1"]
    assert result.nothing_wrong
    assert not result.perfect


def test_a_missing_book_is_found() -> None:
    result = reported(OZMA)
    assert (len(result.found), result.not_found, result.false) == (1, [], [])


@pytest.mark.parametrize(
    "book",
    [
        ObservedBook("ozma of OZ!", ("Baum, L. Frank",)),
        ObservedBook("Ozma of Oz: A Record of Her Adventures", ("L Frank Baum",)),
        ObservedBook("Ozma of Oz (Unabridged)", ("L.Frank Baum",)),
        ObservedBook("Princess Ozma", ("Lyman Frank Baum", "L. Frank Baum")),
        ObservedBook("Ozma of Oz", (), "The Oz Series", "3"),
    ],
)
def test_a_missing_book_is_recognized_in_any_spelling(book: ObservedBook) -> None:
    assert len(reported(book).found) == 1


@pytest.mark.parametrize(
    "book",
    [
        ObservedBook("The Wonderful Wizard of Oz", ("L. Frank Baum",)),
        ObservedBook("Ozma of Oz", ("Ada Ashgrove",)),
        ObservedBook("Ozma of Oz", ("Ruth Plumly Thompson",)),
        ObservedBook("Summary of Ozma of Oz", ("L. Frank Baum",)),
        ObservedBook("Ozma of Oz (German Edition)", ("L. Frank Baum",)),
        ObservedBook("Ozma of Oz [Dramatized Adaptation]", ("L. Frank Baum",)),
        ObservedBook("Ozma of Oz: A Study Guide", ()),
        ObservedBook("", ()),
    ],
)
def test_a_reported_book_that_is_not_a_gap_is_false(book: ObservedBook) -> None:
    result = reported(book)
    assert (len(result.false), len(result.not_found)) == (1, 1)


def test_a_book_reported_twice_is_false_the_second_time() -> None:
    result = reported(OZMA, OZMA)
    assert (len(result.found), len(result.false)) == (1, 1)


def test_an_optional_book_is_neither_right_nor_wrong() -> None:
    result = reported(ObservedBook("Queer Visitors", ("L. Frank Baum",)))
    assert (len(result.optional), result.nothing_wrong) == (1, True)


def test_an_acceptable_release_is_right() -> None:
    result = grabbed("mam:1")
    assert (len(result.right_release), result.release_not_taken) == (1, [])


@pytest.mark.parametrize("release", ["mam:2", "prowlarr:1", "mam:999"])
def test_any_other_release_is_wrong(release: str) -> None:
    result = grabbed(release)
    assert (len(result.wrong_release), result.release_not_taken) == (1, ["ozma: mam:1"])


def test_an_acceptable_release_of_another_book_is_wrong() -> None:
    assert grabbed("mam:1", ObservedBook("Queer Visitors", ("L. Frank Baum",))).wrong_release


def test_a_release_with_a_hidden_fault_is_neutral_and_does_not_count_for_the_book() -> None:
    result = grabbed("mam:3")
    assert (len(result.neutral_release), result.wrong_release) == (1, [])
    assert result.release_not_taken == ["ozma: mam:1"]


@pytest.mark.parametrize(
    ("shelved", "right"),
    [
        (ObservedBook("Princess Ozma", ("L. Frank Baum",), "Oz", "3"), True),
        (ObservedBook("Ozma of Oz", ("Frank Baum",)), True),
        (ObservedBook("Ozma of Oz by L. Frank Baum [ENG / M4B]", ("L. Frank Baum",), "Oz", "3"), False),
        (ObservedBook("Ozma of Oz", ("Volunteers",), "Oz", "3"), False),
        (ObservedBook("Ozma of Oz", ("L. Frank Baum",), "Oz", "4"), False),
    ],
)
def test_an_imported_book_is_judged_by_title_authors_and_sequence(shelved: ObservedBook, right: bool) -> None:
    result = score(a_world(), Observed(imports=(ObservedImport(OZMA, shelved),)))
    assert (len(result.named_right), len(result.named_wrong)) == ((1, 0) if right else (0, 1))
    assert result.nothing_wrong is right


def test_the_order_and_separator_of_a_list_do_not_matter() -> None:
    world = a_world(corrections=[right("narrators", "Maud Ellery, Hugh Pemberton")])
    assert corrected("narrators", "Hugh Pemberton; Maud Ellery", world=world).right_correction


@pytest.mark.parametrize(
    ("field", "new", "accepted"),
    [
        ("sequence", "01", "1"),
        ("sequence", "1.0", "1"),
        ("series", "The Oz Books", "Oz"),
        ("isbn", "978-3-16-148410-0", "9783161484100"),
        ("language", "english", "English"),
    ],
)
def test_a_different_spelling_of_the_same_value_is_right(field: str, new: str, accepted: str) -> None:
    assert corrected(field, new, world=a_world(corrections=[right(field, accepted)])).right_correction


@pytest.mark.parametrize(
    ("field", "new"), [("sequence", "10"), ("sequence", "1.5"), ("series", "Ozark"), ("asin", "B1")]
)
def test_another_value_is_wrong_and_the_right_one_is_still_required(field: str, new: str) -> None:
    truth = [right("sequence", "1"), right("series", "Oz"), right("asin", "B0")]
    result = corrected(field, new, world=a_world(corrections=truth))
    assert (len(result.wrong_correction), len(result.correction_not_made)) == (1, 3)


def test_a_change_of_a_field_without_a_listed_value_is_wrong() -> None:
    assert corrected("title", "Ozma", world=a_world()).wrong_correction


def test_an_optional_correction_is_neutral_and_may_be_omitted() -> None:
    world = a_world(corrections=[right("publisher", "Lantern Audio", required=False)])
    assert corrected("publisher", "Lantern Audio", world=world).neutral_correction
    assert score(world, Observed()).correction_not_made == []


def test_series_and_sequence_may_be_one_correction() -> None:
    world = a_world(corrections=[right("series", "Oz"), right("sequence", "1")])
    result = corrected("series", "Oz #1", world=world)
    assert (len(result.right_correction), result.correction_not_made) == (1, [])
    assert corrected("series", "Oz #2", world=world).wrong_correction


def test_a_sequence_may_be_added_to_the_existing_series() -> None:
    world = a_world(corrections=[right("sequence", "1")])
    assert corrected("series", "Oz #1", "Oz", world=world).right_correction
    assert corrected("series", "Ozark #1", "Oz", world=world).wrong_correction


def test_a_harmless_field_may_be_filled_but_not_overwritten() -> None:
    assert corrected("description", "A girl and a hen", world=a_world()).neutral_correction
    assert corrected("description", "A girl and a hen", "A hen", world=a_world()).wrong_correction


def test_a_correction_of_a_book_added_during_the_cycle_is_not_judged() -> None:
    change = ObservedCorrection("li_new", "title", "", "anything")
    assert score(a_world(), Observed(corrections=(change,))).nothing_wrong


def test_a_cycle_without_mistakes_or_omissions_is_perfect() -> None:
    result = score(a_world(), Observed(missing=(OZMA,), grabs=(ObservedGrab(OZMA, "mam:1"),)))
    assert result.perfect
    assert {name: count for name, count in result.counts().items() if count} == {"found": 1, "right_release": 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R. Austin Freeman", "Richard Austin Freeman", True),
        ("Freeman, R. A.", "Richard Austin Freeman", True),
        ("E. W. Hornung", "Ernest William Hornung", True),
        ("Wilkie Collins", "W. Collins", True),
        ("Wilkie Collins", "Suzanne Collins", False),
        ("S. Collins", "Wilkie Collins", False),
    ],
)
def test_initials_match_given_names(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
