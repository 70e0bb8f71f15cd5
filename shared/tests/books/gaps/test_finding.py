"""The gaps of a series and of an author, for libraries with some books of Oz and of Barsoom."""

from dataclasses import replace
from datetime import date

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapAnswer, GapPolicy, LeftOutBecause
from shared.books.gaps.finding import author_gaps, series_gaps
from shared.books.gaps.owned_index import Shelf

POLICY = GapPolicy(as_of=date(2026, 1, 1))
BAUM = ("L. Frank Baum",)
OZ = SeriesPlace("Oz")


def entry(number: str, title: str, place: str | None = None, **fields: object) -> CatalogueEntry:
    book = BookDescription(
        title,
        authors=BAUM,
        series=(SeriesPlace("Oz", place),) if place else (),
        language="eng",
        published_year=1907,
    )
    return CatalogueEntry(number, replace(book, **fields))  # type: ignore[arg-type]


def item(path: str) -> BookDescription:
    return BookDescription("", path=path)


THREE = [
    entry("a", "The Wonderful Wizard of Oz", "1"),
    entry("b", "The Marvelous Land of Oz", "2"),
    entry("c", "Ozma of Oz", "3"),
]


def oz(catalogue: list[CatalogueEntry], *owned: BookDescription, policy: GapPolicy = POLICY) -> GapAnswer:
    return series_gaps(OZ, BAUM, catalogue, owned, policy)


def missing(answer: GapAnswer) -> list[str]:
    return [gap.chosen_id for gap in answer.missing]


def why(answer: GapAnswer, number: str) -> LeftOutBecause:
    return next(left.why for left in answer.left_out if left.id == number)


def test_works_that_are_not_owned_are_missing_in_the_order_of_the_series() -> None:
    assert missing(oz(THREE, item("L. Frank Baum/Oz/02 - The Marvelous Land of Oz"))) == ["a", "c"]


@pytest.mark.parametrize(
    "owned",
    [
        item("L. Frank Baum/Oz/Vol 3 - 1907 - Ozma of Oz {A. Reader}"),
        item("L.Frank.Baum.-.Oz.Bk.3.-.Ozma.of.Oz.Unabr"),
        item("LFrankBaum-OzmaOfOz"),
        item("L. Frank Baum - Ozma of Oz Oz, Book 3 (Unabridged)"),
        item("L. Frank Baum - [Oz 03] - Ozma of Oz (read by A. Reader) [MP3]"),
        BookDescription("Ozma of Oz: Oz Series, Book 3 (Unabridged)", authors=BAUM),
        BookDescription("Ozma of Oz", subtitle="The Third Book in the Oz Series", authors=BAUM),
        BookDescription("Oz, Vol. 3: Ozma of Oz", authors=BAUM),
    ],
    ids=lambda owned: owned.path or owned.title,
)
def test_an_owned_book_is_found_however_it_is_named(owned: BookDescription) -> None:
    assert missing(oz(THREE, owned)) == ["a", "b"]


def test_two_editions_of_a_work_are_one_gap() -> None:
    answer = oz([*THREE, entry("d", "Ozma of Oz", "3", published_year=1999, language=None)])
    assert missing(answer) == ["a", "b", "c"]
    assert answer.missing[2].work_ids == ("c", "d")


def test_two_titles_at_one_place_are_one_gap() -> None:
    assert len(oz([*THREE, entry("d", "Princess Ozma", "3")]).missing) == 3


def test_the_places_that_an_owned_omnibus_names_are_owned() -> None:
    answer = oz(THREE, BookDescription("Oz Box Set: Books 1-2", authors=BAUM))
    assert missing(answer) == ["c"]
    assert why(answer, "a") is LeftOutBecause.OWNED_IN_OMNIBUS


def test_a_folder_above_a_book_does_not_make_it_an_omnibus() -> None:
    assert missing(oz(THREE, item("L. Frank Baum - Oz [1-3]/03 Ozma of Oz"))) == ["a", "b"]


def test_the_places_that_the_catalogue_gives_an_owned_box_are_owned() -> None:
    box = entry("box", "The Royal Book of Emeralds", "1-2")
    assert missing(oz([*THREE, box], BookDescription("The Royal Book of Emeralds", authors=BAUM))) == ["c"]


@pytest.mark.parametrize(
    ("extra", "because"),
    [
        (entry("x", "Oz Boxed Set", "1-3"), LeftOutBecause.BOX_SET),
        (entry("x", "Ozma of Oz [French Edition]", "3", language="french"), LeftOutBecause.TRANSLATION),
        (entry("x", "Ozma von Oz", "3", language="ger"), LeftOutBecause.TRANSLATION),
        (entry("x", "Ozma of Oz [Dramatized Adaptation]", "3"), LeftOutBecause.DRAMATIZED),
        (entry("x", "Summary of Ozma of Oz", "3", authors=("Some Notes",)), LeftOutBecause.SUMMARY),
        (entry("x", "Oz: The Complete Guide", None), LeftOutBecause.COMPANION),
        (entry("x", "The Runaway Shadows", "3.5"), LeftOutBecause.NOVELLA),
        (entry("x", "Untitled Oz #4", "4"), LeftOutBecause.UNRELEASED),
        (entry("x", "Oz, Book 4", "4", published_year=None), LeftOutBecause.UNRELEASED),
        (entry("x", "The Road to Oz", "4", published=date(2026, 6, 1)), LeftOutBecause.UNRELEASED),
        (entry("x", "The Road to Oz", "4", published_year=2027), LeftOutBecause.UNRELEASED),
        (entry("x", "The Sea Fairies", None), LeftOutBecause.NO_PLACE),
    ],
    ids=lambda value: value.description.title if isinstance(value, CatalogueEntry) else value,
)
def test_an_entry_that_is_not_a_core_work_is_left_out_with_a_reason(
    extra: CatalogueEntry, because: LeftOutBecause
) -> None:
    answer = oz([*THREE, extra])
    assert missing(answer) == ["a", "b", "c"]
    assert why(answer, "x") is because


