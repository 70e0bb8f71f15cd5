"""The generated files of the project. `make messages` writes them; a test fails if they are out of date."""

import json
import sys
from pathlib import Path
from typing import Any

from gateway.api_docs.asyncapi import asyncapi
from provisioning.services import PARTS
from shared.chassis.service import Service
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.message import Command, Event, EveryService, Message, Request

from generation.bruno import collection_texts
from generation.chart import chart_texts
from generation.compose_settings import compose_text, small_compose_text
from generation.env_example import env_example_text
from generation.grafana import dashboards
from generation.message_schemas import all_messages, schema_text
from generation.python_client.package import package_texts
from generation.releases import current_messages, releases
from generation.settings_page import settings_text
from generation.tasks_page import tasks_text

CHECKOUT = Path(__file__).parents[4]
MESSAGES = CHECKOUT / "docs" / "messages.md"
ENV_EXAMPLE = CHECKOUT / ".env.example"
SETTINGS = CHECKOUT / "docs" / "settings.md"
TASKS = CHECKOUT / "docs" / "tasks.md"
COMPOSE = CHECKOUT / "docker-compose.yml"
COMPOSE_SMALL = CHECKOUT / "docker-compose.small.yml"
OPENAPI = CHECKOUT / "tests" / "contract" / "openapi.json"
ASYNCAPI = CHECKOUT / "tests" / "contract" / "asyncapi.json"
GRAFANA = CHECKOUT / "deploy" / "observability" / "grafana" / "dashboards"
CHART = CHECKOUT / "deploy" / "chart"
SCHEMAS = CHECKOUT / "tests" / "contract" / "schemas"

HEAD = """# Messages

For a developer who looks for a message: who sends it, who handles it, and what it means.

`make messages` generates this file from `shared/contracts` and the `subscriptions.py` of each service. Do not edit it.
A request is answered within 5 seconds unless noted. Commands and events are stored in the streams COMMANDS and EVENTS.
"""


def messages_text() -> str:
    """docs/messages.md: every message with the services that send it and the services that handle it."""
    tables = [part.table() for part in PARTS]
    kinds = (("Requests", Request, "answered by", "sent by"), ("Commands", Command, "handled by", "sent by"),
             ("Events", Event, "handled by", "published by"))  # fmt: skip
    parts = [HEAD]
    for title, kind, receives, sends in kinds:
        parts.append(
            f"## {title}\n\n| message | subject | {receives} | {sends} | description |\n| --- | --- | --- | --- | --- |"
        )
        found = sorted(
            (message for message in all_messages() if issubclass(message, kind)), key=lambda message: message.subject
        )
        parts.append("\n".join(_line(message, tables) for message in found) + "\n")
    return "\n".join(parts)


def openapi() -> dict[str, Any]:
    """tests/contract/openapi.json: the REST API as the gateway describes it."""
    part = next(part for part in PARTS if part.name == "gateway")
    settings = part.settings.example()
    service = Service.of(part.spec, settings)
    part.build(settings, service)
    description: dict[str, Any] = service.asgi.openapi()
    return description


def texts() -> dict[Path, str]:
    """The path and the content of every generated file."""
    api = openapi()
    schemas = {SCHEMAS / f"{message.__name__}.json": schema_text(message) for message in all_messages()}
    written = {MESSAGES: messages_text(), ENV_EXAMPLE: env_example_text(), OPENAPI: _json(api)}
    written[ASYNCAPI] = _json(asyncapi())
    written[TASKS] = tasks_text()
    written[SETTINGS] = settings_text()
    written[COMPOSE] = compose_text(COMPOSE.read_text(encoding="utf-8"))
    written[COMPOSE_SMALL] = small_compose_text(COMPOSE_SMALL.read_text(encoding="utf-8"))
    grafana = {name: _json(dashboard) for name, dashboard in dashboards().items()}
    written |= {GRAFANA / name: text for name, text in grafana.items()}
    written |= chart_texts(CHART, COMPOSE, GRAFANA.parents[1], grafana)
    return {**written, **package_texts(api), **collection_texts(api), **schemas}


def write() -> None:
    """Write every generated file. Exit with an error if messages or the REST API break the last release."""
    written = texts()
    if lines := releases()[-1].differences(current_messages(), json.loads(written[OPENAPI])):
        sys.exit("\n".join(lines))
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _line(message: type[Message], tables: list[Subscriptions]) -> str:
    receivers = [
        t.service for t in tables if message in {a.message for a in t.answered} | {h.message for h in t.handled}
    ]
    senders = [t.service for t in tables if message in t.sent_requests | t.published]
    description = (message.__doc__ or "").strip().split("\n")[0]
    if issubclass(message, Request) and message.timeout_seconds != Request.timeout_seconds:
        description += f" (within {message.timeout_seconds:g} s)"
    received_by = "every service" if issubclass(message, EveryService) else ", ".join(receivers)
    return f"| {message.__name__} | `{message.subject}` | {received_by} | {', '.join(senders)} | {description} |"


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
