"""Migrates the schema of a service to the revision that its code expects, with the service's own role.

`python -m shared.chassis.migrations FOLDER` does so for the database of `DATABASE_URL`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from alembic import command, context
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Engine, MetaData, create_engine, pool, text
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.database import async_url
from shared.chassis.schema import EXIT_UNAVAILABLE, unavailable_because

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


def main() -> int:
    """Migrate, and return the exit status: 0, `EXIT_UNAVAILABLE` when Postgres is unavailable, 1 for other errors."""
    try:
        upgrade(Path(sys.argv[1]), os.environ["DATABASE_URL"])
    except SQLAlchemyError as error:
        reason = unavailable_because(error)
        sys.stderr.write(reason or f"{type(error).__name__}: {getattr(error, 'orig', error)}")
        return 1 if reason is None else EXIT_UNAVAILABLE
    except CommandError as error:
        sys.stderr.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
