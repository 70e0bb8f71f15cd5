"""Which of several acceptable releases is preferred."""

from typing import Any

import pytest
from shared.books.description import BookDescription
from shared.books.releases.description import Finding, Outcome, ReleaseDescription, WantedBook
from shared.books.releases.judging import judge_release, rank

BOOK = BookDescription("Ozma of Oz", authors=("L. Frank Baum",), narrators=("Anna Reader",), asin="B0OZ000003")
WANTED = WantedBook(BOOK)


def a_release(release_id: str = "r", **fields: Any) -> ReleaseDescription:
    """An M4B of the wanted book with ten seeders; narrator and ASIN are unknown."""
    usual: dict[str, Any] = {"name": "Ozma of Oz by L. Frank Baum", "filetypes": ("m4b",), "seeders": 10}
    return ReleaseDescription(release_id, **(usual | fields))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"narrators": ("Anna Reader",), "filetypes": ("mp3",), "seeders": 1}, {"seeders": 900, "free": True}),
        ({"asin": "B0OZ000003", "filetypes": ("mp3",)}, {"seeders": 900}),
        ({}, {"narrators": ("Bert Speaker",), "seeders": 900, "free": True}),
        ({"asin": "B0OZ000003", "narrators": ("A. Reader, full cast",)}, {"narrators": ("Bert Speaker",)}),
        ({"seeders": 1}, {"filetypes": ("m4a",), "seeders": 10**9, "free": True}),
        ({"filetypes": ("m4a",), "seeders": 1}, {"filetypes": ("mp3",), "seeders": 900}),
        ({"filetypes": ("mp3",), "seeders": 1}, {"filetypes": (), "seeders": 900}),
        ({"seeders": 11}, {"seeders": 10}),
        ({"seeders": 601}, {"seeders": 600}),
        ({"free": True}, {"seeders": 20}),
        ({"seeders": 40}, {"free": True}),
        ({"language_code": "ENG"}, {}),
    ],
)
def test_the_first_release_is_preferred_to_the_second(better: dict[str, Any], worse: dict[str, Any]) -> None:
    ranked = rank(WANTED, [a_release("worse", **worse), a_release("better", **better)])
    assert [release.id for release, _ in ranked] == ["better", "worse"]
    assert 0 < ranked[1][1].score < ranked[0][1].score < 1


def test_the_formats_are_preferred_in_the_order_that_is_wanted() -> None:
    wanted = WantedBook(BOOK, formats=("mp3", "m4b"))
    ranked = rank(wanted, [a_release("m4b", seeders=90), a_release("mp3", filetypes=("mp3",), seeders=1)])
    assert [release.id for release, _ in ranked] == ["mp3", "m4b"]


def test_equal_releases_are_in_the_order_of_their_ids() -> None:
    ranked = rank(WANTED, [a_release("b"), a_release("a"), a_release("Z")])
    assert [release.id for release, _ in ranked] == ["Z", "a", "b"]


def test_a_finding_of_another_rule_counts_like_those_of_the_release_rules() -> None:
    blocked = Finding("blocklist", Outcome.REJECTED, "a blocked release", "another", 0.0)
    judgement = judge_release(WANTED, a_release(findings=(blocked,)))
    assert (judgement.outcome, judgement.score, judgement.only_for_now) == (Outcome.REJECTED, 0.0, False)
    assert judgement.reasons[-1].rule == "blocklist"


def test_a_release_that_is_rejected_only_for_now_keeps_its_place_before_the_others() -> None:
    full = Finding("free disk", Outcome.REJECTED, "1 GiB free", "2 GiB", 0.0, lasting=False)
    ranked = rank(
        WANTED,
        [
            a_release("a", name="The Road to Oz by L. Frank Baum"),
            a_release("b", findings=(full,), filetypes=("mp3",)),
            a_release("c", findings=(full,)),
            a_release("d", findings=(full,), language_code="GER"),
        ],
    )
    assert [(release.id, judgement.only_for_now) for release, judgement in ranked] == [
        ("c", True), ("b", True), ("a", False), ("d", False),
    ]  # fmt: skip
