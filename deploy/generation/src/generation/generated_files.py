"""Files of the project that are written from its code: `make messages` writes them, a test says when they are old."""

import json
import sys
from pathlib import Path
from typing import Any

from gateway.api_docs.asyncapi import asyncapi
from provisioning.services import PARTS
from shared.chassis.service import Service
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.message import Command, Event, EveryService, Message, Request

from generation.env_example import env_example_text
from generation.message_schemas import all_messages, breaks, schema_text

CHECKOUT = Path(__file__).parents[4]
MESSAGES = CHECKOUT / "docs" / "messages.md"
ENV_EXAMPLE = CHECKOUT / ".env.example"
OPENAPI = CHECKOUT / "tests" / "contract" / "openapi.json"
ASYNCAPI = CHECKOUT / "tests" / "contract" / "asyncapi.json"
SCHEMAS = CHECKOUT / "tests" / "contract" / "schemas"

HEAD = """# Messages

Written by `make messages` from `shared/contracts` and every service's `subscriptions.py`; do not change it by hand.
A request is answered within 5 seconds unless noted; commands and events are kept in the streams COMMANDS and EVENTS.
"""


def messages_text() -> str:
    """docs/messages.md: every message, who owns it, who says it and who hears it."""
    tables = [part.table() for part in PARTS]
    kinds = (("Requests", Request, "answered by", "asked by"), ("Commands", Command, "done by", "sent by"),
             ("Events", Event, "heard by", "announced by"))  # fmt: skip
    parts = [HEAD]
    for title, kind, hears, says in kinds:
        parts.append(f"## {title}\n\n| message | subject | {hears} | {says} | what |\n| --- | --- | --- | --- | --- |")
        found = sorted(
            (message for message in all_messages() if issubclass(message, kind)), key=lambda message: message.subject
        )
        parts.append("\n".join(_line(message, tables) for message in found) + "\n")
    return "\n".join(parts)


def openapi_text() -> str:
    """tests/contract/openapi.json: the REST API as the gateway describes it."""
    part = next(part for part in PARTS if part.name == "gateway")
    settings = part.settings.example()
    service = Service.of(part.nameplate, settings)
    part.build(settings, service)
    return _json(service.asgi.openapi())


def texts() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    schemas = {SCHEMAS / f"{message.__name__}.json": schema_text(message) for message in all_messages()}
    written = {MESSAGES: messages_text(), ENV_EXAMPLE: env_example_text(), OPENAPI: openapi_text()}
    written[ASYNCAPI] = _json(asyncapi())
    return {**written, **schemas}


def broken_contracts() -> list[str]:
    """Changes of messages that services of another version could not live with, a line each."""
    present = {message.__name__: schema_text(message) for message in all_messages()}
    found = []
    for file in sorted(SCHEMAS.glob("*.json")):
        if file.stem not in present:
            found.append(f"{file.stem}: the message was removed")
        else:
            changes = breaks(file.read_text(encoding="utf-8"), present[file.stem])
            found += [f"{file.stem}: {change}" for change in changes]
    return found


def write() -> None:
    """Write every file anew, unless a message changed in a way that breaks a service of another version."""
    if lines := broken_contracts():
        advice = "A new meaning is a new message. Where it has to be, delete the snapshot below tests/contract/schemas."
        sys.exit("\n".join([*lines, advice]))
    for path, text in texts().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _line(message: type[Message], tables: list[Subscriptions]) -> str:
    hears = [t.service for t in tables if message in {a.message for a in t.answered} | {h.message for h in t.heard}]
    says = [t.service for t in tables if message in t.asked | t.said]
    what = (message.__doc__ or "").strip().split("\n")[0]
    if issubclass(message, Request) and message.timeout_seconds != Request.timeout_seconds:
        what += f" (within {message.timeout_seconds:g} s)"
    heard_by = "every service" if issubclass(message, EveryService) else ", ".join(hears)
    return f"| {message.__name__} | `{message.subject}` | {heard_by} | {', '.join(says)} | {what} |"


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
