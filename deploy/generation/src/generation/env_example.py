"""`.env.example`: every setting of every service, written from the classes that read them."""

import textwrap
from collections.abc import Iterator

from provisioning.services import PARTS
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from shared.chassis.settings import ServiceSettings

WIDTH = 118
HEAD = """\
# Settings of Gapless. Copy this file to .env, take the # from a line to set it, and start again.
# A line shows the default where there is one, else an example. An empty value counts as not set.
# A secret may also be read from a file: NAME_FILE=/path/to/file.
# Written by `make messages` from the settings classes; do not change it by hand.

# ── The installation ─────────────────────────────────────────────────────────

# address and port on which containers publish the REST API: by default only this machine reaches it; 0.0.0.0 is every
# address of the machine, so that the whole network does, and whoever else the machine's firewall lets in
#GAPLESS_BIND=127.0.0.1
#GAPLESS_PORT=8080

# folder that holds downloads and library, mounted at /media in containers; empty: a volume
#MEDIA_FOLDER=/srv/media

# folder with templates of notifications, mounted at /templates in the gateway's container
#NOTIFY_TEMPLATES_FOLDER=/srv/gapless-templates

# user and group that containers run as; they need to write to MEDIA_FOLDER
#PUID=1000
#PGID=1000

# without containers: folder of the database and the messages
#GAPLESS_DATA=/var/lib/gapless

# for `gapless backup` and `gapless restore`: what the secrets in a backup are sealed with, at least 8 characters; keep
# it somewhere else than the backups, for nobody opens one without it
#BACKUP_PASSPHRASE=

# for the same two: Postgres as a superuser, where it is neither compose's nor that of GAPLESS_DATA
#ADMIN_DATABASE_URL=postgresql://postgres:password@postgres.example.net:5432/gapless
"""
MADE_BY_US = ("database_url", "nats_url", "secret_key")


def env_example_text() -> str:
    """The whole file."""
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
        # The gateway's own words for its address are shown beside those of the others.
        if (name, field.description) not in shown:
            yield _setting(name, field)
            shown.add((name, field.description))


def _setting(name: str, field: FieldInfo) -> str:
    words = field.description or ""
    if name in MADE_BY_US:
        words += " (made by compose and by `make up` themselves)"
    elif field.is_required():
        words += " (needed)"
    elif _default(field) in (None, ""):
        words += " (not set by default)"
    comment = textwrap.fill(words, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
    return f"{comment}\n#{name.upper()}={_value(field)}\n"


def _value(field: FieldInfo) -> str:
    default = None if field.is_required() else _default(field)
    if default in (None, "") and field.examples:
        default = field.examples[0]
    return str(default).lower() if isinstance(default, bool) else "" if default is None else str(default)


def _default(field: FieldInfo) -> object:
    default = field.get_default(call_default_factory=True)
    return default.get_secret_value() if isinstance(default, SecretStr) else default
