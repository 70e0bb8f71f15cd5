"""One role for each service, which reaches its own schema and nothing else."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from embedded.postgres import Postgres
from embedded.roles import SCHEMAS, bootstrap
from embedded.testing import FreshDatabase, PostgresServer
from psycopg.errors import InsufficientPrivilege

MakeDatabase = Callable[..., FreshDatabase]


@pytest.mark.parametrize(("role", "schema"), SCHEMAS.items())
def test_a_role_makes_its_tables_in_its_own_schema(role: str, schema: str, fresh_database: MakeDatabase) -> None:
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
def test_a_role_cannot_reach_beyond_its_schema(forbidden: str, fresh_database: MakeDatabase) -> None:
    with psycopg.connect(fresh_database().url("gateway")) as client, pytest.raises(InsufficientPrivilege):
        client.execute(forbidden)


def test_the_extensions_can_be_used_without_naming_their_schema(fresh_database: MakeDatabase) -> None:
    with psycopg.connect(fresh_database().url("library_scanner")) as client:
        row = client.execute("SELECT unaccent('Zoë'), similarity('Thuvia', 'Thuvia')").fetchone()
    assert row == ("Zoe", 1.0)


def test_running_it_again_keeps_the_data_and_takes_the_new_passwords(server_folder: Path) -> None:
    with Postgres(server_folder / "postgres", durable=False) as postgres:
        first = bootstrap(postgres.url(), dict.fromkeys(SCHEMAS, "old it's"))
        with psycopg.connect(first["mam_search"]) as client:
            client.execute("CREATE TABLE kept ()")
        second = bootstrap(postgres.url(), dict.fromkeys(SCHEMAS, "new %20@/"))
        with psycopg.connect(second["mam_search"]) as client:
            assert client.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(first["mam_search"])


def test_a_password_for_a_role_that_is_not_there_is_refused(postgres_server: PostgresServer) -> None:
    with pytest.raises(ValueError, match="too many or too few: librarian"):
        bootstrap(postgres_server.admin_url, {**dict.fromkeys(SCHEMAS, "x"), "librarian": "x"})


def test_a_database_made_by_a_function_is_made_once_and_copied(fresh_database: MakeDatabase) -> None:
    first, second = fresh_database(with_a_book), fresh_database(with_a_book)
    with psycopg.connect(first.url("library_scanner")) as client:
        client.execute("DELETE FROM books")
    with psycopg.connect(second.url("library_scanner")) as client:
        assert client.execute("SELECT title FROM books").fetchall() == [("The Gods of Mars",)]


def with_a_book(database: FreshDatabase) -> None:
    with psycopg.connect(database.url("library_scanner")) as client:
        client.execute("CREATE TABLE books AS SELECT 'The Gods of Mars' AS title")
