"""Creates the database: one schema and one login role for each service. A role can access only its schema.

One more role reads all schemas, for backups.
"""

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
"""The schema of each role. A role has the name of its service's package."""

BACKUP_ROLE = "backup"
"""The role that reads all schemas, and changes nothing. The gateway makes backups with it."""
CONNECTIONS = 40
"""The connection limit of each role, of 100 in all. A service uses at most 17 connections and may have two replicas.
The limit prevents one role from using the connections that the others need."""


def bootstrap(
    admin_url: str, passwords: Mapping[str, str], *, database: str = DATABASE, backup_password: str | None = None
) -> dict[str, str]:
    """Create or update the database, its roles and its schemas; return the database address of each role.

    `admin_url` is the address of any database of the server with a superuser. `passwords` has one password for each
    role of a service. With `backup_password` there is also `BACKUP_ROLE`.

    Raises `ValueError` if a role is missing or unknown, and `psycopg.Error` if the server refuses.
    """
    if different := passwords.keys() ^ SCHEMAS.keys():
        raise ValueError(f"passwords are needed for {', '.join(SCHEMAS)}; missing or unknown: {', '.join(different)}")
    with _one_at_a_time(admin_url), psycopg.connect(admin_url, autocommit=True) as admin:
        _create_database(admin, database)
        with psycopg.connect(on_database(admin_url, database), autocommit=True) as inside:
            inside.execute("SET client_min_messages = warning")
            for role, schema in SCHEMAS.items():
                _apply(inside, role=role, schema=schema, password=passwords[role], connections=str(CONNECTIONS))
            if backup_password is not None:
                _apply_backup_role(inside, backup_password)
        grant_connect(admin, database)
    known = {**passwords, **({} if backup_password is None else {BACKUP_ROLE: backup_password})}
    return {role: service_url(admin_url, role, password, database=database) for role, password in known.items()}


@contextmanager
def _one_at_a_time(admin_url: str) -> Iterator[None]:
    """Let only one session at a time change the roles: Postgres refuses concurrent changes of one role.

    The lock is the one that a comment on the schema `public` takes, which is rolled back. Only the owner of the schema
    can take it. Any role could take an advisory lock and block the installation step.
    """
    with psycopg.connect(admin_url) as holder:
        holder.execute("COMMENT ON SCHEMA public IS 'an installation is being prepared'")
        yield
        holder.rollback()


def grant_connect(admin: psycopg.Connection, database: str) -> None:
    """Allow only our roles to connect to a database. Copying a database does not copy this grant."""
    has_reader = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [BACKUP_ROLE]).fetchone() is not None
    ours = [*SCHEMAS, BACKUP_ROLE] if has_reader else [*SCHEMAS]
    name, roles = sql.Identifier(database), sql.SQL(", ").join(map(sql.Identifier, ours))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))


def on_database(url: str, database: str) -> str:
    """The address of another database on the same server, with the same user."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def service_url(admin_url: str, role: str, password: str, *, database: str = DATABASE) -> str:
    """The address of the database with one role and its password, on the server of `admin_url`."""
    parts = urlsplit(admin_url)
    server = parts.netloc.rpartition("@")[2]
    login = f"{quote(role, safe='')}:{quote(password, safe='')}"
    return on_database(urlunsplit(parts._replace(netloc=f"{login}@{server}")), database)


def _create_database(admin: psycopg.Connection, database: str) -> None:
    if admin.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        admin.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(database)))


def _apply(inside: psycopg.Connection, **settings: str) -> None:
    _run(inside, "roles.sql", settings)


def _apply_backup_role(inside: psycopg.Connection, password: str) -> None:
    _run(inside, "backup_role.sql", {"role": BACKUP_ROLE, "password": password, "schemas": ",".join(SCHEMAS.values())})


def _run(inside: psycopg.Connection, script: str, settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        inside.execute("SELECT set_config(%s, %s, false)", [f"gapless.{name}", value])
    inside.execute(files("provisioning").joinpath(script).read_bytes())
