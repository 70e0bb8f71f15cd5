"""Which phases of a cycle can run, and what its summary shows."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cli.cycle.phases import Conditions, Phase, PhaseOutcome, refusal, why_not
from cli.cycle.summary import MATCHED_BOOK, MATCHED_EDITION, Summary, _why, show
from cli.value_text import value_text
from gapless_client.models import (
    Candidate,
    Download,
    DownloadStatus,
    Integration,
    IntegrationKind,
    IntegrationState,
    Run,
    RunStatus,
    RunTally,
    SeriesPlace,
)
from rich.console import Console
from shared.contracts.downloads import candidates

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def integration(name: str, state: IntegrationState = IntegrationState.OK, detail: str = "") -> Integration:
    return Integration(name=name, kind=IntegrationKind.INDEXER, service="downloader", state=state, detail=detail)


def run(**changes: Any) -> Run:
    values = {"id": uuid4(), "task": "library_scan", "status": RunStatus.COMPLETED, "due_at": NOON}
    return Run.model_validate(values | changes)


def download(**changes: Any) -> Download:
    values = {"id": uuid4(), "title": "Ozma of Oz", "status": "failed", "created_at": NOON, "updated_at": NOON}
    return Download.model_validate(values | changes)


def test_a_phase_can_run_when_its_services_and_one_of_its_systems_answer() -> None:
    found = Conditions(integrations=[integration("prowlarr"), integration("myanonamouse", IntegrationState.REFUSED)])
    assert found.blocker(("downloader",), IntegrationKind.INDEXER) is None
    assert found.blocker(("downloader",)) is None


def test_a_service_that_does_not_answer_is_named_with_its_last_error() -> None:
    found = Conditions(unavailable={"mam-search": "MAM_SESSION: missing."})
    assert found.blocker(("downloader", "mam-search")) == "mam-search: MAM_SESSION: missing."


def test_systems_that_are_all_unavailable_are_named_with_their_errors() -> None:
    refused = integration("myanonamouse", IntegrationState.REFUSED, "make a new session")
    away = integration("prowlarr", IntegrationState.AWAY, "no answer")
    blocker = Conditions(integrations=[refused, away]).blocker((), IntegrationKind.INDEXER)
    assert blocker == "myanonamouse is refused: make a new session; prowlarr is away: no answer"


def test_systems_that_no_service_reports_are_not_configured() -> None:
    assert Conditions().blocker((), IntegrationKind.DOWNLOAD_CLIENT) == "no download client is configured"


@pytest.mark.parametrize(
    ("finished", "outcome", "undone"),
    [
        (run(), PhaseOutcome.DONE, []),
        (run(problems=["Audible is away"]), PhaseOutcome.PARTLY, ["Audible is away"]),
        (run(status="failed", problems=["Audible is away"]), PhaseOutcome.FAILED, ["Audible is away"]),
        (run(status="cancelled"), PhaseOutcome.FAILED, ["library_scan: the run ended as cancelled"]),
    ],
)
def test_the_outcome_of_a_phase_follows_from_its_run(finished: Run, outcome: PhaseOutcome, undone: list[str]) -> None:
    phase = Phase("Scan")
    phase.add_run(finished.model_copy(update={"tally": RunTally(processed=3, succeeded=2, failed=1)}), "books read")
    assert (phase.outcome, phase.not_done, phase.done) == (outcome, undone, ["books read: 2 of 3"])


def test_a_later_run_does_not_clear_the_failure_of_a_phase() -> None:
    phase = Phase("Scan")
    phase.add_run(run(status="failed"), "series compared")
    phase.add_run(run(problems=["Hardcover is away"]), "authors compared")
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
def test_one_line_says_why_a_book_is_not_in_the_library(changes: dict[str, Any], words: str) -> None:
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
def test_a_value_is_formatted_for_a_table_cell(value: object, text: str) -> None:
    assert value_text(value) == text


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


def test_a_system_that_refuses_the_credentials_is_named_with_the_number_of_blocked_books() -> None:
    blocked = download(error_type="AUTH", error="MyAnonamouse: answered 403", status="queued")
    cancelled = download(error_type="AUTH", error="MyAnonamouse: answered 403", status="cancelled")
    other = download(error_type="NETWORK", error="Prowlarr: no answer")
    assert refusal([cancelled, other]) is None
    assert refusal([other, blocked, blocked]) == (
        "2 books are blocked because an outside system refused the credentials: MyAnonamouse: answered 403"
    )


def test_the_summary_lists_what_was_not_done_and_why() -> None:
    phase = Phase("Search", PhaseOutcome.NOT_RUN, not_done=[f"reason {number}" for number in range(14)])
    shown = io.StringIO()
    show(Console(file=shown, width=160), Summary(20, 23, [], [], [phase]))
    assert "books after" in shown.getvalue()
    assert "reason 11" in shown.getvalue()
    assert "… and 2 more" in shown.getvalue()


def test_the_reason_of_a_decision_says_why_the_release_is_this_book() -> None:
    reasons = [
        {"rule": MATCHED_BOOK, "words": "title “Ozma of Oz”, by L. Frank Baum", "weight": 1.0},
        {"rule": MATCHED_EDITION, "words": "read by Tom Reed, 300 minutes", "weight": 0.5},
        {"rule": "format", "words": "got m4b, want an audiobook", "weight": 1.0},
        {"rule": "snatched before", "words": "got a torrent snatched already", "weight": -1.0},
    ]
    release = {"indexer": "MAM", "id": "1", "title": "Ozma of Oz", "size_bytes": 1}
    chosen = Candidate.model_validate(
        {"id": uuid4(), "download_id": uuid4(), "release": release, "verdict": "accepted", "score": 0.9,
         "reasons": reasons, "judged_at": NOON, "cost": None}
    )  # fmt: skip
    assert _why(chosen) == (
        "title “Ozma of Oz”, by L. Frank Baum; read by Tom Reed, 300 minutes; got a torrent snatched already"
    )


def test_the_rules_have_the_names_that_the_services_give_them() -> None:
    assert (MATCHED_BOOK, MATCHED_EDITION) == (candidates.MATCHED_BOOK, candidates.MATCHED_EDITION)


def test_a_part_that_could_not_be_fetched_is_named_and_not_shown_as_zero() -> None:
    shown = io.StringIO()
    summary = Summary(20, None, [], [], [], ["missing books: Service unavailable: no answer"])
    show(Console(file=shown, width=160), summary)
    assert "could not be fetched: missing books: Service unavailable: no answer" in shown.getvalue()
    (known,) = [line for line in shown.getvalue().splitlines() if "missing books known" in line]
    assert "–" in known
    assert "0" not in known
    assert not summary.complete


def test_a_system_that_is_not_reported_is_explained_by_its_unavailable_service() -> None:
    away = integration("prowlarr", IntegrationState.AWAY, "no answer")
    found = Conditions(unavailable={"mam-search": "MAM_SESSION: missing."}, integrations=[away])
    blocker = found.blocker(("downloader",), IntegrationKind.INDEXER)
    assert blocker == "prowlarr is away: no answer; mam-search: MAM_SESSION: missing."


def test_an_optional_system_that_is_not_configured_counts_as_available() -> None:
    prowlarr = integration("prowlarr", IntegrationState.NOT_CONFIGURED).model_copy(update={"required": False})
    assert Conditions(integrations=[integration("myanonamouse"), prowlarr]).all_available(IntegrationKind.INDEXER)
    away = integration("myanonamouse", IntegrationState.AWAY)
    assert not Conditions(integrations=[away, prowlarr]).all_available(IntegrationKind.INDEXER)
    assert not Conditions(unavailable={"mam-search": "stopped"}, integrations=[prowlarr]).all_available(
        IntegrationKind.INDEXER
    )
