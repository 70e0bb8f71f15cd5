"""The decision among releases, and the reasons for each."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.domain.decision import best, judge_all
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.values import Indexer

Make = Callable[..., Any]


def test_a_matching_release_is_accepted(a_release: Make, a_grab_context: Make) -> None:
    chosen = best(judge_all([a_release()], a_grab_context()))

    assert chosen is not None
    assert 0 < chosen.score <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Ozma of Oz", "series": [{"name": "Oz", "sequence": "3"}]},
        {"language": "GER"},
        {"is_audio": False, "filetype": "epub"},
        {"authors": ["Another Writer"], "series": []},
        {"abridged": True},
        {"seeders": 0},
        {"title": "The Oz Series Books 1-14", "series": [{"name": "Oz", "sequence": "1-14"}]},
    ],
)
def test_a_wrong_release_is_rejected_and_the_reason_says_what_was_found_and_expected(
    a_release: Make, a_grab_context: Make, changes: dict[str, Any]
) -> None:
    (decision,) = judge_all([a_release(**changes)], a_grab_context())

    assert decision.verdict is Verdict.REJECTED
    assert decision.score == 0
    assert "got " in decision.against()
    assert "want " in decision.against()


def test_a_doubtful_release_is_not_accepted(a_release: Make, a_grab_context: Make) -> None:
    decisions = judge_all([a_release(snatched_before=True)], a_grab_context())

    assert [one.verdict for one in decisions] == [Verdict.DOUBTFUL]
    assert best(decisions) is None


def test_a_release_that_only_the_account_forbids_is_rejected_for_now(
    a_release: Make, a_grab_context: Make, an_assessment: Make
) -> None:
    refused = {("MAM", "900001"): an_assessment(allowed=False)}
    (decision,) = judge_all([a_release()], a_grab_context(account=refused))

    assert decision.verdict is Verdict.REJECTED
    assert decision.only_for_now


def test_a_release_with_a_lasting_fault_is_not_rejected_only_for_now(
    a_release: Make, a_grab_context: Make, an_assessment: Make
) -> None:
    context = a_grab_context(account={("MAM", "900001"): an_assessment(allowed=False)})

    (decision,) = judge_all([a_release(language="GER")], context)

    assert not decision.only_for_now


def test_the_preferred_format_comes_first(a_release: Make, a_grab_context: Make) -> None:
    releases = [a_release(id="1", filetype="mp3"), a_release(id="2", filetype="m4b")]

    assert [one.release.id for one in judge_all(releases, a_grab_context())] == ["2", "1"]


def test_of_equal_releases_the_one_with_more_seeders_is_first(a_release: Make, a_grab_context: Make) -> None:
    releases = [a_release(id="1", seeders=2), a_release(id="2", seeders=40)]

    assert [one.release.id for one in judge_all(releases, a_grab_context())] == ["2", "1"]


def test_a_listing_without_fields_is_read_from_its_title(a_release: Make, a_grab_context: Make) -> None:
    listing = a_release(
        indexer=Indexer.PROWLARR,
        indexer_name="AudioTracker",
        structured=False,
        title="The Marvelous Land of Oz by L. Frank Baum [ENG / M4B]",
        authors=[],
        narrators=[],
        series=[],
        filetype=None,
        language=None,
        is_audio=None,
        category="3030",
        duration_minutes=None,
    )

    assert best(judge_all([listing], a_grab_context())) is not None
