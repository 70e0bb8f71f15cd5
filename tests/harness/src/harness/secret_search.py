"""Searches everything that an installation wrote for secrets in clear: all tables, the streams, and all other files."""

import json
import mmap
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psycopg
from provisioning.roles import DATABASE, SCHEMAS
from psycopg import sql
from sandbox.server import Credentials
from sandbox.world import World

from harness.processes import Processes

KEPT_SECRET = ("secrets.json", "sandbox.env", "password", "nats.conf")
"""Files whose purpose is to hold secrets. Only their owner can read them."""
SMALLEST_FILE = 8


def known_secrets(processes: Processes, world: World) -> dict[str, str]:
    """The secrets that the stand-ins know, by what they are: credentials, session values and download hashes."""
    credentials, member = Credentials(), Credentials().mam_member
    secrets = {
        "ABS_TOKEN": credentials.abs_token,
        "QBITTORRENT_PASSWORD": credentials.qbittorrent_password,
        "PROWLARR_API_KEY": credentials.prowlarr_api_key,
        "MAM_SESSION": credentials.mam_id,
        "MAM_BROWSER_SESSION": member.browser_id,
        "MAM_PASSWORD": member.password,
        "passkey in the torrents": credentials.mam_passkey,
        "LANGUAGE_MODEL_KEY": credentials.language_model_key,
        "API_KEY": processes.installation.api_key,
        "SECRET_KEY": processes.installation.secrets["secret_key"],
    }
    for name in ("mam", "mam-browser"):
        file = processes.sandbox_folder / "state" / f"{name}.json"
        if file.exists():
            state = json.loads(file.read_text())
            values = {f"session value {key} of {name}": state.get(key) for key in ("current", "previous", "seed")}
            secrets |= {what: value for what, value in values.items() if value}
    for offer in world.offers:
        if offer.indexer == "mam":
            secrets[f"dl hash of {offer.id}"] = sha256(f"{world.account.uid}:{offer.id}".encode()).hexdigest()
    return {what: value.removesuffix("%3D") for what, value in secrets.items()}


def secrets_in_clear(processes: Processes, secrets: Mapping[str, str]) -> list[str]:
    """Where a secret was found, and which one."""
    return [*_in_tables(processes, secrets), *_in_files(processes, secrets)]


def _in_tables(processes: Processes, secrets: Mapping[str, str]) -> Iterator[str]:
    query = "select table_schema, table_name from information_schema.tables where table_schema = any(%s)"
    with psycopg.connect(processes.installation.postgres.url(DATABASE)) as connection:
        for schema, table in connection.execute(query, [[*SCHEMAS.values()]]).fetchall():
            rows = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
            for (row,) in connection.execute(rows):
                yield from (f"{schema}.{table}: {what}" for what, value in secrets.items() if _shows(row, value))


def _shows(row: str, value: str) -> bool:
    return value in row or value.encode().hex() in row


def _in_files(processes: Processes, secrets: Mapping[str, str]) -> Iterator[str]:
    """Every file but those of the stand-ins: the logs, the streams, the caches, and the files of a running browser.

    Postgres is read as tables. The browser deletes files at any time.
    """
    folder = processes.folder
    for parent, _folders, names in os.walk(folder):
        for file in (Path(parent, name) for name in sorted(names)):
            inside = file.relative_to(folder).parts
            if inside[0].startswith(("sandbox", "postgres")) or file.name in KEPT_SECRET or not file.is_file():
                continue
            with suppress(FileNotFoundError):
                yield from [f"{'/'.join(inside)}: {what}" for what in _in_file(file, secrets)]


def _in_file(file: Path, secrets: Mapping[str, str]) -> Iterator[str]:
    if file.stat().st_size < SMALLEST_FILE:
        return
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield from (what for what, value in secrets.items() if content.find(value.encode()) >= 0)
