"""Postgres and NATS for tests from the images that compose runs, where Docker is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from testcontainers.community.nats import NatsContainer
from testcontainers.community.postgres import PostgresContainer

POSTGRES_IMAGE = "postgres:18"
NATS_IMAGE = "nats:2.15"


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a new Postgres for its superuser."""
    with PostgresContainer(POSTGRES_IMAGE, username="postgres", dbname="postgres", driver=None) as container:
        yield container.get_connection_url()


@contextmanager
def nats() -> Iterator[str]:
    """The address of a new NATS with JetStream."""
    with NatsContainer(NATS_IMAGE, jetstream=True) as container:
        yield container.nats_uri()
