"""The migrations make what the tables say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from metadata.adapters.postgres.tables import METADATA


async def test_the_migrated_schema_is_what_the_tables_say(database):
    def differences(connection):
        options = {
            "include_schemas": True,
            "include_name": lambda name, kind, _: name == "metadata" if kind == "schema" else True,
            "include_object": lambda _o, name, _k, _r, _t: name != "alembic_version",
            "compare_type": True,
            "compare_server_default": True,
        }
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)

    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("set search_path = public")
        assert await connection.run_sync(differences) == []
