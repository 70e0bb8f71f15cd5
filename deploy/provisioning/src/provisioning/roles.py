"""The database of Gapless: one schema and one login role for each service, which reaches nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

DATABASE = "gapless"
SCHEMAS = {
    "library_scanner": "library",
    "mam_search": "mam",
    "downloader": "downloads",
    "metadata": "metadata",
    "scheduler": "scheduler",
    "gateway": "gateway",
}
"""Schema by role; a role is called like its service's package."""

CONNECTIONS = 40
"""How many connections one role may have, of 100 in all: a service takes 17 at most, and may have two replicas. So no
role can take the connections that the others need."""


def bootstrap(admin_url: str, passwords: Mapping[str, str], *, database: str = DATABASE) -> dict[str, str]:
    """Make the database, its roles and schemas, or bring them up to date; return each service's address by its role.

    `admin_url` is a superuser's address of any database of the server, `passwords` has one password for each role.
    """
    if strangers := passwords.keys() ^ SCHEMAS.keys():
        raise ValueError(f"passwords are needed for {', '.join(SCHEMAS)}; too many or too few: {', '.join(strangers)}")
    with _one_at_a_time(admin_url), psycopg.connect(admin_url, autocommit=True) as admin:
        _create_database(admin, database)
        with psycopg.connect(on_database(admin_url, database), autocommit=True) as inside:
            inside.execute("SET client_min_messages = warning")
            for role, schema in SCHEMAS.items():
                _apply(inside, role=role, schema=schema, password=passwords[role], connections=str(CONNECTIONS))
        let_in(admin, database)
    return {role: service_url(admin_url, role, passwords[role], database=database) for role in SCHEMAS}


@contextmanager
def _one_at_a_time(admin_url: str) -> Iterator[None]:
    """Postgres refuses two sessions that change one role at the same moment, so they queue here.

    The lock is that of a schema which only its owner can hold, taken by a comment that is rolled back: any role could
    hold an advisory lock and keep the installation step waiting.
    """
    with psycopg.connect(admin_url) as holder:
        holder.execute("COMMENT ON SCHEMA public IS 'an installation is being prepared'")
        yield
        holder.rollback()


def let_in(admin: psycopg.Connection, database: str) -> None:
    """Let the services' roles connect to a database, and nobody else. A copy of a database does not bring this."""
    name, roles = sql.Identifier(database), sql.SQL(", ").join(map(sql.Identifier, SCHEMAS))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))


def on_database(url: str, database: str) -> str:
    """The same server and user, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def service_url(admin_url: str, role: str, password: str, *, database: str = DATABASE) -> str:
    """The address of the database for one role, on the server of `admin_url`."""
    parts = urlsplit(admin_url)
    server = parts.netloc.rpartition("@")[2]
    login = f"{quote(role, safe='')}:{quote(password, safe='')}"
    return on_database(urlunsplit(parts._replace(netloc=f"{login}@{server}")), database)


def _create_database(admin: psycopg.Connection, database: str) -> None:
    if admin.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        admin.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(database)))


def _apply(inside: psycopg.Connection, **settings: str) -> None:
    for name, value in settings.items():
        inside.execute("SELECT set_config(%s, %s, false)", [f"gapless.{name}", value])
    inside.execute(files("provisioning").joinpath("roles.sql").read_bytes())
