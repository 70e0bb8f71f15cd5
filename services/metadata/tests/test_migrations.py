"""The migrations make what the tables say."""

from alembic import command
from metadata.app import NAMEPLATE
from shared.chassis.migrating import alembic_config


def test_the_migrated_schema_is_what_the_tables_say(fresh_database, migrated):
    """`check` raises when a migration would be needed."""
    command.check(alembic_config(NAMEPLATE.migrations, fresh_database(migrated).url("metadata")))
