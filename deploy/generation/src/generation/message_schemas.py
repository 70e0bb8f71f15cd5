"""The JSON Schema of every message."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from typing import Any

import shared.contracts
from pydantic import TypeAdapter
from shared.contracts.message import Command, Event, EveryService, Message, Request

KINDS = (Message, Request, Command, Event, EveryService)


def all_messages() -> list[type[Message]]:
    """Every message class of `shared.contracts`, sorted by name."""
    for module in pkgutil.walk_packages(shared.contracts.__path__, "shared.contracts."):
        importlib.import_module(module.name)
    found = {kind for kind in _below(Message) if _is_a_contract(kind)}
    return sorted(found, key=lambda kind: kind.__name__)


def schema_text(message: type[Message]) -> str:
    """The snapshot of one message as JSON: its subject, its schema and the schema of its reply."""
    snapshot: dict[str, Any] = {"subject": message.subject, "message": message.model_json_schema()}
    if issubclass(message, Request):
        snapshot["reply"] = TypeAdapter(message.reply_type()).json_schema(mode="serialization")
    return json.dumps(snapshot, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def contract_of(message: type[Message]) -> dict[str, Any]:
    """What a receiver accepts: the subject, the schema of the message and, for a request, that of its reply.

    A field with a default is not required, because a sender of an older version may not know it.
    """
    contract: dict[str, Any] = {"subject": message.subject, "message": message.model_json_schema()}
    if issubclass(message, Request):
        contract["reply"] = TypeAdapter(message.reply_type()).json_schema(mode="validation")
    return contract


def _below(kind: type[Message]) -> Iterator[type[Message]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _is_a_contract(kind: type[Message]) -> bool:
    ours = kind.__module__.startswith("shared.contracts.")
    return ours and kind not in KINDS and "[" not in kind.__name__
