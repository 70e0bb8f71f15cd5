"""Writes `.env.example` from the settings classes of all services."""

import textwrap
from collections.abc import Iterator

from provisioning.services import PARTS
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from shared.chassis.settings import ServiceSettings

WIDTH = 118
HEAD = """\
# Settings of Gapless. Most of them can also be changed in the browser or over the API (/api/settings), without this
# file. A value in .env takes precedence over one that was set there.
# Copy this file to .env, remove the # before each setting that you want to change, and restart.
# Each line shows the default, or an example if there is none. An empty value counts as not set.
# A secret can also be read from a file: NAME_FILE=/path/to/file.
# `make messages` generates this file from the settings classes. Do not edit it.

# ── The installation ─────────────────────────────────────────────────────────

# Address and port on which the container publishes the REST API. By default it is reachable only from this machine.
# 0.0.0.0 makes it reachable from the whole network, and from wherever the firewall allows.
#GAPLESS_BIND=127.0.0.1
#GAPLESS_PORT=8080

# The profile `tls`: the name in the address of the browser, who signs its certificate (`internal`, or an e-mail address
# for Let's Encrypt), and the address and ports on which it is published (deploy/proxies/README.md).
#COMPOSE_PROFILES=tls
#TLS_SITE=localhost
#TLS_ISSUER=internal
#TLS_BIND=127.0.0.1
#TLS_PORT=443
#TLS_HTTP_PORT=80

# The compose files that `docker compose` uses. docker-compose.small.yml runs all services in one container, for a small
# machine (docs/small.md).
#COMPOSE_FILE=docker-compose.small.yml

# Folder of the downloads and the library, mounted at /media in the containers. Empty: a Docker volume.
#MEDIA_FOLDER=/srv/media

# Folder of the notification templates, mounted at /templates in the container of the gateway.
#NOTIFY_TEMPLATES_FOLDER=/srv/gapless-templates
# Folder of the scheduled backups, mounted at /backups in the container of the gateway: set BACKUP_PATH=/backups, too.
# It must belong to PUID.
#BACKUP_FOLDER=/srv/gapless-backups
# Folder to which the guides of MyAnonamouse are exported, mounted at /guides in the container of mam-search: set
# MAM_GUIDES_FOLDER=/guides, too. It must belong to PUID.
#GUIDES_FOLDER=/srv/gapless-guides

# User and group that the containers run as. They need write access to MEDIA_FOLDER.
#PUID=1000
#PGID=1000

# How many NATS servers have a copy of each message: 1, or 3 for a NATS cluster of at least three servers, which then
# survives the loss of one. A change is applied to an existing installation at its next start.
#NATS_REPLICAS=1

# Without containers: folder of the database and of the message streams.
#GAPLESS_DATA=/var/lib/gapless

# For `gapless backup` and `gapless restore`: the passphrase that encrypts the secrets in a backup, at least 8
# characters. Store it in another place than the backups: the secrets cannot be read without it.
#BACKUP_PASSPHRASE=

# For the same commands: the address of Postgres as a superuser, if it is neither compose's nor in GAPLESS_DATA.
#ADMIN_DATABASE_URL=postgresql://postgres:password@postgres.example.net:5432/gapless
"""
SET_BY_INSTALLATION = ("database_url", "nats_url", "secret_key", "backup_database_url")


def env_example_text() -> str:
    """The content of `.env.example`."""
    shown: set[tuple[str, str | None]] = set()
    lines = [HEAD]
    lines += _group("Every service", ServiceSettings, shown)
    for part in PARTS:
        lines += _group(part.name, part.settings, shown)
    return "\n".join(lines)


def _group(title: str, settings: type[ServiceSettings], shown: set[tuple[str, str | None]]) -> Iterator[str]:
    rule = "─" * (72 - len(title))
    yield f"# ── {title} {rule}\n"
    for name, field in settings.model_fields.items():
        # A setting is shown again only if its description differs, as the address of the gateway does.
        if (name, field.description) not in shown:
            yield _setting(name, field)
            shown.add((name, field.description))


def _setting(name: str, field: FieldInfo) -> str:
    text = field.description or ""
    if name in SET_BY_INSTALLATION:
        text += " (set by compose and `make up`)"
    elif field.is_required():
        text += " (required, here or over the API)"
    elif _default(field) in (None, ""):
        text += " (not set by default)"
    comment = textwrap.fill(text, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
    return f"{comment}\n#{name.upper()}={_value(field)}\n"


def _value(field: FieldInfo) -> str:
    default = None if field.is_required() else _default(field)
    if default in (None, "") and field.examples:
        default = field.examples[0]
    return str(default).lower() if isinstance(default, bool) else "" if default is None else str(default)


def _default(field: FieldInfo) -> object:
    default = field.get_default(call_default_factory=True)
    return default.get_secret_value() if isinstance(default, SecretStr) else default
