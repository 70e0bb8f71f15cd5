"""The migrated schema is the one that the code declares."""

import mam_search.adapters.postgres.account_tables  # noqa: F401 - declares its tables
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from mam_search.adapters.postgres.tables import METADATA
from shared.chassis.database import async_url
from sqlalchemy import create_engine


def test_the_migrations_make_the_tables_that_the_code_declares(database_url: str) -> None:
    engine = create_engine(async_url(database_url), connect_args={"options": "-c search_path=public"})
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: name == "mam" if kind == "schema" else True,
        "include_object": lambda _o, name, kind, _r, _t: not (kind == "table" and name == "alembic_version"),
        "compare_type": True,
        "compare_server_default": True,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, METADATA) == []
    engine.dispose()