def test_a_book_of_the_same_title_by_another_author_is_not_the_owned_one() -> None:
    other = BookDescription("Ozma of Oz", authors=("Quentin Farrow",))
    assert missing(oz(THREE, other)) == ["a", "b", "c"]


def test_an_owned_book_that_may_be_the_work_makes_the_gap_doubtful_and_not_missing() -> None:
    answer = oz(THREE, item("L. Frank Baum/Ozma of Oz and the Nome King"))
    assert missing(answer) == ["a", "b"]
    assert [gap.chosen_id for gap in answer.doubtful] == ["c"]
    assert "Nome King" in answer.doubtful[0].evidence[-1].words


def test_a_book_at_a_works_place_by_its_author_is_the_work_under_another_title() -> None:
    assert missing(oz(THREE, BookDescription("Princess of Ev (Oz, Book 3)", authors=BAUM))) == ["a", "b"]


def test_novellas_are_gaps_if_the_policy_includes_them() -> None:
    answer = oz([*THREE, entry("x", "The Runaway Shadows", "3.5")], policy=replace(POLICY, novellas=True))
    assert "x" in missing(answer)


def test_no_more_gaps_are_reported_than_the_policy_allows() -> None:
    answer = oz(THREE, policy=replace(POLICY, max_missing=2))
    assert missing(answer) == ["a", "b"]
    assert why(answer, "c") is LeftOutBecause.BEYOND_LIMIT


def test_every_entry_is_reported_once() -> None:
    catalogue = [*THREE, entry("d", "Oz Boxed Set", "1-3"), entry("e", "Ozma of Oz", "3")]
    answer = oz(catalogue, item("L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz"))
    answered = [number for gap in answer.missing for number in gap.work_ids] + [left.id for left in answer.left_out]
    assert sorted(answered) == sorted(one.id for one in catalogue)


def test_one_shelf_serves_many_searches() -> None:
    shelf = Shelf([item("L. Frank Baum/Oz/02 - The Marvelous Land of Oz")])
    assert missing(series_gaps(OZ, BAUM, THREE, shelf, POLICY)) == ["a", "c"]
    assert missing(author_gaps(BAUM, THREE, shelf, POLICY)) == ["a", "c"]


def test_a_missing_work_is_reported_once_whatever_the_titles_of_its_editions() -> None:
    catalogue = [
        entry("m", "The Master Key"),
        entry("n", "The Master Key: An Electrical Fairy Tale"),
        entry("s", "The Sea Fairies"),
        entry("t", "Three Complete Novels: The Master Key / The Sea Fairies / Sky Island"),
        entry("u", "The Master Key The Sea Fairies and Sky Island"),
        entry("f", "American Fairy Tales and Other Stories"),
        entry("o", "Tarzan of the Apes", authors=("Edgar Rice Burroughs",)),
    ]
    answer = author_gaps(BAUM, catalogue, [item("L. Frank Baum - The Sea Fairies (1911) 64k")], POLICY)
    assert len(answer.missing) == 1
    assert set(answer.missing[0].work_ids) == {"m", "n"}
    assert [why(answer, number) for number in "stfo"] == [
        LeftOutBecause.OWNED, LeftOutBecause.BOX_SET, LeftOutBecause.COLLECTION, LeftOutBecause.OTHER_AUTHOR,
    ]  # fmt: skip


def test_a_gap_has_a_confidence_and_evidence() -> None:
    sure = oz(THREE).missing[0]
    unsure = oz([entry("x", "The Road to Oz", "4", language=None, published_year=None)]).missing[0]
    assert 0 < unsure.confidence < sure.confidence <= 1
    assert {reason.rule for reason in unsure.evidence} >= {"not owned", "language", "date"}


def test_an_empty_library_and_an_empty_catalogue_are_not_errors() -> None:
    assert oz([]) == GapAnswer((), (), ())
    assert author_gaps((), [], [], POLICY) == GapAnswer((), (), ())


@pytest.mark.parametrize(("title", "is_missing"), [("The Oz Atlas", False), ("The Scarlet Atlas", True)])
def test_a_title_like_a_companion_is_one_only_if_its_subject_is_known(title: str, is_missing: bool) -> None:
    answer = author_gaps(BAUM, [*THREE, entry("x", title)], [], POLICY)
    assert ("x" in missing(answer)) is is_missing
