"""The migrated database has the tables that the code declares."""

from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from harness.plugin import FreshDatabase
from library_scanner.adapters.postgres.tables import METADATA
from library_scanner.app import SPEC
from shared.chassis.database import async_url
from shared.chassis.migrations import upgrade
from sqlalchemy import create_engine, pool


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
