"""The dry run of each task changes nothing, and reports exactly what the run then does."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import psycopg
import pytest
from cli.task_runs import follow_run
from gapless_client import every
from gapless_client.models import Download, DownloadStatus, Run, RunStatus
from harness.trial import Trial, trial
from provisioning.roles import DATABASE
from psycopg import sql
from sandbox.five_books import AT_MAM, AT_PROWLARR, BOOKS, NOWHERE, oz
from scheduler.domain.task_table import TASKS
from shared.contracts.runs import Plan

NOT_COMPARED = {"outbox", "inbox", "begun_deliveries", "run_ledgers", "run_items", "alembic_version"}
"""Tables that carry messages and runs."""
RECORDS = {"scheduler.runs", "library.dry_runs", "metadata.planned_changes"}
RECORDS |= {f"metadata.{table}" for table in ("provider_answers", "works", "bibliographies")}
RECORDS |= {f"metadata.rate_limited_{table}" for table in ("accounts", "lines")}
"""Tables of runs, of dry runs in progress, of cached answers, and of rate limits. For the same reasons `mam` and
`gateway` are not compared."""
SCHEMAS = ["library", "downloads", "metadata", "scheduler"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """An installation in which no task has a schedule, and gaps of series are grabbed automatically."""
    file = tmp_path_factory.mktemp("world") / "oz.json"
    file.write_text(oz().model_dump_json())
    settings = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
    settings |= {"SERIES_AUTO_DOWNLOAD": "true", "BACKUP_PATH": str(tmp_path_factory.mktemp("backups"))}
    with trial(file, settings, preloaded=True) as started:
        yield started


def test_each_task_does_exactly_what_its_dry_run_reported(installed: Trial) -> None:
    assert planned(installed, "library_scan") == {"add": BOOKS[:2]}
    run(installed, "library_scan")
    assert titles(installed, "/api/books") == BOOKS[:2]
    until(lambda: ask(installed, "GET", "/api/findings/counts")["checked_at"] is not None, "the check after the scan")
    planned(installed, "library_check")

    assert planned(installed, "top10_discovery") == {"identify_gap": [AT_MAM]}
    lists = ask(installed, "POST", "/api/import-lists", json={"name": "To read", "kind": "plain_list"})
    wanted = f"{BOOKS[0]} - L. Frank Baum\n{AT_MAM} - L. Frank Baum\n{NOWHERE}\n"
    ask(installed, "PUT", f"/api/import-lists/{lists['id']}/file", content=wanted)
    assert planned(installed, "import_lists") == {"identify_gap": [AT_MAM], "ask_person": [NOWHERE]}
    assert planned(installed, "author_completion") == {}
    assert planned(installed, "release_check") == {}
    assert planned(installed, "series_completion") == {"identify_gap": BOOKS[2:]}
    run(installed, "series_completion")
    assert titles(installed, "/api/books/missing") == BOOKS[2:]
    assert planned(installed, "top10_discovery") == {}
    run(installed, "top10_discovery")
    assert planned(installed, "import_lists") == {"ask_person": [NOWHERE]}
    run(installed, "import_lists")
    counts = ask(installed, "GET", f"/api/import-lists/{lists['id']}")["counts"]
    assert counts == {"owned": 1, "wanted": 1, "doubtful": 1}
    assert planned(installed, "import_lists") == {}
    assert titles(installed, "/api/books/missing") == BOOKS[2:]

    assert planned_with_delay(installed) == {
        "queue": BOOKS[2:], "wait": [AT_MAM, AT_PROWLARR], "try_later": [NOWHERE],
    }  # fmt: skip
    plan = complete_search_plan(installed)
    assert by_kind(plan) == {"queue": BOOKS[2:], "grab": [AT_MAM, AT_PROWLARR], "try_later": [NOWHERE]}
    assert plan.slots == 1
    assert plan.size_bytes == pytest.approx(288_000_000, rel=0.001)
    run(installed, "wanted_search")
    assert [title for title in BOOKS[2:] if download(installed, title).release_id] == [AT_MAM, AT_PROWLARR]

    until(
        lambda: planned(installed, "download_monitor") == {"import": [AT_MAM, AT_PROWLARR]},
        "both downloads to be complete",
    )
    run(installed, "download_monitor")
    for title in (AT_MAM, AT_PROWLARR):
        until_it_is(installed, title, DownloadStatus.IMPORTED)

    with psycopg.connect(url(installed), autocommit=True) as database:
        database.execute("update downloads.downloads set next_retry_at = now() where status = 'failed'")
    assert planned(installed, "download_retry") == {"search_again": [NOWHERE]}
    run(installed, "download_retry")
    until(lambda: download(installed, NOWHERE).retry_count == 2, "the second search")

    book = ask(installed, "GET", "/api/books")["items"][0]
    for task in ("metadata_daily", "metadata_new_books", "metadata_missing"):
        planned(installed, task)
    for task, chosen in {"metadata_book": {"book_id": book["id"]}, "metadata_books": {"books": [book["id"]]}}.items():
        assert planned(installed, task, **chosen).keys() <= {"change_field", "propose_change"}
    fields = planned(installed, "metadata_full_refresh").get("change_field", [])
    run(installed, "metadata_full_refresh")
    proposed = ask(installed, "GET", "/api/metadata/corrections")["items"]
    names = {each["id"]: each["title"] for each in ask(installed, "GET", "/api/books")["items"]}
    full = {f"{names[each['book_id']]}: {each['field']}" for each in proposed}
    assert set(fields) <= full

    for task in (
        "account_care",
        "tracker_access",
        "mam_scraping",
        "cleanup",
        "seeding_check",
        "upgrade_search",
        "watched_folders",
    ):
        planned(installed, task)
    plan_and_make_backup(installed)
    assert {task.name for task in TASKS} == RAN


def plan_and_make_backup(installed: Trial) -> None:
    folder = ask(installed, "GET", "/api/system/backups")["path"]
    assert planned(installed, "backup") == {"make_backup": [folder]}
    made = run(installed, "backup").details["backup"]["name"]
    assert [each["name"] for each in ask(installed, "GET", "/api/system/backups")["items"]] == [made]


RAN: set[str] = set()


def planned_with_delay(installed: Trial) -> dict[str, list[str]]:
    """The plan of a search while the quality profile of the series has a delay."""
    (series,) = ask(installed, "GET", "/api/series")["items"]
    profile = {"name": "Patient", "series_ids": [series["id"]]}
    created = ask(installed, "POST", "/api/quality-profiles", json={**profile, "delay_hours": 24})
    plan = planned(installed, "wanted_search")
    ask(installed, "PUT", f"/api/quality-profiles/{created['id']}", json=profile)
    return plan


def complete_search_plan(installed: Trial) -> Plan:
    """The plan of a search in which every indexer answered. On a busy machine one may not answer in time."""
    for _ in range(3):
        plan = dry_run(installed, "wanted_search")
        deferred = [each for each in plan.actions if each.kind == "put_off"]
        if not deferred:
            return plan
    raise AssertionError(deferred)


def dry_run(installed: Trial, task: str, **parameters: Any) -> Plan:
    """Run a task dry and return its plan. Waits until earlier work is done, then checks that nothing changes."""
    before = settled_rows(installed)
    finished = run(installed, task, "?dry_run=true", **parameters)
    assert finished.dry_run
    assert settled_rows(installed) == before, task
    RAN.add(task)
    return Plan.model_validate(finished.details["plan"])


def planned(installed: Trial, task: str, **parameters: Any) -> dict[str, list[str]]:
    return by_kind(dry_run(installed, task, **parameters))


def by_kind(plan: Plan) -> dict[str, list[str]]:
    """The titles of the planned actions by kind, without the authors."""
    kinds = {each.kind for each in plan.actions}
    return {
        kind: sorted((each.what.partition(" by ")[0] for each in plan.actions if each.kind == kind), key=_place)
        for kind in kinds
    }


def _place(title: str) -> tuple[int, str]:
    return (BOOKS.index(title) if title in BOOKS else len(BOOKS), title)


def settled_rows(installed: Trial) -> dict[str, list[str]]:
    """Every row of the compared tables, once no more messages are in transit."""
    found = all_rows(installed)
    deadline = time.monotonic() + 240
    while True:
        time.sleep(0.3)
        again = all_rows(installed)
        if again == found:
            return found
        assert time.monotonic() < deadline, "the tables keep changing"
        found = again


def all_rows(installed: Trial) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    with psycopg.connect(url(installed), autocommit=True) as database:
        tables = database.execute(
            "select schemaname, tablename from pg_tables where schemaname = any(%s)", [SCHEMAS]
        ).fetchall()
        for schema, table in tables:
            if table not in NOT_COMPARED and f"{schema}.{table}" not in RECORDS:
                query = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
                rows[f"{schema}.{table}"] = sorted(row[0] for row in database.execute(query))
        waiting = [
            database.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(s, "outbox"))).fetchone()
            for s in SCHEMAS
        ]
        rows["waiting"] = [str(each) for each in waiting]
    return rows


def run(installed: Trial, task: str, query: str = "", **parameters: Any) -> Run:
    begun = Run.model_validate(ask(installed, "POST", f"/api/scheduler/tasks/{task}/run{query}", json=parameters))
    api = installed.processes.api
    try:
        ended = follow_run(api, begun.id)
    finally:
        api.close()
    assert ended.status is RunStatus.COMPLETED, ended
    return ended


def download(installed: Trial, title: str) -> Download:
    api = installed.processes.api
    try:
        (found,) = [each for each in every(api.downloads.list, sort="created_at") if each.title == title]
        return found
    finally:
        api.close()


def titles(installed: Trial, path: str) -> list[str]:
    return sorted((each["title"] for each in ask(installed, "GET", path)["items"]), key=_place)


def ask(installed: Trial, method: str, path: str, **options: Any) -> Any:
    key = {"X-Api-Key": installed.processes.installation.api_key}
    answer = httpx.request(
        method, f"http://127.0.0.1:{installed.processes.port}{path}", headers=key, timeout=120, **options
    )
    return answer.raise_for_status().json()


def until_it_is(installed: Trial, title: str, status: DownloadStatus) -> None:
    until(lambda: download(installed, title).status is status, f"{title} to be {status}")


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 240
    while not condition():
        assert time.monotonic() < deadline, f"waited 60 s for {what}"
        time.sleep(0.2)


def url(installed: Trial) -> str:
    return installed.processes.installation.postgres.url(DATABASE)
