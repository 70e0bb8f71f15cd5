"""Downloading a backup over the API."""

from collections.abc import Callable
from pathlib import Path

import pytest
from backup.verify import verified
from harness.plugin import FreshDatabase
from provisioning.roles import BACKUP_ROLE

from .conftest import READ_KEY, WRITE_KEY, Gateway, _migrated


@pytest.fixture
def installed(fresh_database: Callable[..., FreshDatabase]) -> FreshDatabase:
    return fresh_database(_migrated)


@pytest.fixture
def database_url(installed: FreshDatabase) -> str:
    return installed.url("gateway")


@pytest.fixture
def more_settings(installed: FreshDatabase) -> dict[str, str]:
    return {"BACKUP_DATABASE_URL": installed.url(BACKUP_ROLE)}


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
