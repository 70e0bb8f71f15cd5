"""The steps that the Helm chart needs."""

import asyncio
import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nats
import psycopg
import pytest
from harness.plugin import TEST_PASSWORD, PostgresServer
from provisioning.kubernetes import USAGE, main, prepare, secrets
from provisioning.roles import BACKUP_ROLE, DATABASE, SCHEMAS, on_database
from provisioning.services import PARTS, permissions_by_user
from shared.chassis.schema import newest_revision
from shared.chassis.streams import STREAMS


def test_roles_schemas_and_streams_are_prepared_and_a_second_time_changes_nothing(
    postgres_server: PostgresServer, nats_url: str, tmp_path: Path
) -> None:
    admin, broker = urlsplit(postgres_server.admin_url), urlsplit(nats_url)
    files = {
        "admin/username": unquote(admin.username or ""),
        # As in the Secret of an operator, which may end with a line break.
        "admin/password": f"{unquote(admin.password or '')}\n",
        "keys/nats-setup": TEST_PASSWORD,
        "keys/database-backup": TEST_PASSWORD,
        **{f"keys/database-{role}": TEST_PASSWORD for role in SCHEMAS},
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    for _ in range(2):
        prepare(
            tmp_path / "keys",
            tmp_path / "admin",
            postgres_address=admin.netloc.rpartition("@")[2],
            nats_address=broker.netloc.rpartition("@")[2],
        )

    with psycopg.connect(on_database(postgres_server.admin_url, DATABASE)) as client:
        for part in PARTS:
            stored = client.execute(f"SELECT version_num FROM {SCHEMAS[part.role]}.alembic_version").fetchone()
            assert stored == (newest_revision(part.spec.migrations),)
    assert asyncio.run(names_of_streams(nats_url)) == {each.name for each in STREAMS}


async def names_of_streams(url: str) -> set[str | None]:
    client = await nats.connect(url)
    found = {each.config.name for each in await client.jetstream().streams_info()}
    await client.close()
    return found


def test_the_secrets_hold_what_the_services_and_prepare_need() -> None:
    listed = json.loads(secrets("books-rw.databases:5432", "nats.messages:4222", "mine"))
    found = {each["metadata"]["name"]: each["stringData"] for each in listed["items"]}
    assert found.keys() == {"mine-setup", *(f"mine-{part.name}" for part in PARTS)}
    setup = found["mine-setup"]
    assert {f"nats-{user}" for user in permissions_by_user()} | {f"database-{role}" for role in SCHEMAS} <= setup.keys()
    for part in PARTS:
        own = found[f"mine-{part.name}"]
        database, broker = setup[f"database-{part.role}"], setup[f"nats-{part.name}"]
        assert own["database_url"] == f"postgresql://{part.role}:{database}@books-rw.databases:5432/{DATABASE}"
        assert own["nats_url"] == f"nats://{part.name}:{broker}@nats.messages:4222"
    gateway = found["mine-gateway"]
    assert gateway["backup_database_url"].startswith(f"postgresql://{BACKUP_ROLE}:{setup['database-backup']}@books-rw.")
    assert len(gateway["api_key"]) >= 16


@pytest.mark.parametrize(
    "arguments", [[], ["secrets"], ["secrets", "a:1"], ["secrets", "a:1", "b:2", "c", "d"], ["keys"]]
)
def test_an_unknown_step_is_answered_with_the_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == USAGE
