"""Postgres and NATS for tests, in containers of the images that compose uses."""

from collections.abc import Iterator
from contextlib import contextmanager

from testcontainers.community.nats import NatsContainer
from testcontainers.community.postgres import PostgresContainer

POSTGRES_IMAGE = "postgres:18"
NATS_IMAGE = "nats:2.15"


@contextmanager
def postgres() -> Iterator[str]:
    """Run a new Postgres, and yield its address for the superuser."""
    with PostgresContainer(POSTGRES_IMAGE, username="postgres", dbname="postgres", driver=None) as container:
        yield container.get_connection_url()


@contextmanager
def nats() -> Iterator[str]:
    """Run a new NATS with JetStream, and yield its address."""
    with NatsContainer(NATS_IMAGE, jetstream=True) as container:
        yield container.nats_uri()
