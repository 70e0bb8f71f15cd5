"""What a person decides about a match is written and kept, and a doubtful candidate is never chosen by itself."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli.task_runs import follow_run
from gapless_client.models import Run, RunStatus
from harness.trial import Trial, trial
from sandbox.validation import load
from sandbox.worldmaking.shipped import SANDBOX

SECRET = "the-secret-of-the-webhook"
DOUBTFUL, PINNED, UNMATCHED, NEW = "Marsh", "Chapter 1", "Track 01", "The Glass Landing"
LANTERN, ATTIC = "A Lantern in the Marsh", "The Attic Door"


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Trial]:
    """The world of traps, in which one untagged book was added to Audiobookshelf today. No task has a schedule."""
    world = load(SANDBOX / "worlds" / "traps.json")
    today = datetime.now(UTC).date()
    books = [each.model_copy(update={"added": today}) if each.title == NEW else each for each in world.library]
    file = tmp_path / "traps.json"
    file.write_text(world.model_copy(update={"library": books}).model_dump_json())
    settings = {"ABS_WEBHOOK_SECRET": SECRET, "TASK_LIBRARY_SCAN_CRON": "by hand"}
    with trial(file, settings, preloaded=True) as started:
        yield started


def test_only_a_person_matches_the_doubtful_and_full_refreshes_keep_what_was_decided(installed: Trial) -> None:
    the_webhook_refreshes_a_new_book_at_once_and_no_other(installed)
    decisions_are_written_and_kept(installed)
    a_finding_is_repaired_and_the_repair_undone(installed)


def the_webhook_refreshes_a_new_book_at_once_and_no_other(installed: Trial) -> None:
    answer = call(installed, "POST", "/api/webhooks/audiobookshelf", headers={"X-Webhook-Secret": SECRET})
    assert answer.status_code == 202
    until(lambda: book(installed, NEW).get("asin"), "the metadata of the new book")
    assert book(installed, NEW)["authors"] == ["Tobias Renfrew"]
    corrected = {each["book_title"] for each in ask(installed, "/api/metadata/corrections?limit=500")["items"]}
    assert corrected == {NEW}


def decisions_are_written_and_kept(installed: Trial) -> None:
    decide(installed, UNMATCHED, {"none": True})
    refresh_all(installed)
    doubtful = book(installed, DOUBTFUL)
    assert doubtful["match_confidence"] in ("LOW", "UNMATCHED")
    assert (doubtful["asin"], doubtful["narrators"]) == (None, [])

    found = ask(installed, f"/api/books/{doubtful['id']}/match")
    entries = {each["entry"]["title"]: each for each in found["candidates"] if each["entry"]["asin"]}
    assert {LANTERN, "The Marsh Road"} <= entries.keys()
    assert all(each["confidence"] in ("LOW", "UNMATCHED") and each["reasons"] for each in entries.values())
    changes = {each["field"]: each["new"] for each in entries[LANTERN]["changes"]}
    assert changes["title"] == LANTERN

    decide(installed, DOUBTFUL, {"entry_id": entries[LANTERN]["entry"]["id"]})
    attic = next(each for each in installed.world.works if each.title == ATTIC)
    pinned = book(installed, PINNED)
    decide(installed, PINNED, {"asin": attic.editions[0].asin})
    until(lambda: book_of(installed, doubtful["id"])["title"] == LANTERN, "the chosen title")
    until(lambda: book_of(installed, pinned["id"])["title"] == ATTIC, "the pinned title")
    chosen = book_of(installed, doubtful["id"])
    until(lambda: book_of(installed, doubtful["id"])["match_confidence"] == "HIGH", "the refresh of the new title")
    assert (chosen["asin"], chosen["match_decision"]) == (changes["asin"], "chosen")
    assert book_of(installed, pinned["id"])["match_decision"] == "pinned"

    before = [book_of(installed, each["id"]) for each in (doubtful, pinned)]
    refresh_all(installed)
    fields = ("title", "authors", "narrators", "asin", "series", "published_year", "match_decision")
    after = [book_of(installed, each["id"]) for each in (doubtful, pinned)]
    assert [[each[name] for name in fields] for each in after] == [[each[name] for name in fields] for each in before]

    alone = book(installed, UNMATCHED)
    assert (alone["authors"], alone["asin"], alone["match_decision"]) == ([], None, "unmatched")
    assert ask(installed, "/api/books?match_decision=unmatched")["total"] == 1
    words = [each["words"] for each in ask(installed, f"/api/books/{alone['id']}/timeline")["entries"]]
    assert any("no entry is the book" in each for each in words)
    assert call(installed, "DELETE", f"/api/books/{alone['id']}/match").status_code == 204
    until(lambda: book_of(installed, alone["id"])["asin"], "the metadata after the decision was deleted")


def a_finding_is_repaired_and_the_repair_undone(installed: Trial) -> None:
    """Accepting a finding changes its books in Audiobookshelf, and undoing the corrections restores every byte."""
    run_task(installed, "/api/scheduler/tasks/library_check/run")
    proposal = until(lambda: a_proposal_of_a_finding(installed), "a proposal of a finding")
    finding = ask(installed, f"/api/findings/{proposal['finding_id']}")
    before, shelved = installed.items(), book_of(installed, proposal["book_id"])["abs_id"]

    accepted = call(installed, "POST", f"/api/findings/{finding['id']}/accept")
    assert accepted.status_code == 202, accepted.text
    path = f"/api/metadata/corrections?limit=500&book_id={proposal['book_id']}&field={proposal['field']}"
    written = until(
        lambda: [each for each in ask(installed, path)["items"] if each["status"] == "applied"], "the write"
    )
    assert {each["source"] for each in written} == {"TEXTS"}
    changed = installed.items()
    assert changed[shelved]["media"]["metadata"] != before[shelved]["media"]["metadata"]

    since = {"filter": {"source": "TEXTS"}}
    call(installed, "POST", "/api/metadata/corrections/undo", json=since).raise_for_status()
    open_ = ("applied", "proposed", "undoing")
    source = "/api/metadata/corrections?limit=500&source=TEXTS"
    until(lambda: not [each for each in ask(installed, source)["items"] if each["status"] in open_], "the undo")
    assert installed.items() == before


def a_proposal_of_a_finding(installed: Trial) -> dict[str, Any]:
    """The surest open proposal that repairs a finding; empty while there is none."""
    proposals = ask(installed, "/api/metadata/proposals?limit=500&sort=-score")["items"]
    return next((each for each in proposals if each["finding_id"]), {})


def decide(installed: Trial, title: str, choice: dict[str, Any]) -> None:
    answer = call(installed, "PUT", f"/api/books/{book(installed, title)['id']}/match", json=choice)
    assert answer.status_code == 200, answer.text


def refresh_all(installed: Trial) -> None:
    run_task(installed, "/api/metadata/bulk-refresh", json={"mode": "FULL"})


def run_task(installed: Trial, path: str, **options: Any) -> None:
    """Start a run over the API, and wait until it is completed."""
    api = installed.processes.api
    try:
        begun = Run.model_validate(call(installed, "POST", path, **options).raise_for_status().json())
        assert follow_run(api, begun.id).status is RunStatus.COMPLETED
    finally:
        api.close()


def book(installed: Trial, title: str) -> dict[str, Any]:
    """The book with this title; empty while there is none."""
    books = ask(installed, "/api/books?limit=500")["items"]
    return next((each for each in books if each["title"] == title), {})


def book_of(installed: Trial, book_id: str) -> dict[str, Any]:
    found: dict[str, Any] = ask(installed, f"/api/books/{book_id}")
    return found


def ask(installed: Trial, path: str) -> Any:
    return call(installed, "GET", path).raise_for_status().json()


def call(installed: Trial, method: str, path: str, **options: Any) -> httpx.Response:
    headers = {"X-Api-Key": installed.processes.installation.api_key, **options.pop("headers", {})}
    address = f"http://127.0.0.1:{installed.processes.port}{path}"
    return httpx.request(method, address, headers=headers, timeout=120, **options)


def until(condition: Callable[[], Any], what: str) -> Any:
    """The first value of the condition that is true."""
    deadline = time.monotonic() + 240
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited 60 s for {what}"
        time.sleep(0.2)
    return value
