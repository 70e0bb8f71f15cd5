"""A fault of an outside system or a setting is reported, stops only what depends on it, and is recovered from later.

The tests of this file share one installation. Each switches its faults on, and off again at the end.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import nats
import psycopg
import pytest
from cli.cycle.phases import PhaseOutcome
from cli.cycle.summary import Summary
from cli.task_runs import run_to_end
from gapless_client import every
from gapless_client.models import (
    Download,
    DownloadStatus,
    ErrorType,
    FailedMessage,
    Integration,
    IntegrationState,
    Run,
    RunStatus,
)  # fmt: skip
from harness.trial import Trial, trial
from provisioning.roles import DATABASE
from sandbox.five_books import AT_MAM, AT_PROWLARR, BOOKS, NOWHERE, oz
from shared.testing.publishing import publish as publish_as_outbox

FAILURES = ["away", "unauthorized", "throttled", "html", "forbidden", "half", "broken", "empty"]
SYSTEMS = {
    "audiobookshelf": "audiobookshelf",
    "mam": "myanonamouse",
    "prowlarr": "prowlarr",
    "qbittorrent": "qbittorrent",
    "audible": "audible",
    "hardcover": "hardcover",
}
"""Each stand-in, and the name of its integration in Gapless."""
MAM_SEARCH = "/tor/js/loadSearchJSONbasic.php"


@contextmanager
def after_first_cycle(folder: Path) -> Iterator[tuple[Trial, Summary]]:
    """An installation after its first cycle. It grabs nothing without approval, and monitors downloads on request."""
    file = folder / "oz.json"
    file.write_text(oz().model_dump_json())
    with trial(file, {"TASK_DOWNLOAD_MONITOR_CRON": "0 0 1 1 *"}, preloaded=True) as installed:
        yield installed, installed.cycle()


@pytest.fixture(scope="module")
def first_cycle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Trial, Summary]]:
    """The installation shared by all tests that do not change its library."""
    with after_first_cycle(tmp_path_factory.mktemp("world")) as first:
        yield first


@pytest.fixture
def installed(first_cycle: tuple[Trial, Summary]) -> Trial:
    """The shared installation with empty caches of the indexers and providers, as after a day."""
    trial, _ = first_cycle
    with superuser(trial) as database:
        database.execute("truncate mam.searches, metadata.provider_answers")
    return trial


def superuser(installed: Trial) -> psycopg.Connection[Any]:
    return psycopg.connect(installed.processes.installation.postgres.url(DATABASE), autocommit=True)


@contextmanager
def failing(installed: Trial, system: str, kind: str, **where: Any) -> Iterator[None]:
    """Within this context a stand-in fails. It ends when the services report the system as available again.

    It begins when they report it as available: a client that is refused at its first login pauses for a long time.
    """
    wait_until_ok = partial(until, lambda: integration(installed, system).state is IntegrationState.OK, 60)
    wait_until_ok(f"{system} to be available")
    if system == "mam":
        forget_standing(installed)
    table = f"{installed.processes.sandbox_addresses[system]}/_sandbox/outcomes"
    httpx.post(table, json={"kind": kind, "retry_after_seconds": 1, **where}, timeout=60).raise_for_status()
    try:
        yield
    finally:
        httpx.delete(table, timeout=60).raise_for_status()
        wait_until_ok(f"{system} to be available again")


def forget_standing(installed: Trial) -> None:
    """Make the next check read the standing again, as after a minute."""
    with superuser(installed) as database:
        database.execute("update mam.account_snapshots set read_at = read_at - interval '1 minute'")


def integration(installed: Trial, system: str) -> Integration:
    with installed.processes.api as api:
        (found,) = [each for each in api.system.test_integrations().integrations if each.name == SYSTEMS[system]]
        return found


def run(installed: Trial, task: str, **parameters: Any) -> Run:
    with installed.processes.api as api:
        return run_to_end(api, task, parameters)


def ask(installed: Trial, method: str, path: str, **options: Any) -> Any:
    key = {"X-Api-Key": installed.processes.installation.api_key}
    url = f"http://127.0.0.1:{installed.processes.port}{path}"
    return httpx.request(method, url, headers=key, timeout=120, **options).raise_for_status().json()


def books(installed: Trial) -> list[str]:
    return sorted(each["title"] for each in ask(installed, "GET", "/api/books?status=active")["items"])


def missing(installed: Trial) -> dict[str, str]:
    return {each["title"]: each["status"] for each in ask(installed, "GET", "/api/books/missing")["items"]}


def download(installed: Trial, title: str) -> Download:
    with installed.processes.api as api:
        (found,) = [each for each in every(api.downloads.list, sort="created_at") if each.title == title]
        return found


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.1)


def test_without_faults_every_gap_is_found_and_nothing_is_grabbed_without_approval(
    first_cycle: tuple[Trial, Summary],
) -> None:
    _, summary = first_cycle
    assert [phase.outcome for phase in summary.phases].count(PhaseOutcome.DONE) >= 5, summary.phases
    assert {each.missing.title for each in summary.decisions} == set(BOOKS[2:])
    assert all(each.grabbed is None for each in summary.decisions)


@pytest.mark.parametrize(
    ("system", "kind"),
    [(system, FAILURES[(at + step) % 8]) for at, system in enumerate(SYSTEMS) for step in (0, 3, 6)],
)
def test_a_system_that_fails_is_reported_with_its_address_and_the_error(
    installed: Trial, system: str, kind: str
) -> None:
    with failing(installed, system, kind):
        found = integration(installed, system)
    assert found.state not in (IntegrationState.OK, IntegrationState.NOT_CONFIGURED)
    assert found.detail
    assert found.address


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *[("*", kind) for kind in ("away", "unauthorized", "forbidden")],
        *[("/api/libraries/*/items", kind) for kind in ("html", "half", "empty")],
        *[("/api/items/batch/get", kind) for kind in ("throttled", "broken")],
    ],
)
def test_a_scan_that_failed_archives_no_book(installed: Trial, path: str, kind: str) -> None:
    before = books(installed)

    with failing(installed, "audiobookshelf", kind, path=path):
        failed = run(installed, "library_scan", full=True)

    assert failed.status is RunStatus.FAILED
    assert "audiobookshelf" in " ".join(failed.problems).casefold()
    assert books(installed) == before
    assert run(installed, "library_scan").status is RunStatus.COMPLETED


@pytest.mark.parametrize("kind", ["unauthorized", "throttled", "half", "empty"])
def test_a_search_that_failed_at_mam_does_not_count_as_no_release(installed: Trial, kind: str) -> None:
    reset_downloads(installed)
    with failing(installed, "mam", kind, path=MAM_SEARCH):
        searched = run(installed, "wanted_search")

        assert "myanonamouse" in " ".join(searched.problems).casefold()
        assert_deferred(download(installed, AT_MAM))
        assert_deferred(download(installed, NOWHERE))
        assert_awaits_approval(download(installed, AT_PROWLARR))

    assert_recovered(installed)


@pytest.mark.parametrize("kind", ["away", "forbidden", "html", "broken"])
def test_a_search_that_failed_at_prowlarr_does_not_count_as_no_release(installed: Trial, kind: str) -> None:
    reset_downloads(installed)
    with failing(installed, "prowlarr", kind, path="/api/v1/search"):
        searched = run(installed, "wanted_search")

        assert "prowlarr" in " ".join(searched.problems).casefold()
        assert_deferred(download(installed, AT_PROWLARR))
        assert_deferred(download(installed, NOWHERE))
        assert_awaits_approval(download(installed, AT_MAM))

    assert_recovered(installed)


def reset_downloads(installed: Trial) -> None:
    """Restore the state before the first search."""
    with superuser(installed) as database:
        database.execute("truncate downloads.candidates, downloads.downloads cascade")


def assert_deferred(found: Download) -> None:
    assert (found.status, found.retry_count) == (DownloadStatus.QUEUED, 0)
    assert found.error_type in (ErrorType.NETWORK, ErrorType.AUTH)
    assert found.next_retry_at is not None


def assert_awaits_approval(found: Download) -> None:
    assert found.waiting_for is not None, found
    assert "approval" in found.waiting_for


def assert_recovered(installed: Trial) -> None:
    """Run the tasks of a cycle once all systems answer again."""
    run(installed, "download_retry", at_once=True)
    run(installed, "wanted_search")
    assert_awaits_approval(download(installed, AT_MAM))
    assert_awaits_approval(download(installed, AT_PROWLARR))
    assert download(installed, NOWHERE).error_type is ErrorType.NO_RELEASE


@pytest.mark.parametrize(
    ("audible", "hardcover"),
    [("away", "unauthorized"), ("throttled", "half"), ("html", "broken"), ("empty", "forbidden")],
)
def test_a_bibliography_that_failed_opens_and_closes_no_gap(installed: Trial, audible: str, hardcover: str) -> None:
    before = missing(installed)

    with failing(installed, "audible", audible), failing(installed, "hardcover", hardcover):
        failed = run(installed, "series_completion")

    assert failed.status is RunStatus.FAILED
    assert {"audible", "hardcover"} <= set(" ".join(failed.problems).replace(":", "").replace("(", "").split())
    assert missing(installed) == before
    assert run(installed, "series_completion").status is RunStatus.COMPLETED
    assert missing(installed) == before


@pytest.fixture
def own_installation(tmp_path: Path) -> Iterator[Trial]:
    """An installation for one test that changes the library."""
    with after_first_cycle(tmp_path) as (installed, _):
        yield installed


def test_a_book_is_grabbed_once_although_the_client_fails_again_and_again(own_installation: Trial) -> None:
    installed = own_installation
    wanted = download(installed, AT_MAM)
    candidates = ask(installed, "GET", f"/api/downloads/{wanted.id}/candidates")["items"]
    choice = {"download_id": str(wanted.id), "candidate_id": candidates[0]["id"]}

    with failing(installed, "qbittorrent", "html"):
        ask(installed, "POST", "/api/releases/grab", json=choice)
        until(lambda: download(installed, AT_MAM).status is DownloadStatus.FAILED, 60, "the failure to be stored")
        assert "qbittorrent" in (download(installed, AT_MAM).error or "").casefold()
    # The search of a person needs no other approval: what the settings ask for here is for what the schedule finds.
    ask(installed, "POST", "/api/downloads", json={"missing_book_id": str(wanted.missing_book_id)})
    until(lambda: download(installed, AT_MAM).status is DownloadStatus.DOWNLOADING, 60, "the book to be grabbed")

    for kind in ("away", "unauthorized", "half", "empty"):
        with failing(installed, "qbittorrent", kind):
            monitored = run(installed, "download_monitor")
            assert monitored.status is RunStatus.FAILED
            assert "qbittorrent" in " ".join(monitored.problems).casefold()
            assert download(installed, AT_MAM).status is not DownloadStatus.FAILED
    until(lambda: imported(installed), 60, "the book in the library")


def imported(installed: Trial) -> bool:
    run(installed, "download_monitor")
    return download(installed, AT_MAM).status is DownloadStatus.IMPORTED


SCAN, SEARCH, DOWNLOAD, ENRICH = 2, 3, 4, 5


@pytest.mark.parametrize(
    ("service", "setting", "value", "cannot_run"),
    [
        ("library-scanner", "ABS_URL", "no address", [SCAN, SEARCH, DOWNLOAD, ENRICH]),
        ("mam-search", "MAM_URL", "ftp://nowhere", []),  # the other indexers are still searched
        ("downloader", "QBITTORRENT_URL", "ftp://nowhere", [SEARCH, DOWNLOAD]),
        ("metadata", "AUDIBLE_URL", "nowhere", [ENRICH]),
    ],
)
def test_a_cycle_reports_the_phases_that_cannot_run_and_names_the_setting(
    installed: Trial, service: str, setting: str, value: str, cannot_run: list[int]
) -> None:
    with with_wrong_setting(installed, service, setting, value) as faults:
        summary = installed.cycle(wait_minutes=0.1)

    (fault,) = faults
    assert fault["setting"] == setting
    assert "Format: " in fault["to_do"]
    assert f"Example: {setting}=" in fault["to_do"]
    assert not summary.complete
    assert setting in " ".join(summary.phases[0].not_done)
    for number in cannot_run:
        assert summary.phases[number].outcome in (PhaseOutcome.NOT_RUN, PhaseOutcome.PARTLY)
        assert setting in " ".join(summary.phases[number].not_done)


@contextmanager
def with_wrong_setting(installed: Trial, service: str, setting: str, value: str) -> Iterator[list[dict[str, str]]]:
    """Within this context a service waits, because the environment has a wrong value. Yields what is wrong."""
    (processes := installed.processes).kill(service)
    processes.start(service, {setting: value})
    try:
        until(lambda: settings_states(installed).get(service) == "wrong_settings", 60, f"{service} to wait")
        yield ask(installed, "GET", f"/api/settings/{service}")["faults"]
    finally:
        processes.kill(service)
        processes.start(service)
        until(lambda: settings_states(installed).get(service) == "running", 60, f"{service} to run again")


def settings_states(installed: Trial) -> dict[str, str]:
    """Whether each service that answers runs with its settings."""
    return {s["service"]: s["report"]["settings"] for s in diagnostics(installed)["services"] if s["report"]}


def diagnostics(installed: Trial) -> Any:
    return ask(installed, "GET", "/api/system/diagnostics")


def test_a_message_that_cannot_be_parsed_is_stored_with_its_error(first_cycle: tuple[Trial, Summary]) -> None:
    installed, _ = first_cycle
    asyncio.run(publish(installed, b'{"run_id": "no id"'))
    until(lambda: bool(failed_messages(installed, '{"run_id": "no id"')), 60, "the message to be shown")

    (kept,) = failed_messages(installed, '{"run_id": "no id"')

    assert kept.final
    assert "ScanLibrary" in kept.error
    assert kept.message_subject == "cmd.library.scan_library"


def test_a_message_that_failed_for_good_is_handled_when_it_is_resent(
    first_cycle: tuple[Trial, Summary],
) -> None:
    installed, _ = first_cycle
    body = f'{{"run_id": "{uuid4()}", "full": true}}'
    with superuser(installed) as database:
        database.execute("alter table library.books rename to books_renamed")
        try:
            asyncio.run(publish(installed, body.encode()))
            until(lambda: bool(failed_messages(installed, body)), 60, "the first failure to be shown")
            # Pretend three more failures, because the delays between them are minutes.
            database.execute("update library.failed_messages set attempts = 4 where body = %s", [body])
            until(lambda: failed_messages(installed, body)[0].final, 60, "the last failure")
        finally:
            database.execute("alter table library.books_renamed rename to books")
    (kept,) = failed_messages(installed, body)
    assert kept.attempts == 5
    assert "books" in kept.error

    ask(installed, "POST", "/api/system/diagnostics/library/resend", json={"id": kept.id})

    until(lambda: not failed_messages(installed, body), 60, "the message to be handled")


async def publish(installed: Trial, body: bytes) -> None:
    """Send a command as the scheduler, which is the only service that may."""
    address = installed.processes.installation.nats.url("scheduler")
    connection = await nats.connect(address, inbox_prefix=b"_INBOX_scheduler")
    try:
        await publish_as_outbox(connection.jetstream(), "cmd.library.scan_library", body)
    finally:
        await connection.close()


def failed_messages(installed: Trial, body: str) -> list[FailedMessage]:
    kept = [FailedMessage.model_validate(each) for each in diagnostics(installed)["failed_messages"]]
    return [each for each in kept if each.body == body]
