"""Writes the settings of each service, and the secrets, into `docker-compose.yml`, between the marks."""

import re
from collections.abc import Iterator
from typing import get_args

from provisioning.services import PARTS
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from shared.chassis.settings import ServiceSettings

FIXED = {*ServiceSettings.model_fields, "secret_key", "backup_database_url", "api_key"}
"""Settings that the installation gives to a container, or that are the same for all of them."""
BEGIN, END = "# begin generated: {0}", "# end generated: {0}"


def compose_text(text: str) -> str:
    """`docker-compose.yml` with the generated parts renewed. Raises `ValueError` if a mark is missing."""
    for part in PARTS:
        text = _between(text, part.name, compose_settings(part.settings))
    return _between(text, "secrets", _all_secrets())


def compose_settings(settings: type[ServiceSettings]) -> str:
    """The lines of one service: its environment, and the secrets that it may read."""
    lines = list(_environment(settings))
    secrets = sorted(_secrets(settings))
    lines += [f"    secrets: [{', '.join(secrets)}]"] if secrets else []
    return "".join(f"{line}\n" for line in lines)


def _environment(settings: type[ServiceSettings]) -> Iterator[str]:
    for name in settings.model_fields:
        upper = name.upper()
        if name in FIXED:
            continue
        yield f"      {upper}: ${{{upper}:-}}"
        if _is_secret(settings.model_fields[name]):
            yield f"      {upper}_FILE: /run/secrets/{name}"


def _all_secrets() -> str:
    names = sorted({name for part in PARTS for name in _secrets(part.settings)})
    return "".join(f'  {name}: {{file: "${{{name.upper()}_FILE:-/dev/null}}"}}\n' for name in names)


def _secrets(settings: type[ServiceSettings]) -> set[str]:
    return {name for name, field in settings.model_fields.items() if name not in FIXED and _is_secret(field)}


def _is_secret(field: FieldInfo) -> bool:
    return SecretStr in (field.annotation, *get_args(field.annotation))


def _between(text: str, name: str, content: str) -> str:
    begin, end = re.escape(BEGIN.format(name)), re.escape(END.format(name))
    found, times = re.subn(rf"({begin}\n).*?( *{end})", lambda mark: mark[1] + content + mark[2], text, flags=re.DOTALL)
    if times != 1:
        raise ValueError(f"docker-compose.yml has no part {name}")
    return found
