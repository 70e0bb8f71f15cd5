"""Descriptions of the same work, similar descriptions of different works, and unsure cases."""

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.folded import folded
from shared.books.matching.same_work import Answer, are_two_volumes, best_match, compare


def described(
    title: str,
    author: str | None = "L. Frank Baum",
    series: str | None = None,
    place: str | None = None,
    path: str | None = None,
) -> BookDescription:
    return BookDescription(
        title=title,
        authors=(author,) if author else (),
        series=(SeriesPlace(series, place),) if series else (),
        path=path,
    )


def folder(path: str) -> BookDescription:
    return described("", None, path=path)


UMBRELLA_AT_NIGHT = described("Umbrella: The Dark Night", series="Rain", place="1")
FIRST_WARDEN = described("The Salt Warden", "Ann Calloway", "The Salt Warden", "1")
OZMA = described("Ozma of Oz", series="Oz", place="3")
SAME = [
    (described("Ozma of Oz"), OZMA),
    (described("ozma of oz (Unabridged)", "Baum, L. Frank"), OZMA),
    (described("Ozma of Ox"), OZMA),
    (described("Ozma of Oz: A Record of Her Adventures"), OZMA),
    (described("Ozma of Oz (Oz, #3)", None), OZMA),
    (described("Oz, Vol. 3: Ozma of Oz"), OZMA),
    (described("Ozma von Oz (Oz #3)"), OZMA),
    (described("Ozma of Oz [German Edition]", series="Oz", place="3"), OZMA),
    (folder("L. Frank Baum/Oz/03 - Ozma of Oz"), OZMA),
    (folder("L. Frank Baum - Ozma of Oz Oz, Book 3 (Unabridged)"), OZMA),
    (folder("LFrankBaum-OzmaOfOz"), OZMA),
    (folder("Top 100 Adventure Books/13 - Ozma of Oz - L. Frank Baum - 1907"), OZMA),
    (folder("The Oz Files/The Oz Files 03 Ozma of Oz"), described("Ozma of Oz", series="The Oz Files", place="3")),
    (folder("Ann Calloway - Emerald Gate/Book 3"), described("Emerald Gate 3", "Ann Calloway", "Emerald Gate", "3")),
    (described("The Salt Warden (The Salt Warden Trilogy 1)", "Ann Calloway"), FIRST_WARDEN),
    (folder("Ann Calloway/The Salt Warden Saga/01 The Salt Warden"), FIRST_WARDEN),
    (described("The Salt Warden", "Ann Calloway"), FIRST_WARDEN),
    (described("Max & Moritz"), described("Max und Moritz")),
    (described("Bread + Butter"), described("Bread and Butter")),
    (described("The 9th Gate"), described("The Ninth Gate")),
    (described("The Tower, Arc IV"), described("The Tower, Arc 4")),
    (described("Nordic Nights", "J. K. Rowling (as Robert Galbraith)"), described("Nordic Nights", "Robert Galbraith")),
    (described("Walden - Life in the Woods", "H. D. Thoreau"), described("Walden", "Henry David Thoreau")),
]
DIFFERENT = [
    (described("Summary of Ozma of Oz"), OZMA),
    (described("Ozma of Oz: A Study Guide"), OZMA),
    (described("Ozma of Oz [Dramatized Adaptation]"), OZMA),
    (described("The Oz Omnibus: Ozma of Oz"), OZMA),
    (described("The Oz Collection, Books 1-3"), OZMA),
    (described("Glinda of Oz", series="Oz", place="14"), OZMA),
    (described("The Search", "Ann Calloway"), described("The Search", "Berta Other")),
    (folder("Ann Calloway - The Gate/05 Relentless"), described("Relentless", "Berta Other")),
    (described("Emerald Gate, Vol. 4", "Ann Calloway"), described("Emerald Gate, Vol. 5", "Ann Calloway")),
    (described("Emma"), described("Persuasion", "Jane Austen")),
    (
        described("The Salt Warden", series="The Salt Warden", place="1"),
        described("The Salt Warden 6", series="The Salt Warden", place="6"),
    ),
    (described("The Salt Warden"), described("The Salt Warden 6: An Adventure", series="The Salt Warden", place="6")),
    (described("The Salt Warden Trilogy - Ann Calloway", "Ann Calloway"), FIRST_WARDEN),
    (described("The Salt Warden Saga - Ann Calloway", None), FIRST_WARDEN),
    (described("The Salt Warden Omnibus (Unabridged)", "Ann Calloway"), FIRST_WARDEN),
    (folder("Ann Calloway/The Salt Warden Collection [MP3]"), FIRST_WARDEN),
    (described("The Salt Warden Box Set (Ann Calloway)", None), FIRST_WARDEN),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_descriptions_of_one_work_are_the_same(one: BookDescription, other: BookDescription) -> None:
    assert compare(one, other).answer is Answer.SAME
    assert compare(other, one).answer is Answer.SAME


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_similar_descriptions_of_different_works_are_not_the_same(one: BookDescription, other: BookDescription) -> None:
    assert compare(one, other).answer is not Answer.SAME
    assert compare(other, one).answer is not Answer.SAME


def test_a_verdict_names_both_values_of_each_difference() -> None:
    verdict = compare(described("Ozma of Oz", "Jane Austen"), OZMA)
    assert verdict.answer is not Answer.SAME
    author = next(reason for reason in verdict.reasons if reason.rule == "author")
    assert author.weight < 0
    assert "jane austen" in author.words
    assert "l frank baum" in author.words


def test_confidence_grows_towards_equal_and_towards_different() -> None:
    same, unlike = compare(OZMA, OZMA), compare(described("Emma", "Jane Austen"), OZMA)
    assert same.distance == 0
    assert same.confidence == 1
    assert unlike.answer is Answer.DIFFERENT
    assert 0.5 < unlike.confidence <= 1


def test_the_original_is_matched_before_its_translation() -> None:
    works = [("de", described("Ozma of Oz [German Edition]", series="Oz", place="3")), ("en", OZMA)]
    match = best_match(described("Ozma of Oz"), works)
    assert match is not None
    assert match.work_id == "en"


def test_a_namesake_alone_is_not_matched() -> None:
    assert best_match(described("Ozma of Oz"), [("x", described("Ozma of Oz", "Jane Austen"))]) is None
    assert best_match(OZMA, []) is None


@pytest.mark.parametrize("title", ["N/A", "null", "Unknown", "none", "Untitled", "test", "undefined"])
def test_two_books_without_a_title_are_not_one_work(title: str) -> None:
    assert compare(described(title), described(title)).answer is not Answer.SAME
    assert compare(described(title, path="L. Frank Baum/Oz/03 - Ozma of Oz"), OZMA).answer is Answer.SAME


def test_a_title_with_its_article_at_the_end_is_the_same_title() -> None:
    turned = compare(BookDescription("Warden, The (1855)"), BookDescription("The Warden"))
    assert (turned.answer, turned.distance) == (Answer.SAME, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        (described("The Salt Warden"), described("The Salt Warden", series="The Salt Warden", place="6"), True),
        (FIRST_WARDEN, described("The Salt Warden", "Ann Calloway", "The Salt Warden", "6"), True),
        (FIRST_WARDEN, described("High Water", "Ann Calloway", "The Salt Warden", "2"), True),
        (OZMA, described("Ozma of Oz", series="Oz", place="4"), False),
        (OZMA, described("Ozma of Oz"), False),
        (described("Ozma of Oz"), described("Ozma of Oz"), False),
        (UMBRELLA_AT_NIGHT, described("Umbrella: The Bright Day", series="Rain", place="2"), True),
        (UMBRELLA_AT_NIGHT, described("Umbrella: A Novel", series="Rain", place="2"), False),
        (UMBRELLA_AT_NIGHT, described("Umbrella", series="Rain", place="2"), False),
    ],
)
def test_different_places_are_two_volumes_unless_they_share_a_title(
    one: BookDescription, other: BookDescription, two: bool
) -> None:
    assert are_two_volumes(folded(one), folded(other)) is two
    assert are_two_volumes(folded(other), folded(one)) is two
