"""Downloading backups over the API, and deleting scheduled ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
from backup.to_folder import add_backup
from backup.verify import verified
from harness.plugin import FreshDatabase
from provisioning.roles import BACKUP_ROLE

from .conftest import READ_KEY, WRITE_KEY, Gateway, _migrated

OLD, NEW = "gapless-20260201T013000Z.backup", "gapless-20260301T013000Z.backup"


@pytest.fixture
def installed(fresh_database: Callable[..., FreshDatabase]) -> FreshDatabase:
    return fresh_database(_migrated)


@pytest.fixture
def database_url(installed: FreshDatabase) -> str:
    return installed.url("gateway")


@pytest.fixture
def more_settings(installed: FreshDatabase, tmp_path: Path) -> dict[str, str]:
    return {"BACKUP_DATABASE_URL": installed.url(BACKUP_ROLE), "BACKUP_PATH": str(tmp_path), "BACKUP_KEEP_COUNT": "5"}


async def test_an_administrator_downloads_a_backup_that_is_intact(gateway: Gateway, tmp_path: Path) -> None:
    answer = await gateway.call("GET", "/api/system/backup", timeout=120)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith('attachment; filename="gapless-20')
    assert answer.headers["cache-control"] == "no-store"
    file = tmp_path / "downloaded.backup"
    file.write_bytes(answer.content)
    with verified(file, lambda *_: None) as read:
        assert read.manifest.revisions.keys() == {"gateway"}
        assert not read.manifest.has_secrets


@pytest.mark.parametrize("key", [READ_KEY, WRITE_KEY])
async def test_others_may_not_download_one(gateway: Gateway, key: str) -> None:
    assert (await gateway.call("GET", "/api/system/backup", key=key)).status_code == 403
    assert (await gateway.call("GET", "/api/system/backup", key=None)).status_code == 401
    for method, path in (("GET", "/backups"), ("GET", f"/backups/{NEW}"), ("DELETE", f"/backups/{OLD}")):
        assert (await gateway.call(method, f"/api/system{path}", key=key)).status_code == 403


async def test_a_backup_of_the_task_is_listed_and_downloaded(
    gateway: Gateway, installed: FreshDatabase, tmp_path: Path
) -> None:
    added = add_backup(installed.url(BACKUP_ROLE), tmp_path)
    listed = (await gateway.call("GET", "/api/system/backups")).json()
    assert (listed["path"], listed["keep_count"]) == (str(tmp_path), 5)
    assert [(each["name"], each["size_bytes"]) for each in listed["items"]] == [(added.name, added.size_bytes)]
    answer = await gateway.call("GET", f"/api/system/backups/{added.name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.content == (tmp_path / added.name).read_bytes()
    assert added.name in answer.headers["content-disposition"]


async def test_an_old_backup_is_deleted_and_the_newest_one_is_not(gateway: Gateway, tmp_path: Path) -> None:
    for name in (OLD, NEW):
        (tmp_path / name).write_bytes(b"")
    assert (await gateway.call("DELETE", f"/api/system/backups/{OLD}")).status_code == 204
    refused = await gateway.call("DELETE", f"/api/system/backups/{NEW}")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_backup")
    assert (tmp_path / NEW).exists()
    assert not (tmp_path / OLD).exists()
    assert (await gateway.call("DELETE", f"/api/system/backups/{OLD}")).status_code == 404


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "gapless.backup", f"..%2F{'x' * 10}%2F{'y' * 10}"])
async def test_no_other_file_can_be_named(gateway: Gateway, name: str) -> None:
    assert (await gateway.call("GET", f"/api/system/backups/{name}")).status_code in (404, 422)
