"""Pytest plugin: a Postgres and a NATS for the tests of every service.

They come from GAPLESS_TEST_DATABASE_URL (a superuser's) and GAPLESS_TEST_NATS_URL if set, from containers with
GAPLESS_TEST_DOCKER=1 where Docker answers, else from the wheels.
"""

import asyncio
import importlib
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nats
import psycopg
import pytest
from psycopg import sql

from embedded.nats_server import NatsServer
from embedded.postgres import Postgres
from embedded.roles import SCHEMAS, bootstrap, on_database, service_url

TEST_PASSWORD = "only-for-tests"
PASSWORDS = dict.fromkeys(SCHEMAS, TEST_PASSWORD)


@dataclass(frozen=True)
class PostgresServer:
    """A server for the whole session; `admin_url` is its superuser's address of the database `postgres`."""

    admin_url: str


@dataclass(frozen=True)
class FreshDatabase:
    """A database of one test, with the roles and schemas of all services."""

    name: str
    admin_url: str

    def url(self, role: str) -> str:
        """The address for one service's role, as the service itself gets it: `library_scanner`, `downloader`, …"""
        if role not in SCHEMAS:
            raise KeyError(f"no role {role!r}; there are: {', '.join(SCHEMAS)}")
        return service_url(self.admin_url, role, TEST_PASSWORD, database=self.name)


Prepare = Callable[[FreshDatabase], None]
"""Brings a database to where a test begins, by migrations for example. Runs once a session; tests get copies."""


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """An empty folder that the account of an embedded server can enter; pytest's own are closed to it."""
    with _open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One Postgres for all tests of this process."""
    if url := os.environ.get("GAPLESS_TEST_DATABASE_URL"):
        yield PostgresServer(url)
    elif _docker_is_wanted():
        with _containers().postgres() as url:
            yield PostgresServer(url)
    else:
        with _open_folder() as folder, Postgres(folder / "postgres", durable=False) as postgres:
            yield PostgresServer(postgres.url())


@pytest.fixture(scope="session")
def _templates(postgres_server: PostgresServer) -> Iterator[Callable[[Prepare | None], str]]:
    """The name of the database that one way of preparing gave, made at its first use."""
    names: dict[Prepare | None, str] = {}

    def template(prepare: Prepare | None) -> str:
        if prepare not in names:
            database = FreshDatabase(f"template_{uuid.uuid4().hex[:12]}", postgres_server.admin_url)
            bootstrap(database.admin_url, PASSWORDS, database=database.name)
            if prepare is not None:
                prepare(FreshDatabase(database.name, on_database(database.admin_url, database.name)))
            names[prepare] = database.name
        return names[prepare]

    yield template
    _drop(postgres_server, names.values())


@pytest.fixture
def fresh_database(
    postgres_server: PostgresServer, _templates: Callable[[Prepare | None], str]
) -> Iterator[Callable[..., FreshDatabase]]:
    """Call it for a database of this test's own, a copy of what `prepare` once made (default: roles and schemas)."""
    made: list[str] = []

    def database(prepare: Prepare | None = None) -> FreshDatabase:
        template, name = _templates(prepare), f"test_{uuid.uuid4().hex[:12]}"
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(postgres_server.admin_url, autocommit=True) as admin:
            admin.execute(copy)
        made.append(name)
        # A copy has the tables and schemas; what a role may do with a database as a whole is not copied.
        bootstrap(postgres_server.admin_url, PASSWORDS, database=name)
        return FreshDatabase(name, on_database(postgres_server.admin_url, name))

    yield database
    _drop(postgres_server, made)


@pytest.fixture
def nats_server(server_folder: Path) -> Iterator[NatsServer]:
    """An embedded NATS of this test's own, to be killed and restarted at will."""
    with NatsServer(server_folder / "nats") as server:
        yield server


@pytest.fixture
def nats_url(request: pytest.FixtureRequest) -> str:
    """The address of a NATS without streams: a server given from outside is emptied, else it is a new one."""
    if url := os.environ.get("GAPLESS_TEST_NATS_URL"):
        asyncio.run(_without_streams(url))
        return url
    if _docker_is_wanted():
        url = str(request.getfixturevalue("_nats_container"))
        asyncio.run(_without_streams(url))
        return url
    server: NatsServer = request.getfixturevalue("nats_server")
    return server.url()


@pytest.fixture(scope="session")
def _nats_container() -> Iterator[str]:
    with _containers().nats() as url:
        yield url


async def _without_streams(url: str) -> None:
    client = await nats.connect(url)
    jetstream = client.jetstream()
    for stream in await jetstream.streams_info():
        if stream.config.name:
            await jetstream.delete_stream(stream.config.name)
    await client.close()


@contextmanager
def _open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gapless-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


def _docker_is_wanted() -> bool:
    """Only when asked for, and when its daemon answers."""
    docker = shutil.which("docker")
    if os.environ.get("GAPLESS_TEST_DOCKER") != "1" or docker is None:
        return False
    return subprocess.run([docker, "version"], capture_output=True, check=False).returncode == 0


def _containers() -> ModuleType:
    """Imported only when containers are wanted: it takes most of a second, which every other run would pay."""
    return importlib.import_module("embedded.testing_containers")


def _drop(server: PostgresServer, names: Iterable[str]) -> None:
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        for name in names:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
