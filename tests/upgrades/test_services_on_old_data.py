"""The services of this version start on the migrated data of a release, show it, and continue to work with it."""

import json
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from cli.task_runs import follow_run
from demo.demo import DEMO_SETTINGS
from embedded.folder import passing_folder
from embedded.installation import Installation
from gapless_client.models import Run, RunStatus
from generation.releases import Release, releases
from harness.processes import Processes
from harness.release import SECRET_KEY
from provisioning.services import PARTS
from sandbox.five_books import BOOKS, oz
from scheduler.domain.task_table import TASKS

from .conftest import restore_dump

NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
LISTS = ("/api/books", "/api/series", "/api/authors", "/api/books/missing", "/api/downloads",
         "/api/metadata/corrections", "/api/findings")  # fmt: skip


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.version)
def test_the_data_of_a_release_is_shown_and_used_after_the_update(release: Release, tmp_path: Path) -> None:
    world = tmp_path / "oz.json"
    world.write_text(oz().model_dump_json())
    with passing_folder() as folder:
        (folder / "secrets.json").write_text(json.dumps({"secret_key": SECRET_KEY}))
        with Installation(folder) as installation:
            for part in PARTS:
                restore_dump(release, part.spec.tables.schema, installation.environment(part)["DATABASE_URL"])
        with Processes(folder, {**DEMO_SETTINGS, **NO_SCHEDULE}, world=world, preloaded=True) as processes:
            key = {"X-Api-Key": processes.installation.api_key}
            with httpx.Client(base_url=f"http://127.0.0.1:{processes.port}", headers=key, timeout=60) as api:
                assert_shown(api, release)
                started = api.post("/api/scheduler/tasks/library_scan/run", json={}).raise_for_status()
                with closing(processes.api) as follower:
                    ended = follow_run(follower, Run.model_validate_json(started.content).id)
    assert ended.status is RunStatus.COMPLETED, ended


def assert_shown(api: httpx.Client, release: Release) -> None:
    assert [path for path in LISTS if not _items(api, path)] == []
    assert {each["title"] for each in _items(api, "/api/books")} <= set(BOOKS)
    for download in _items(api, "/api/downloads"):
        assert _items(api, f"/api/downloads/{download['id']}/candidates")
    assert {each["name"] for each in _items(api, "/api/quality-profiles")} >= {"Patient"}
    assert {each["name"] for each in _items(api, "/api/import-lists")} == {"To read"}
    assert {each["name"] for each in _items(api, "/api/system/keys")} >= {"Reader"}
    assert _items(api, "/api/scheduler/runs")
    dumped = release.dump("library").read_text(encoding="utf-8")
    assert all(each["id"] in dumped for each in _items(api, "/api/books"))


def _items(api: httpx.Client, path: str) -> list[dict[str, str]]:
    found = api.get(path).raise_for_status().json()
    items: list[dict[str, str]] = found if isinstance(found, list) else found["items"]
    return items
