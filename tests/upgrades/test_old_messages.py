"""A service of this version and one of the last release understand each other's messages.

The release is known by its stored contracts. Its messages lack what was added since. Its readers are its schemas.
"""

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from gateway.api_docs.examples import example_of
from generation.message_schemas import all_messages
from generation.releases import current_messages, releases
from pydantic import TypeAdapter, ValidationError
from shared.contracts.message import Message, Request

OLD = releases()[-1].messages()
CLASSES = {message.__name__: message for message in all_messages()}
SHARED = sorted(OLD.keys() & CLASSES.keys())


@cache
def present() -> dict[str, Any]:
    """The contracts of this version. They take seconds, so every process that only collects this module skips them."""
    return current_messages()


def examples(contract: dict[str, Any]) -> list[Any]:
    """A value with every field of a schema, and one with only those that are required."""
    defined = contract.get("$defs", {})
    whole = example_of(contract, defined)
    if not isinstance(whole, dict) or "properties" not in contract:
        return [whole]
    return [whole, {name: whole[name] for name in contract.get("required", [])}]


def reader(message: type[Message], part: str) -> TypeAdapter[Any]:
    if part == "message":
        return TypeAdapter(message)
    assert issubclass(message, Request)
    return TypeAdapter(message.reply_type())


def parts() -> list[tuple[str, str]]:
    return [
        (name, part)
        for name in SHARED
        for part in ("message", "reply")
        if part in OLD[name] and part in present()[name]
    ]


@pytest.mark.parametrize("part", ["message", "reply"])
def test_this_version_reads_what_the_release_writes(part: str) -> None:
    refused = []
    for name in [name for name, each in parts() if each == part]:
        for value in values_of_release(name, part):
            try:
                reader(CLASSES[name], part).validate_json(json.dumps(value))
            except ValidationError as error:
                refused.append(f"{name}: {error}")
    assert refused == []


@pytest.mark.parametrize("part", ["message", "reply"])
def test_the_release_reads_what_this_version_writes(part: str) -> None:
    refused = []
    for name in [name for name, each in parts() if each == part]:
        old = jsonschema_rs.validator_for(OLD[name][part])
        adapter = reader(CLASSES[name], part)
        for value in values_of_this_version(name, part):
            written = json.loads(adapter.dump_json(adapter.validate_json(json.dumps(value))))
            refused += [f"{name}: {error.message}" for error in old.iter_errors(written)]
    assert refused == []


def values_of_release(name: str, part: str) -> list[Any]:
    """What a service of the release sends: made from the present examples, without what it does not know."""
    return [_only_known(value, OLD[name][part], OLD[name][part]) for value in values_of_this_version(name, part)]


def values_of_this_version(name: str, part: str) -> list[Any]:
    """The examples of a message that its class accepts. A rule that no schema can express refuses a few of them."""
    found = []
    for value in examples(present()[name][part]):
        try:
            reader(CLASSES[name], part).validate_json(json.dumps(value))
        except ValidationError:
            continue
        found.append(value)
    return found


def _only_known(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """The value without the fields that the schema does not have, at any depth."""
    while "$ref" in schema:
        schema = document["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [_only_known(each, schema.get("items", {}), document) for each in value]
    if not isinstance(value, dict):
        return value
    for option in schema.get("anyOf", []):
        if option.get("type") != "null" and "$ref" in option:
            return _only_known(value, option, document)
    fields = schema.get("properties")
    if fields is None:
        return value
    return {name: _only_known(each, fields[name], document) for name, each in value.items() if name in fields}


def test_nearly_every_message_has_an_example() -> None:
    without = [name for name, part in parts() if not values_of_this_version(name, part)]
    assert len(without) < len(parts()) / 10, without
