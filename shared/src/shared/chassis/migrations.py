"""Migrates the schema of a service to the revision that its code expects, with the service's own role."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, pool, text

from shared.chassis.database import async_url

_ALEMBIC = Lock()
"""Alembic keeps its context in a module, so that one process can migrate only one schema at a time."""


def alembic_config(migrations: Path, url: str | None = None) -> Config:
    """The Alembic configuration for the migrations in this folder."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    if url is not None:
        config.attributes["url"] = url
    return config


def upgrade(migrations: Path, url: str) -> None:
    """Migrate to the newest revision. Replicas that start together wait for each other."""
    with _ALEMBIC:
        command.upgrade(alembic_config(migrations, url), "head")


def current_revision(connection: Connection, schema: str) -> str | None:
    """The revision of the schema; None when it was never migrated."""
    return MigrationContext.configure(connection, opts={"version_table_schema": schema}).get_current_revision()


def newest_revision(migrations: Path) -> str | None:
    """The revision that the code expects."""
    return ScriptDirectory.from_config(alembic_config(migrations)).get_current_head()


@contextmanager
def _schema_lock(engine: Engine, schema: str) -> Iterator[None]:
    """Hold the lock of the schema within this context, by a comment that is rolled back.

    Only the owner of the schema can take this lock (PostgreSQL 18, COMMENT: "SHARE UPDATE EXCLUSIVE"). Any role could
    take an advisory lock and so prevent another service from starting.
    """
    quoted = engine.dialect.identifier_preparer.quote_identifier(schema)
    with engine.connect() as holder:
        holder.execute(text("set local lock_timeout = 0"))
        holder.execute(text(f"comment on schema {quoted} is 'being migrated'"))
        yield
        holder.rollback()


def run_env(metadata: MetaData) -> None:
    """The content of a service's `env.py`.

    The search path is `public`. With the service's schema first on it, Alembic would treat that as the default schema
    and see every table as new.
    """
    schema = metadata.schema
    engine = create_engine(
        async_url(context.config.attributes["url"]),
        poolclass=pool.NullPool,
        connect_args={"options": "-c search_path=public -c lock_timeout=30s"},
    )
    with _schema_lock(engine, str(schema)), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table_schema=schema,
            include_schemas=True,
            include_name=lambda name, kind, _parents: name == schema if kind == "schema" else True,
            include_object=lambda _object, name, kind, _reflected, _to: (
                not (kind == "table" and name == "alembic_version")
            ),
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()
