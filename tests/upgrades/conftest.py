"""Databases of released versions, restored from their stored dumps."""

from collections.abc import Callable

import psycopg
import pytest
from generation.releases import Release
from harness.plugin import FreshDatabase
from provisioning.services import PARTS

Restore = Callable[[Release], FreshDatabase]


@pytest.fixture
def restored(fresh_database: Callable[..., FreshDatabase]) -> Restore:
    """Call it with a release for a database with the schemas and the data of that release."""

    def restore(release: Release) -> FreshDatabase:
        database = fresh_database()
        for part in PARTS:
            restore_dump(release, part.spec.tables.schema, database.url(part.role))
        return database

    return restore


def restore_dump(release: Release, schema: str, url: str) -> None:
    """Restore one schema into an empty one of that name, as its owner."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(release.dump(schema).read_text(encoding="utf-8").encode())
