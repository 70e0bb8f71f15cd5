"""Writes the settings of the services, and the secrets, into the compose files, between the marks."""

import re
from collections.abc import Iterator
from typing import get_args

from embedded.postgres import SMALL
from provisioning.services import PARTS
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from shared.chassis.settings import ServiceSettings

FIXED = {*ServiceSettings.model_fields, "secret_key", "backup_database_url", "api_key"}
"""Settings that the installation gives to a container, or that are the same for all of them."""
BEGIN, END = "# begin generated: {0}", "# end generated: {0}"
Fields = dict[str, FieldInfo]


def compose_text(text: str) -> str:
    """`docker-compose.yml` with the generated parts renewed. Raises `ValueError` if a mark is missing."""
    for part in PARTS:
        text = _between(text, part.name, compose_settings(own_fields(part.settings)))
    return _between(text, "secrets", _all_secrets())


def small_compose_text(text: str) -> str:
    """`docker-compose.small.yml` with the generated parts renewed. Raises `ValueError` if a mark is missing."""
    text = _between(text, "gapless", compose_settings(all_fields()))
    text = _between(text, "postgres", "".join(f'      - "--{name}={value}"\n' for name, value in SMALL.items()))
    return _between(text, "secrets", _all_secrets())


def compose_settings(fields: Fields) -> str:
    """The lines of one container: its environment, and the secrets that it may read."""
    lines = list(_environment(fields))
    secrets = sorted(_secrets(fields))
    lines += [f"    secrets: [{', '.join(secrets)}]"] if secrets else []
    return "".join(f"{line}\n" for line in lines)


def all_fields() -> Fields:
    """The settings of all services by their names. Those of one name have one meaning."""
    return {name: field for part in PARTS for name, field in own_fields(part.settings).items()}


def own_fields(settings: type[ServiceSettings]) -> Fields:
    """The settings of one service by their names, without those that the installation gives to each container."""
    return {name: field for name, field in settings.model_fields.items() if name not in FIXED}


def _environment(fields: Fields) -> Iterator[str]:
    for name, field in fields.items():
        upper = name.upper()
        yield f"      {upper}: ${{{upper}:-}}"
        if _is_secret(field):
            yield f"      {upper}_FILE: /run/secrets/{name}"


def _all_secrets() -> str:
    names = sorted(_secrets(all_fields()))
    return "".join(f'  {name}: {{file: "${{{name.upper()}_FILE:-/dev/null}}"}}\n' for name in names)


def _secrets(fields: Fields) -> set[str]:
    return {name for name, field in fields.items() if _is_secret(field)}


def _is_secret(field: FieldInfo) -> bool:
    return SecretStr in (field.annotation, *get_args(field.annotation))


def _between(text: str, name: str, content: str) -> str:
    begin, end = re.escape(BEGIN.format(name)), re.escape(END.format(name))
    found, times = re.subn(rf"({begin}\n).*?( *{end})", lambda mark: mark[1] + content + mark[2], text, flags=re.DOTALL)
    if times != 1:
        raise ValueError(f"the compose file has no part {name}")
    return found
