"""What a cycle can do with what it finds, and how it tells what it did."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cli.cycle.phases import Conditions, Phase, PhaseOutcome, refusal, why_not
from cli.cycle.summary import Summary, _text, _why, show
from rich.console import Console
from shared.contracts.downloads.candidates import MATCHED_BOOK, MATCHED_EDITION, Candidate
from shared.contracts.downloads.downloads import Download, DownloadStatus
from shared.contracts.runs import RunTally
from shared.contracts.scheduler import Run, RunStatus
from shared.contracts.system import Integration, IntegrationState
from shared.contracts.values import SeriesPlace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def integration(name: str, state: IntegrationState = IntegrationState.OK, detail: str = "") -> Integration:
    return Integration(name=name, service="downloader", state=state, detail=detail)


def run(**changes: Any) -> Run:
    given = {"id": uuid4(), "task": "library_scan", "status": RunStatus.COMPLETED, "due_at": NOON}
    return Run.model_validate(given | changes)


def download(**changes: Any) -> Download:
    given = {"id": uuid4(), "title": "Ozma of Oz", "status": "failed", "created_at": NOON, "updated_at": NOON}
    return Download.model_validate(given | changes)


def test_nothing_lacks_when_services_answer_and_one_of_the_systems_does() -> None:
    found = Conditions(integrations=[integration("prowlarr"), integration("myanonamouse", IntegrationState.REFUSED)])
    assert found.lacking(("downloader",), ("myanonamouse", "prowlarr")) is None
    assert found.lacking(("downloader",), ()) is None


def test_a_silent_service_is_named_with_what_it_last_said() -> None:
    found = Conditions(silent={"mam-search": "MAM_SESSION: missing."})
    assert found.lacking(("downloader", "mam-search"), ()) == "mam-search: MAM_SESSION: missing."


def test_systems_that_are_all_away_are_named_with_what_was_seen() -> None:
    refused = integration("myanonamouse", IntegrationState.REFUSED, "make a new session")
    away = integration("prowlarr", IntegrationState.AWAY, "no answer")
    lack = Conditions(integrations=[refused, away]).lacking((), ("myanonamouse", "prowlarr"))
    assert lack == "myanonamouse is refused: make a new session; prowlarr is away: no answer"


def test_systems_that_nobody_told_of_are_not_configured() -> None:
    assert Conditions().lacking((), ("audible", "hardcover")) == "none of audible, hardcover is configured"


@pytest.mark.parametrize(
    ("told", "outcome", "undone"),
    [
        (run(), PhaseOutcome.DONE, []),
        (run(problems=["Audible is away"]), PhaseOutcome.PARTLY, ["Audible is away"]),
        (run(status="failed", problems=["Audible is away"]), PhaseOutcome.FAILED, ["Audible is away"]),
        (run(status="cancelled"), PhaseOutcome.FAILED, ["library_scan: the run ended as cancelled"]),
    ],
)
def test_a_phase_is_what_its_run_was(told: Run, outcome: PhaseOutcome, undone: list[str]) -> None:
    phase = Phase("Scan")
    phase.take(told.model_copy(update={"tally": RunTally(processed=3, succeeded=2, failed=1)}), "books read")
    assert (phase.outcome, phase.left_undone, phase.did) == (outcome, undone, ["books read: 2 of 3"])


def test_a_run_that_went_well_does_not_mend_a_phase_that_failed() -> None:
    phase = Phase("Scan")
    phase.take(run(status="failed"), "series compared")
    phase.take(run(problems=["Hardcover is away"]), "authors compared")
    assert phase.outcome is PhaseOutcome.FAILED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"waiting_for": "a decision"}, "Ozma of Oz: a decision"),
        ({"error": "no seeds"}, "Ozma of Oz: no seeds"),
        ({"status": DownloadStatus.QUEUED}, "Ozma of Oz: it is queued"),
        ({"error": "no seeds", "next_retry_at": NOON}, "Ozma of Oz: no seeds; next try 2026-03-01 12:00 UTC"),
    ],
)
def test_why_a_book_is_not_there_is_said_in_a_line(changes: dict[str, Any], words: str) -> None:
    assert why_not(download(**changes)) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        ("Oz", "Oz"),
        (["L. Frank Baum", "Ruth Plumly Thompson"], "L. Frank Baum, Ruth Plumly Thompson"),
        ([SeriesPlace(name="Oz", sequence="3"), SeriesPlace(name="Ozma")], "Oz #3, Ozma"),
        ("x" * 80, "x" * 57 + "…"),
    ],
)
def test_a_value_is_shown_in_a_cell(value: object, text: str) -> None:
    assert _text(value) == text


@pytest.mark.parametrize(
    ("outcomes", "complete"),
    [
        ([PhaseOutcome.DONE, PhaseOutcome.PARTLY], True),
        ([PhaseOutcome.DONE, PhaseOutcome.NOT_RUN], False),
        ([PhaseOutcome.DONE, PhaseOutcome.FAILED], False),
    ],
)
def test_a_cycle_is_complete_when_every_phase_ran(outcomes: list[PhaseOutcome], complete: bool) -> None:
    assert Summary(1, 2, [], [], [Phase("any", outcome) for outcome in outcomes]).complete is complete


def test_a_system_that_refused_us_is_named_with_the_books_that_cannot_go_on() -> None:
    held_up = download(error_type="AUTH", error="MyAnonamouse: answered 403", status="queued")
    given_up = download(error_type="AUTH", error="MyAnonamouse: answered 403", status="cancelled")
    elsewhere = download(error_type="NETWORK", error="Prowlarr: no answer")
    assert refusal([given_up, elsewhere]) is None
    told = refusal([elsewhere, held_up, held_up])
    assert told == "2 books cannot go on, as a system refused us: MyAnonamouse: answered 403"


def test_the_summary_names_what_was_left_undone_and_why() -> None:
    phase = Phase("Search", PhaseOutcome.NOT_RUN, left_undone=[f"reason {number}" for number in range(14)])
    shown = io.StringIO()
    show(Console(file=shown, width=160), Summary(20, 23, [], [], [phase]))
    assert "books after" in shown.getvalue()
    assert "reason 11" in shown.getvalue()
    assert "… and 2 more" in shown.getvalue()


def test_the_why_of_a_decision_says_what_made_it_this_book() -> None:
    reasons = [
        {"rule": MATCHED_BOOK, "words": "title “Ozma of Oz”, by L. Frank Baum", "weight": 1.0},
        {"rule": MATCHED_EDITION, "words": "read by Tom Reed, 300 minutes", "weight": 0.5},
        {"rule": "format", "words": "got m4b, want an audiobook", "weight": 1.0},
        {"rule": "snatched before", "words": "got a torrent snatched already", "weight": -1.0},
    ]
    release = {"indexer": "MAM", "id": "1", "title": "Ozma of Oz", "size_bytes": 1}
    chosen = Candidate.model_validate(
        {"id": uuid4(), "download_id": uuid4(), "release": release, "verdict": "accepted", "score": 0.9,
         "reasons": reasons, "judged_at": NOON}
    )  # fmt: skip
    assert _why(chosen) == (
        "title “Ozma of Oz”, by L. Frank Baum; read by Tom Reed, 300 minutes; got a torrent snatched already"
    )


def test_what_could_not_be_read_is_named_and_not_shown_as_none() -> None:
    shown = io.StringIO()
    summary = Summary(20, None, [], [], [], ["missing books: Service away: nobody answers"])
    show(Console(file=shown, width=160), summary)
    assert "could not be read: missing books: Service away: nobody answers" in shown.getvalue()
    (known,) = [line for line in shown.getvalue().splitlines() if "missing books known" in line]
    assert "–" in known
    assert "0" not in known
    assert not summary.complete


def test_a_system_nobody_told_of_is_explained_by_its_silent_service() -> None:
    away = integration("prowlarr", IntegrationState.AWAY, "no answer")
    found = Conditions(silent={"mam-search": "MAM_SESSION: missing."}, integrations=[away])
    lack = found.lacking(("downloader",), ("myanonamouse", "prowlarr"))
    assert lack == "prowlarr is away: no answer; mam-search: MAM_SESSION: missing."


def test_all_is_well_without_what_is_left_out_by_choice() -> None:
    prowlarr = integration("prowlarr", IntegrationState.NOT_CONFIGURED).model_copy(update={"required": False})
    assert Conditions(integrations=[integration("myanonamouse"), prowlarr]).all_well("myanonamouse", "prowlarr")
    away = integration("myanonamouse", IntegrationState.AWAY)
    assert not Conditions(integrations=[away, prowlarr]).all_well("myanonamouse", "prowlarr")
    assert not Conditions(integrations=[prowlarr]).all_well("myanonamouse", "prowlarr")
