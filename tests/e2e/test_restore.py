"""A scheduled backup restores an installation, and a support bundle describes one without its secrets."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from backup.commands import restore
from cli.support_bundle import support_bundle
from cli.task_runs import follow_run
from demo.demo import DEMO_SETTINGS
from embedded.folder import passing_folder
from gapless_client.models import Run, RunStatus
from gateway.routes.support_bundle import PARTS
from harness.processes import Processes
from harness.secret_search import known_secrets
from harness.trial import Trial, trial
from sandbox.five_books import BOOKS, oz
from scheduler.domain.task_table import TASKS
from typer.testing import CliRunner

NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
SHOWN = ("/api/books", "/api/books/missing", "/api/series", "/api/authors", "/api/quality-profiles",
         "/api/import-lists", "/api/findings")  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """An installation that writes its scheduled backups to a folder."""
    world, backups = tmp_path_factory.mktemp("world") / "oz.json", tmp_path_factory.mktemp("backups")
    world.write_text(oz().model_dump_json())
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


@pytest.mark.parametrize("mask", [True, False])
def test_a_support_bundle_has_no_secret_and_titles_only_if_a_person_wants(
    source: Trial, mask: bool, tmp_path: Path
) -> None:
    run(source.processes, "library_scan")
    run(source.processes, "library_scan", dry_run="true")
    file, gapless = tmp_path / "bundle.zip", typer.Typer()
    gapless.command()(support_bundle)
    address = f"http://127.0.0.1:{source.processes.port}"
    options = [str(file), "--url", address, "--api-key", source.processes.installation.api_key]
    result = CliRunner().invoke(gapless, [*options, "--mask" if mask else "--no-mask"])
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(texts) == {"README.txt", *PARTS}, texts["README.txt"]
    secrets = known_secrets(source.processes, source.world)
    assert [
        f"{name}: {what}" for name, text in texts.items() for what, secret in secrets.items() if secret in text
    ] == []
    settings = json.loads(texts["settings.json"])
    assert "ABS_TOKEN" in texts["settings.json"]
    assert settings
    private = [*BOOKS[:2], str(source.processes.folder)]
    assert [each for each in private if any(each in text for text in texts.values())] == ([] if mask else private[-1:])


def shown(processes: Processes) -> dict[str, Any]:
    """What the API shows, by path."""
    with api(processes) as client:
        found = {path: client.get(path, params={"limit": 100}).raise_for_status().json() for path in SHOWN}
    items = {path: each if isinstance(each, list) else each["items"] for path, each in found.items()}
    return {path: json.dumps(each, sort_keys=True) for path, each in items.items()}


def api(processes: Processes) -> httpx.Client:
    key = {"X-Api-Key": processes.installation.api_key}
    return httpx.Client(base_url=f"http://127.0.0.1:{processes.port}", headers=key, timeout=60)


def run(processes: Processes, task: str, **query: str) -> Run:
    """Run a task and return the run when it has ended."""
    with api(processes) as client, closing(processes.api) as follower:
        started = client.post(f"/api/scheduler/tasks/{task}/run", json={}, params=query).raise_for_status()
        ended = follow_run(follower, Run.model_validate_json(started.content).id)
    assert ended.status is RunStatus.COMPLETED, ended
    return ended
