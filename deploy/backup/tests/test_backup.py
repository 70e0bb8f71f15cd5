"""A backup restores everything, and a damaged one changes nothing."""

import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer
from alembic import command
from backup.commands import backup, restore
from backup.write import tables
from embedded.installation import Installation
from harness.plugin import FreshDatabase
from provisioning.roles import SCHEMAS
from provisioning.services import PARTS
from psycopg import sql
from shared.chassis.migrations import alembic_config, upgrade
from typer.testing import CliRunner, Result

app = typer.Typer()
app.command("backup")(backup)
app.command("restore")(restore)
PASSPHRASE = "over the rainbow"
SECRETS = {"SECRET_KEY": "s" * 32, "API_KEY": "the-first-key-of-all"}
Everything = dict[tuple[str, str], list[Any]]


@pytest.fixture
def database(fresh_database: Callable[..., FreshDatabase]) -> FreshDatabase:
    return fresh_database(migrated_with_rows)


@pytest.fixture
def emptied(fresh_database: Callable[..., FreshDatabase]) -> FreshDatabase:
    return fresh_database(migrated)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gapless.backup"


def migrated(database: FreshDatabase) -> None:
    for part in PARTS:
        upgrade(part.spec.migrations, database.url(part.role))


def migrated_with_rows(database: FreshDatabase) -> None:
    migrated(database)
    fill(database)


def fill(database: FreshDatabase) -> None:
    """Add messages with characters that are hard to copy to every schema, and an API key."""
    hard = "Tik-Tok\tof Oz\n\\N \\. “Ożma”"
    with psycopg.connect(database.admin_url) as admin:
        for schema in SCHEMAS.values():
            outbox, failed = sql.Identifier(schema, "outbox"), sql.Identifier(schema, "failed_messages")
            for number in range(3):
                insert = sql.SQL("insert into {} (subject, payload) values (%s, %s)").format(outbox)
                admin.execute(insert, [f"evt.{number}", hard])
            insert = sql.SQL("insert into {} values ('c', 'm', 's', %s, %s)").format(failed)
            admin.execute(insert, [hard, hard])
        admin.execute("insert into gateway.api_keys (name, hash, scopes) values ('Ozma', '\\x00ff5c', '{admin}')")


def everything(database: FreshDatabase) -> Everything:
    with psycopg.connect(database.admin_url) as admin:
        found: Everything = {}
        for name in tables(admin):
            query = sql.SQL("select t::text from {} t order by 1").format(sql.Identifier(*name))
            found[name] = admin.execute(query).fetchall()
        return found


def gapless(*arguments: object, at: FreshDatabase | None = None, **environment: str) -> Result:
    given: Mapping[str, str | None] = {
        "ADMIN_DATABASE_URL": at.admin_url if at else None, "BACKUP_PASSPHRASE": PASSPHRASE, **SECRETS, **environment,
    }  # fmt: skip
    return CliRunner().invoke(app, [str(each) for each in arguments], env=given)


def backed_up(database: FreshDatabase, file: Path) -> None:
    result = gapless("backup", file, at=database)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_restore_brings_back_every_table(database: FreshDatabase, emptied: FreshDatabase, file: Path) -> None:
    backed_up(database, file)
    assert everything(emptied) != everything(database)
    result = gapless("restore", file, at=emptied)
    assert (result.exit_code, result.stderr) == (0, "")
    assert everything(emptied) == everything(database)
    assert len(everything(database)) > 40


def test_sequences_continue_after_a_restore(database: FreshDatabase, emptied: FreshDatabase, file: Path) -> None:
    backed_up(database, file)
    gapless("restore", file, at=emptied)
    with psycopg.connect(emptied.url("metadata")) as service:
        row = service.execute("insert into outbox (subject, payload) values ('a', 'b') returning id").fetchone()
    assert row == (4,)


def test_changes_after_the_backup_are_gone_after_a_restore(database: FreshDatabase, file: Path) -> None:
    before = everything(database)
    backed_up(database, file)
    fill_more = "insert into gateway.api_keys (name, hash, scopes) values ('later', '\\x01', '{read}')"
    with psycopg.connect(database.admin_url) as admin:
        admin.execute(fill_more)
        admin.execute("delete from metadata.failed_messages")
    assert gapless("restore", file, at=database).exit_code == 0
    assert everything(database) == before


def test_a_backup_of_an_older_version_is_migrated(
    fresh_database: Callable[..., FreshDatabase], emptied: FreshDatabase, file: Path
) -> None:
    older = fresh_database()
    for part in PARTS:
        command.upgrade(alembic_config(part.spec.migrations, older.url(part.role)), "0001")
    fill(older)
    backed_up(older, file)
    assert gapless("restore", file, at=emptied).exit_code == 0
    found = everything(emptied)
    for role, schema in SCHEMAS.items():
        assert len(found[schema, "outbox"]) == 3, role
    assert len(found["gateway", "api_keys"]) == 1


