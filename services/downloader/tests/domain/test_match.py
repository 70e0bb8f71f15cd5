"""The reasons say why a release is this book and this edition."""

from collections.abc import Callable
from typing import Any

from downloader.domain.decision import judge_all
from downloader.domain.match import match_of, words_of
from shared.contracts.downloads.candidates import MATCHED_BOOK, MATCHED_EDITION

Make = Callable[..., Any]


def test_the_match_names_title_author_place_narrator_and_length(a_release: Make, a_missing_book: Make) -> None:
    wanted = a_missing_book(narrators=["Tom Reed"], asin="B0OZ000002")
    found = {reason.rule: reason.words for reason in match_of(a_release(asin="B0OZ000002"), wanted)}
    assert found == {
        MATCHED_BOOK: "title “The Marvelous Land of Oz”, by L. Frank Baum, place 2 of Oz",
        MATCHED_EDITION: (
            "read by Tom Reed, like the best known edition, 300 minutes, like an edition of 300, ASIN B0OZ000002"
        ),
    }


def test_another_title_is_named_with_the_wanted_one(a_release: Make, a_missing_book: Make) -> None:
    release = a_release(title="Further Adventures of Tip", series=[], narrators=["Ann Other"], duration_minutes=None)
    wanted = a_missing_book(other_titles=["The Further Adventures of Tip"], narrators=["Tom Reed"])
    assert words_of(match_of(release, wanted)) == (
        "title “The Further Adventures of Tip”, another title of “The Marvelous Land of Oz”, by L. Frank Baum; "
        "read by Ann Other, not by Tom Reed"
    )


def test_a_name_alone_is_searched_for_the_author(a_release: Make, a_missing_book: Make) -> None:
    release = a_release(
        title="The Marvelous Land of Oz by L. Frank Baum [ENG / M4B]",
        authors=[], narrators=[], series=[], duration_minutes=None,
    )  # fmt: skip
    assert words_of(match_of(release, a_missing_book())) == "title “The Marvelous Land of Oz”, by L. Frank Baum"


def test_only_a_release_that_may_be_grabbed_is_explained(a_release: Make, a_grab_context: Make) -> None:
    good, abridged = judge_all([a_release(id="1"), a_release(id="2", abridged=True)], a_grab_context())
    assert words_of(good.reasons)
    assert not words_of(abridged.reasons)
