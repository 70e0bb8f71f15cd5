"""The messages between the services as AsyncAPI 3.0, written from the contracts."""

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Literal

import shared.contracts
from pydantic import TypeAdapter
from shared.contracts.areas import SERVICES, service_of
from shared.contracts.message import Command, Event, EveryService, Message, Request

KINDS: dict[type[Message], str] = {Request: "request", Command: "command", Event: "event"}
STREAMS = {"request": None, "command": "COMMANDS", "event": "EVENTS"}


def asyncapi() -> dict[str, Any]:
    """The document: a channel for each subject, and the operations of its owner."""
    messages = sorted(_all_messages(), key=lambda each: each.subject)
    shapes, definitions = _shapes(messages)
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    described: dict[str, Any] = {}
    for message in messages:
        name = message.__name__
        described[name] = _message(message, shapes[name])
        channels[name] = _channel(message)
        operations[name] = _operation(message)
        if issubclass(message, Request):
            reply = f"{name}Reply"
            described[reply] = {"name": reply, "title": reply, "payload": shapes[reply]}
            channels[reply] = {"address": None, "messages": {reply: _ref("components/messages", reply)}}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Messages of Gapless",
            "version": version("gapless-gateway"),
            "description": "The messages between the services over NATS. A request is answered within seconds. "
            "Commands and events are stored in streams and delivered at least once.",
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": {"messages": described, "schemas": definitions},
    }


def _all_messages() -> set[type[Message]]:
    for module in pkgutil.walk_packages(shared.contracts.__path__, "shared.contracts."):
        importlib.import_module(module.name)
    return {each for each in _below(Message) if each not in (*KINDS, EveryService) and "[" not in each.__name__}


def _below(kind: type[Message]) -> Iterator[type[Message]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("shared.contracts."):
            yield each
        yield from _below(each)


def _shapes(messages: list[type[Message]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The payload of each message and the reply of each request by name, and the schemas that they refer to."""
    adapters: list[tuple[str, Literal["validation", "serialization"], TypeAdapter[Any]]] = []
    for message in messages:
        adapters.append((message.__name__, "validation", TypeAdapter(message)))
        if issubclass(message, Request):
            adapters.append((f"{message.__name__}Reply", "serialization", TypeAdapter(message.reply_type())))
    found, definitions = TypeAdapter.json_schemas(adapters, ref_template="#/components/schemas/{model}")
    return {str(name): shape for (name, _mode), shape in found.items()}, definitions.get("$defs", {})


def _kind(message: type[Message]) -> str:
    return next(word for kind, word in KINDS.items() if issubclass(message, kind))


def _message(message: type[Message], payload: dict[str, Any]) -> dict[str, Any]:
    words = (message.__doc__ or "").strip().split("\n")[0]
    tags = [{"name": _kind(message)}, {"name": _owner(message)}]
    return {"name": message.__name__, "title": message.__name__, "summary": words, "tags": tags, "payload": payload}


def _owner(message: type[Message]) -> str:
    return service_of(message.area()) or "every service"


def _channel(message: type[Message]) -> dict[str, Any]:
    kind = _kind(message)
    channel: dict[str, Any] = {
        "address": message.subject.replace("*", "{area}"),
        "messages": {message.__name__: _ref("components/messages", message.__name__)},
        "x-kind": kind,
        "x-owner": _owner(message),
    }
    if STREAMS[kind]:
        channel["x-stream"] = STREAMS[kind]
    if "*" in message.subject:
        channel["parameters"] = {"area": {"description": "the area of the service that answers", "enum": [*SERVICES]}}
    return channel


def _operation(message: type[Message]) -> dict[str, Any]:
    """The operations of the owner: it receives requests and commands, and publishes events."""
    name = message.__name__
    operation: dict[str, Any] = {
        "action": "send" if issubclass(message, Event) else "receive",
        "channel": _ref("channels", name),
        "messages": [_ref(f"channels/{name}/messages", name)],
    }
    if issubclass(message, Request):
        reply = f"{name}Reply"
        messages = [_ref(f"channels/{reply}/messages", reply)]
        operation["reply"] = {"channel": _ref("channels", reply), "messages": messages}
        operation["x-timeout-seconds"] = message.timeout_seconds
    return operation


def _ref(place: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/{place}/{name}"}
