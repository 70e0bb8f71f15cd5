"""The migrated database has the tables that the code declares."""

from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from harness.plugin import FreshDatabase
from library_scanner.adapters.postgres.tables import METADATA
from library_scanner.app import SPEC
from shared.books.text.sort_keys import name_sort_key, title_sort_key
from shared.chassis.database import async_url
from shared.chassis.migrations import alembic_config, upgrade
from sqlalchemy import create_engine, pool, text


def test_the_migrations_create_the_declared_tables(fresh_database: Callable[..., FreshDatabase]) -> None:
    url = fresh_database().url("library_scanner")
    upgrade(SPEC.migrations, url)
    options = {"options": "-c search_path=public"}
    engine = create_engine(async_url(url), poolclass=pool.NullPool, connect_args=options)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _parents: name == "library" if kind == "schema" else True,
                "include_object": lambda _object, name, _kind, _reflected, _to: name != "alembic_version",
                "compare_type": True,
                "compare_server_default": True,
            },
        )
        assert compare_metadata(context, METADATA) == []


def test_series_and_authors_are_followed_as_before(fresh_database: Callable[..., FreshDatabase]) -> None:
    url = fresh_database().url("library_scanner")
    command.upgrade(alembic_config(SPEC.migrations, url), "0011")
    engine = create_engine(async_url(url), poolclass=pool.NullPool)
    with engine.begin() as connection:
        for number, chosen in enumerate(("true", "false")):
            series = f"(gen_random_uuid(), 's', {number}, '{chosen}', {chosen})"
            connection.execute(text(f"insert into library.series (id, key, number, name, monitored) values {series}"))
            author = f"(gen_random_uuid(), 'a{number}', '{chosen}', {chosen})"
            connection.execute(text(f"insert into library.authors (id, key, name, followed) values {author}"))
    upgrade(SPEC.migrations, url)
    with engine.connect() as connection:
        for table, expected in (
            ("series", {"true": "all", "false": "none"}),
            ("authors", {"true": "all", "false": "automatic"}),
        ):
            rows = connection.execute(text(f"select name, follow from library.{table}"))
            assert {row.name: row.follow for row in rows} == expected


def test_stored_titles_and_names_get_their_sort_keys(fresh_database: Callable[..., FreshDatabase]) -> None:
    url = fresh_database().url("library_scanner")
    command.upgrade(alembic_config(SPEC.migrations, url), "0024")
    engine = create_engine(async_url(url), poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into library.books"
                " (id, library_id, abs_updated_ms, title, language_code, path, status, added_at, updated_at)"
                " values (gen_random_uuid(), 'l', 0, 'Die Verwandlung', 'de', 'a', 'active', now(), now()),"
                " (gen_random_uuid(), 'l', 0, 'Die Trying', 'en', 'b', 'active', now(), now())"
            )
        )
        connection.execute(
            text(
                "insert into library.series (id, key, number, name) values (gen_random_uuid(), 's', 0, 'The 9 Worlds')"
            )
        )
        connection.execute(
            text("insert into library.authors (id, key, name) values (gen_random_uuid(), 'a', 'A. Émile')")
        )
        connection.execute(
            text(
                "insert into library.missing_books (id, natural_key, author_key, title, language, reason, source,"
                " status, priority, identified_at, updated_at) values (gen_random_uuid(), 'm', 'a', 'Die Bücher',"
                " 'german', 'series_gap', 'AUDIBLE', 'identified', 1, now(), now())"
            )
        )
    upgrade(SPEC.migrations, url)
    with engine.connect() as connection:
        keys = {
            table: [row[0] for row in connection.execute(text(f"select sort_key from library.{table} order by 1"))]
            for table in ("books", "missing_books", "series", "authors")
        }
    assert keys == {
        "books": [title_sort_key("Die Trying", "en"), title_sort_key("Die Verwandlung", "de")],
        "missing_books": [title_sort_key("Die Bücher", "de")],
        "series": [title_sort_key("The 9 Worlds")],
        "authors": [name_sort_key("A. Émile")],
    }
