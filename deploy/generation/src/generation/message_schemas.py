"""The JSON Schema of every message, and which changes of it break services of another version."""

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


def breaks(old: str, new: str) -> list[str]:
    """The changes between two snapshots that break services of the old version. New optional fields do not."""
    before, after = json.loads(old), json.loads(new)
    found = [] if before["subject"] == after["subject"] else [f"subject was {before['subject']}"]
    # The schema of a reply lists fields with defaults as required, because a reply always contains them.
    for part, adding_is_breaking in (("message", True), ("reply", False)):
        shapes, newer = _objects(before.get(part, {}), part), _objects(after.get(part, {}), part)
        for name, shape in shapes.items():
            found += _broken(name, shape, newer.get(name, {}), adding_is_breaking=adding_is_breaking)
    return found


def _broken(name: str, old: dict[str, Any], new: dict[str, Any], *, adding_is_breaking: bool) -> list[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    found = [f"{name}: field {field!r} was removed" for field in before if field not in after]
    if adding_is_breaking:
        required = set(new.get("required", [])) - set(old.get("required", []))
        found += [f"{name}: field {field!r} is required now" for field in sorted(required)]
    for field in before:
        if field in after and _meaning(before[field]) != _meaning(after[field]):
            found.append(f"{name}: field {field!r} has another type")
    gone = set(old.get("enum", [])) - set(new.get("enum", old.get("enum", [])))
    return found + [f"{name}: the value {value!r} was removed" for value in sorted(gone)]


def _meaning(schema: dict[str, Any]) -> Any:
    """The schema of a field's type, without description and default."""
    kept = ("type", "$ref", "format", "items", "anyOf", "additionalProperties", "pattern")
    return {
        key: [_meaning(each) for each in value] if key == "anyOf" else value
        for key, value in schema.items()
        if key in kept
    }


def _objects(schema: dict[str, Any], top: str) -> dict[str, dict[str, Any]]:
    return {top: schema, **schema.get("$defs", {})}


def _below(kind: type[Message]) -> Iterator[type[Message]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _is_a_contract(kind: type[Message]) -> bool:
    ours = kind.__module__.startswith("shared.contracts.")
    return ours and kind not in KINDS and "[" not in kind.__name__
