"""What a wanted book says about the edition: formats, languages, narrators, abridged and dramatized recordings."""

from typing import Any

import pytest
from shared.books.description import BookDescription
from shared.books.releases.description import Outcome, ReleaseDescription, WantedBook
from shared.books.releases.judging import judge_release, rank

ACCEPTED, DOUBTFUL, REJECTED = Outcome.ACCEPTED, Outcome.DOUBTFUL, Outcome.REJECTED
BOOK = BookDescription("Ozma of Oz", authors=("L. Frank Baum",))
BY_ANNA = BookDescription("Ozma of Oz", authors=("L. Frank Baum",), narrators=("Anna Reader", "Carl Voice"))


def wanted(book: BookDescription = BOOK, **fields: Any) -> WantedBook:
    return WantedBook(book, **fields)


def a_release(release_id: str = "r", **fields: Any) -> ReleaseDescription:
    usual: dict[str, Any] = {"name": "Ozma of Oz by L. Frank Baum", "filetypes": ("m4b",), "seeders": 10}
    return ReleaseDescription(release_id, **(usual | fields))


ONLY_M4B = wanted(formats=("m4b",), only_formats=True)
BY_ANNA_ONLY = wanted(BY_ANNA, narrator_required=True)
IN_TWO_LANGUAGES = wanted(languages=("en", "de"))


@pytest.mark.parametrize(
    ("book", "fields", "outcome", "rule"),
    [
        (wanted(), {"filetypes": ("flac",)}, ACCEPTED, "format"),
        (ONLY_M4B, {"filetypes": ("m4b",)}, ACCEPTED, "format"),
        (ONLY_M4B, {"filetypes": ("mp3", "m4b")}, ACCEPTED, "format"),
        (ONLY_M4B, {"filetypes": ("mp3",)}, REJECTED, "format"),
        (ONLY_M4B, {"filetypes": ()}, DOUBTFUL, "format"),
        (wanted(), {"language_code": "GER"}, REJECTED, "language"),
        (IN_TWO_LANGUAGES, {"language_code": "GER"}, ACCEPTED, "language"),
        (IN_TWO_LANGUAGES, {"language_code": "ENG"}, ACCEPTED, "language"),
        (IN_TWO_LANGUAGES, {"language_code": "FRE"}, REJECTED, "language"),
        (wanted(languages=("de",)), {"language_code": "ENG"}, REJECTED, "language"),
        (wanted(BY_ANNA), {"narrators": ("Bert Speaker",)}, ACCEPTED, "narrator"),
        (BY_ANNA_ONLY, {"narrators": ("Bert Speaker",)}, REJECTED, "narrator"),
        (BY_ANNA_ONLY, {"narrators": ("Carl Voice",)}, ACCEPTED, "narrator"),
        (BY_ANNA_ONLY, {"name": "Ozma of Oz by L. Frank Baum (read by Anna Reader)"}, ACCEPTED, "narrator"),
        (BY_ANNA_ONLY, {}, DOUBTFUL, "narrator"),
        (wanted(), {"abridged": True}, REJECTED, "edition"),
        (wanted(), {"abridged": None}, ACCEPTED, "edition"),
        (wanted(), {"tags": "abridged, children"}, REJECTED, "edition"),
        (wanted(abridged_allowed=True), {"abridged": True}, ACCEPTED, "edition"),
        (wanted(abridged_allowed=True), {"tags": "abridged, children"}, ACCEPTED, "edition"),
        (wanted(), {"narrators": ("GraphicAudio",)}, REJECTED, "edition"),
        (wanted(dramatized_allowed=True), {"narrators": ("GraphicAudio",)}, ACCEPTED, "edition"),
        (wanted(abridged_allowed=True), {"abridged": True, "narrators": ("GraphicAudio",)}, REJECTED, "edition"),
        (wanted(), {"name": "Ozma of Oz (Dramatized) by L. Frank Baum"}, REJECTED, "kind"),
        (wanted(dramatized_allowed=True), {"name": "Ozma of Oz (Dramatized) by L. Frank Baum"}, ACCEPTED, "kind"),
    ],
)
def test_a_release_is_the_wanted_edition(book: WantedBook, fields: dict[str, Any], outcome: Outcome, rule: str) -> None:
    judgement = judge_release(book, a_release(**fields))

    (finding,) = [each for each in judgement.findings if each.rule == rule]
    assert (finding.outcome, judgement.outcome) == (outcome, outcome)
    assert finding.got
    assert finding.want


@pytest.mark.parametrize(
    ("book", "better", "worse"),
    [
        (wanted(abridged_allowed=True), {"filetypes": ("mp3",), "seeders": 1}, {"abridged": True, "seeders": 900}),
        (
            wanted(dramatized_allowed=True),
            {"filetypes": ("mp3",), "seeders": 1},
            {"narrators": ("GraphicAudio",), "seeders": 900},
        ),
        (wanted(preferred_words=("retail",)), {"tags": "retail", "seeders": 1}, {"seeders": 900}),
        (
            wanted(preferred_words=("retail", "chapters")),
            {"tags": "retail chapters", "seeders": 1},
            {"tags": "retail", "seeders": 900},
        ),
        (wanted(preferred_words=("retail",)), {"seeders": 1}, {"tags": "retail", "filetypes": ("mp3",)}),
    ],
)
def test_of_two_allowed_editions_the_first_is_preferred(
    book: WantedBook, better: dict[str, Any], worse: dict[str, Any]
) -> None:
    ranked = rank(book, [a_release("worse", **worse), a_release("better", **better)])

    assert [release.id for release, _ in ranked] == ["better", "worse"]
    assert all(judgement.accepted for _, judgement in ranked)


def test_without_preferred_words_the_score_is_that_of_the_other_rules() -> None:
    plain = judge_release(wanted(), a_release(tags="retail"))

    assert plain.score == judge_release(wanted(preferred_words=()), a_release()).score
