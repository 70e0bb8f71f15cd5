"""One *same work* for every part: what is the same, what only looks like it, and what stays unsure."""

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.same_work import Answer, best_match, compare


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
    (folder("Ann Author - Emerald Gate/Book 3"), described("Emerald Gate 3", "Ann Author", "Emerald Gate", "3")),
    (described("Walden - Life in the Woods", "H. D. Thoreau"), described("Walden", "Henry David Thoreau")),
]
DIFFERENT = [
    (described("Summary of Ozma of Oz"), OZMA),
    (described("Ozma of Oz: A Study Guide"), OZMA),
    (described("Ozma of Oz [Dramatized Adaptation]"), OZMA),
    (described("The Oz Omnibus: Ozma of Oz"), OZMA),
    (described("The Oz Collection, Books 1-3"), OZMA),
    (described("Glinda of Oz", series="Oz", place="14"), OZMA),
    (described("The Search", "Ann Author"), described("The Search", "Berta Other")),
    (folder("Ann Author - The Gate/05 Relentless"), described("Relentless", "Berta Other")),
    (described("Emerald Gate, Vol. 4", "Ann Author"), described("Emerald Gate, Vol. 5", "Ann Author")),
    (described("Emma"), described("Persuasion", "Jane Austen")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_descriptions_of_one_work_are_the_same(one: BookDescription, other: BookDescription) -> None:
    assert compare(one, other).answer is Answer.SAME
    assert compare(other, one).answer is Answer.SAME


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_look_alikes_are_not_the_same(one: BookDescription, other: BookDescription) -> None:
    assert compare(one, other).answer is not Answer.SAME
    assert compare(other, one).answer is not Answer.SAME


def test_a_verdict_says_what_was_got_and_what_was_wanted() -> None:
    verdict = compare(described("Ozma of Oz", "Jane Austen"), OZMA)
    assert verdict.answer is not Answer.SAME
    author = next(reason for reason in verdict.reasons if reason.rule == "author")
    assert author.weight < 0
    assert "jane austen" in author.words
    assert "l frank baum" in author.words


def test_the_further_apart_two_are_the_surer_they_differ_and_the_nearer_the_surer_they_are_one() -> None:
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


def test_no_work_is_matched_when_only_a_namesake_is_there() -> None:
    assert best_match(described("Ozma of Oz"), [("x", described("Ozma of Oz", "Jane Austen"))]) is None
    assert best_match(OZMA, []) is None


def test_a_title_with_its_article_at_the_end_is_the_title_itself() -> None:
    turned = compare(BookDescription("Warden, The (1855)"), BookDescription("The Warden"))
    assert (turned.answer, turned.distance) == (Answer.SAME, 0.0)
