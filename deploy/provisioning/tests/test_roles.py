"""Each service has a role that can access only its own schema."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest
from embedded.postgres import Postgres
from harness.plugin import TEST_PASSWORD, FreshDatabase, PostgresServer
from provisioning.roles import BACKUP_ROLE, CONNECTIONS, SCHEMAS, bootstrap, on_database
from provisioning.services import PARTS
from psycopg.errors import InsufficientPrivilege
from shared.chassis.migrations import upgrade

MakeDatabase = Callable[..., FreshDatabase]


@pytest.mark.parametrize(("role", "schema"), SCHEMAS.items())
def test_a_role_creates_its_tables_in_its_own_schema(role: str, schema: str, fresh_database: MakeDatabase) -> None:
    with psycopg.connect(fresh_database().url(role)) as client:
        client.execute("CREATE TABLE works (title text)")
        where = client.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'works'").fetchall()
    assert where == [(schema,)]


def test_a_role_cannot_read_another_services_table(fresh_database: MakeDatabase) -> None:
    database = fresh_database()
    with psycopg.connect(database.url("downloader")) as owner:
        owner.execute("CREATE TABLE releases ()")
    with (
        psycopg.connect(database.url("metadata")) as stranger,
        pytest.raises(InsufficientPrivilege, match="permission denied for schema downloads"),
    ):
        stranger.execute("SELECT * FROM downloads.releases")


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE TABLE library.intruder ()",
        "CREATE TABLE public.intruder ()",
        "CREATE SCHEMA intruder",
        "CREATE ROLE intruder",
        "CREATE TEMPORARY TABLE intruder ()",
        "SET ROLE library_scanner",
    ],
)
def test_a_role_cannot_change_anything_outside_its_schema(forbidden: str, fresh_database: MakeDatabase) -> None:
    with psycopg.connect(fresh_database().url("gateway")) as client, pytest.raises(InsufficientPrivilege):
        client.execute(forbidden)


def test_the_extensions_can_be_used_without_naming_their_schema(fresh_database: MakeDatabase) -> None:
    with psycopg.connect(fresh_database().url("library_scanner")) as client:
        row = client.execute("SELECT unaccent('Zoë'), similarity('Thuvia', 'Thuvia')").fetchone()
    assert row == ("Zoe", 1.0)


def test_running_it_again_keeps_the_data_and_sets_the_new_passwords(server_folder: Path) -> None:
    with Postgres(server_folder / "postgres", durable=False) as postgres:
        first = bootstrap(postgres.url(), dict.fromkeys(SCHEMAS, "old it's"))
        with psycopg.connect(first["mam_search"]) as client:
            client.execute("CREATE TABLE existing ()")
        second = bootstrap(postgres.url(), dict.fromkeys(SCHEMAS, "new %20@/"))
        with psycopg.connect(second["mam_search"]) as client:
            assert client.execute("SELECT count(*) FROM existing").fetchone() == (0,)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(first["mam_search"])


def test_a_password_for_an_unknown_role_is_refused(postgres_server: PostgresServer) -> None:
    with pytest.raises(ValueError, match="missing or unknown: librarian"):
        bootstrap(postgres_server.admin_url, {**dict.fromkeys(SCHEMAS, "x"), "librarian": "x"})


def test_a_database_that_a_function_prepares_is_prepared_once_and_copied(fresh_database: MakeDatabase) -> None:
    first, second = fresh_database(with_a_book), fresh_database(with_a_book)
    with psycopg.connect(first.url("library_scanner")) as client:
        client.execute("DELETE FROM books")
    with psycopg.connect(second.url("library_scanner")) as client:
        assert client.execute("SELECT title FROM books").fetchall() == [("The Gods of Mars",)]


def with_a_book(database: FreshDatabase) -> None:
    with psycopg.connect(database.url("library_scanner")) as client:
        client.execute("CREATE TABLE books AS SELECT 'The Gods of Mars' AS title")


def test_one_role_cannot_use_every_connection(fresh_database: MakeDatabase) -> None:
    database = fresh_database()
    with ExitStack() as stack:
        for _ in range(CONNECTIONS):
            stack.enter_context(psycopg.connect(database.url("metadata")))
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            psycopg.connect(database.url("metadata"))
        for role in SCHEMAS.keys() - {"metadata"}:
            stack.enter_context(psycopg.connect(database.url(role)))


@pytest.mark.parametrize("statement", [
    "SELECT lock_for_session('alembic:library')",
    "COMMENT ON SCHEMA library IS 'mine'",
])  # fmt: skip
def test_no_role_can_block_the_migration_of_another_service(statement: str, fresh_database: MakeDatabase) -> None:
    database = fresh_database()
    scanner = next(part for part in PARTS if part.role == "library_scanner")
    with psycopg.connect(database.url("metadata")) as stranger:
        with suppress(InsufficientPrivilege):
            stranger.execute(statement)
        upgrade(scanner.spec.migrations, database.url("library_scanner"))


def test_the_role_of_backups_reads_every_table_and_changes_nothing(fresh_database: MakeDatabase) -> None:
    database = fresh_database()
    for role in SCHEMAS:
        with psycopg.connect(database.url(role)) as owner:
            owner.execute("CREATE TABLE later (id int GENERATED ALWAYS AS IDENTITY)")
    with psycopg.connect(database.url(BACKUP_ROLE)) as reader:
        for schema in SCHEMAS.values():
            assert reader.execute(f"SELECT count(*) FROM {schema}.later").fetchone() == (0,)
            assert reader.execute(f"SELECT is_called FROM {schema}.later_id_seq").fetchone() == (False,)
        for forbidden in (
            "SELECT rolpassword FROM pg_authid",
            "SET TRANSACTION READ WRITE; DELETE FROM library.later",
            "SET TRANSACTION READ WRITE; CREATE TABLE library.intruder ()",
            "SET ROLE gateway",
        ):
            reader.rollback()
            with pytest.raises(InsufficientPrivilege):
                reader.execute(forbidden)


def test_no_role_can_block_the_installation_step(postgres_server: PostgresServer) -> None:
    passwords = dict.fromkeys(SCHEMAS, TEST_PASSWORD)
    addresses = bootstrap(postgres_server.admin_url, passwords)
    anywhere = on_database(addresses["metadata"], "postgres")
    with psycopg.connect(anywhere) as stranger:
        with suppress(InsufficientPrivilege):
            stranger.execute("COMMENT ON SCHEMA public IS 'mine'")
        bootstrap(postgres_server.admin_url, passwords)


def test_no_role_can_hold_the_lock_of_another_service(fresh_database: MakeDatabase) -> None:
    database = fresh_database()
    with psycopg.connect(database.url("metadata")) as stranger, psycopg.connect(database.url("downloader")) as owner:
        stranger.execute("SELECT lock_for_session('import')")
        for forbidden in (
            "SELECT downloads.lock_for_session('import')",
            "SELECT pg_advisory_lock(1)",
            "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
        ):
            with pytest.raises(InsufficientPrivilege), stranger.transaction():
                stranger.execute(forbidden)
        assert owner.execute("SELECT try_lock_for_session('import')").fetchone() == (True,)


def test_the_lock_of_a_transaction_ends_with_it(fresh_database: MakeDatabase) -> None:
    url = fresh_database().url("downloader")
    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        one.execute("SELECT lock_for_transaction('grabs')")
        assert other.execute("SELECT try_lock_for_transaction('grabs')").fetchone() == (False,)
        one.rollback()
        assert other.execute("SELECT try_lock_for_transaction('grabs')").fetchone() == (True,)
