"""A scheduled backup restores an installation: its API shows the same."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from backup.commands import restore
from demo.demo import DEMO_SETTINGS
from embedded.folder import passing_folder
from harness.processes import Processes
from harness.trial import Trial, trial
from sandbox.five_books import oz
from scheduler.domain.task_table import TASKS
from shared.contracts.scheduler import Run, RunStatus
from typer.testing import CliRunner

NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
SHOWN = ("/api/books", "/api/books/missing", "/api/series", "/api/authors", "/api/quality-profiles",
         "/api/import-lists", "/api/findings")  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Trial]:
    """An installation that writes its scheduled backups to a folder."""
    world, backups = tmp_path / "oz.json", tmp_path / "backups"
    world.write_text(oz().model_dump_json())
    backups.mkdir()
    with trial(world, {**NO_SCHEDULE, "BACKUP_PATH": str(backups)}, preloaded=True) as started:
        yield started


def test_a_scheduled_backup_is_restored_into_an_empty_installation(source: Trial, tmp_path: Path) -> None:
    run(source.processes, "library_scan")
    run(source.processes, "series_completion")
    with api(source.processes) as client:
        client.post("/api/quality-profiles", json={"name": "Patient", "delay_hours": 24}).raise_for_status()
        client.post("/api/import-lists", json={"name": "To read", "kind": "plain_list"}).raise_for_status()
    name = run(source.processes, "backup").details["backup"]["name"]
    with api(source.processes) as client:
        (tmp_path / name).write_bytes(client.get(f"/api/system/backups/{name}").raise_for_status().content)
    before = shown(source.processes)
    assert "[]" not in before.values(), before

    with passing_folder() as folder:
        (folder / "secrets.json").write_bytes((source.processes.folder / "secrets.json").read_bytes())
        (folder / "sandbox.env").write_bytes(source.processes.settings_file.read_bytes())
        gapless = typer.Typer()
        gapless.command()(restore)
        result = CliRunner().invoke(gapless, [str(tmp_path / name)], env={"GAPLESS_DATA": str(folder)})
        assert result.exit_code == 0, result.output
        with Processes(folder, {**DEMO_SETTINGS, **NO_SCHEDULE}, preloaded=True) as restored:
            assert shown(restored) == before
            run(restored, "library_scan")
            assert shown(restored)["/api/books"] == before["/api/books"]


def shown(processes: Processes) -> dict[str, Any]:
    """What the API shows, by path."""
    with api(processes) as client:
        found = {path: client.get(path, params={"limit": 100}).raise_for_status().json() for path in SHOWN}
    items = {path: each if isinstance(each, list) else each["items"] for path, each in found.items()}
    return {path: json.dumps(each, sort_keys=True) for path, each in items.items()}


def api(processes: Processes) -> httpx.Client:
    key = {"X-Api-Key": processes.installation.api_key}
    return httpx.Client(base_url=f"http://127.0.0.1:{processes.port}", headers=key, timeout=60)


def run(processes: Processes, task: str) -> Run:
    """Run a task and return the run when it has ended."""
    with api(processes) as client, closing(processes.api) as follower:
        started = client.post(f"/api/scheduler/tasks/{task}/run", json={}).raise_for_status()
        ended = follower.follow(Run.model_validate_json(started.content), lambda _run: None)
    assert ended.status is RunStatus.COMPLETED, ended
    return ended