def test_a_service_that_never_ran_has_no_data_in_a_backup(
    fresh_database: Callable[..., FreshDatabase], database: FreshDatabase, file: Path
) -> None:
    lacking = fresh_database()
    for part in PARTS:
        if part.name != "mam-search":
            upgrade(part.spec.migrations, lacking.url(part.role))
    fill_one = "insert into gateway.api_keys (name, hash, scopes) values ('Ozma', '\\x01', '{admin}')"
    with psycopg.connect(lacking.admin_url) as admin:
        admin.execute(fill_one)
    backed_up(lacking, file)
    for target in (lacking, database):
        result = gapless("restore", file, at=target)
        assert (result.exit_code, result.stderr) == (0, "")
    assert everything(database)["mam", "outbox"] == []
    assert len(everything(database)["gateway", "api_keys"]) == 1


def test_only_its_owner_can_read_a_backup_and_it_shows_no_secret(database: FreshDatabase, file: Path) -> None:
    backed_up(database, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent) == [file.name]
    with zipfile.ZipFile(file) as archive:
        contents = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(secret.encode() in contents for secret in SECRETS.values())


def test_without_a_passphrase_secrets_are_not_stored(database: FreshDatabase, file: Path) -> None:
    refused = gapless("backup", file, at=database, BACKUP_PASSPHRASE="")
    assert (refused.exit_code, "BACKUP_PASSPHRASE: missing" in refused.stderr) == (1, True)
    assert not file.exists()
    assert gapless("backup", file, "--without-secrets", at=database, BACKUP_PASSPHRASE="").exit_code == 0
    with zipfile.ZipFile(file) as archive:
        assert "secrets.sealed" not in archive.namelist()


@pytest.mark.parametrize("verb", ["restore", "backup --verify"])
def test_a_wrong_passphrase_is_refused(database: FreshDatabase, emptied: FreshDatabase, file: Path, verb: str) -> None:
    backed_up(database, file)
    before = everything(emptied)
    result = gapless(*verb.split(), file, at=emptied, BACKUP_PASSPHRASE="under the rainbow")
    assert (result.exit_code, "the passphrase is not the one of this backup" in result.stderr) == (1, True)
    assert everything(emptied) == before


def test_a_changed_table_is_refused(database: FreshDatabase, file: Path) -> None:
    entry = "tables/gateway.api_keys.copy"
    refused_after(database, file, entry, lambda rows: rows.replace(b"Ozma", b"Zoom"), "does not match its checksum")


def test_a_changed_manifest_is_refused(database: FreshDatabase, file: Path) -> None:
    refused_after(
        database, file, "manifest.json", lambda text: text.replace(b'"gapless": "', b'"gapless": "9'), "modified"
    )


def refused_after(
    database: FreshDatabase, file: Path, entry: str, change: Callable[[bytes], bytes], words: str
) -> None:
    backed_up(database, file)
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    changed = contents | {entry: change(contents[entry])}
    assert changed != contents
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    before = everything(database)
    result = gapless("restore", file, at=database)
    assert (result.exit_code, words in result.stderr) == (1, True)
    assert everything(database) == before


def test_half_a_file_is_refused(database: FreshDatabase, file: Path) -> None:
    backed_up(database, file)
    os.truncate(file, file.stat().st_size // 2)
    result = gapless("backup", "--verify", file)
    assert (result.exit_code, "is damaged or not a backup of Gapless" in result.stderr) == (1, True)


def test_nothing_is_restored_while_a_service_is_connected(database: FreshDatabase, file: Path) -> None:
    backed_up(database, file)
    with psycopg.connect(database.url("downloader")):
        assert gapless("backup", "--verify", file).exit_code == 0
        result = gapless("restore", file, at=database)
    assert (result.exit_code, "still connected to the database: downloader" in result.stderr) == (1, True)


def test_secrets_that_cannot_be_restored_in_place_are_written_to_a_file(
    database: FreshDatabase, file: Path, tmp_path: Path
) -> None:
    backed_up(database, file)
    refused = gapless("restore", file, at=database, SECRET_KEY="another" * 5)
    assert (refused.exit_code, "--secrets-to" in refused.stderr) == (1, True)
    place = tmp_path / "secrets.env"
    assert gapless("restore", file, "--secrets-to", place, at=database, SECRET_KEY="another" * 5).exit_code == 0
    assert f"SECRET_KEY={SECRETS['SECRET_KEY']}\n" in place.read_text()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_an_embedded_installation_is_restored_into_a_new_folder(server_folder: Path, file: Path) -> None:
    old, new = server_folder / "old", server_folder / "new"
    with Installation(old) as installation:
        for part in PARTS:
            upgrade(part.spec.migrations, installation.environment(part)["DATABASE_URL"])
        with psycopg.connect(installation.postgres.url("gapless")) as admin:
            admin.execute("insert into gateway.api_keys (name, hash, scopes) values ('Ozma', '\\x01', '{admin}')")
        assert gapless("backup", file, GAPLESS_DATA=str(old)).exit_code == 0
        assert gapless("restore", file, GAPLESS_DATA=str(old)).exit_code == 1
    result = gapless("restore", file, GAPLESS_DATA=str(new))
    assert (result.exit_code, result.stderr) == (0, "")
    with Installation(new) as installation:
        gateway = next(part for part in PARTS if part.name == "gateway")
        environment = installation.environment(gateway)
        with psycopg.connect(environment["DATABASE_URL"]) as service:
            assert service.execute("select name from api_keys").fetchall() == [("Ozma",)]
        secrets = Installation(old).secrets
        assert (environment["SECRET_KEY"], installation.api_key) == (secrets["secret_key"], secrets["api_key"])
