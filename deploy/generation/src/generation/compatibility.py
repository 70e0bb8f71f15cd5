"""Compares the messages and the REST API with those of the last release, which run side by side during an update.

A service of the one version and a service of the other one send messages to each other in both directions. So a field
may only be added, with a default, and what a field may contain stays the same. A program that calls the REST API is
older than the gateway: paths, parameters and fields stay, and requests that were accepted are still accepted.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from generation.schema_differences import Documents, Schema, differences

METHODS = ("get", "put", "post", "patch", "delete", "head", "options")
JSON = "application/json"
ADVICE = """
What to do: keep the field, the value or the path, and add a new one beside it with a default. A message that needs
another shape gets a new class with another subject, and the old one is handled until the next major version.
If no service or program can be affected, add the line and the reason to {file}."""


def message_differences(old: Mapping[str, Schema], new: Mapping[str, Schema], version: str) -> list[str]:
    """What breaks when services of `version` and of this version run side by side, one line for each place.

    Both are message contracts by class name: `subject`, `message`, and for requests `reply`.
    """
    found: list[str] = []
    for name, before in old.items():
        if name not in new:
            found.append(f"{name}: the message was removed")
            continue
        after = new[name]
        if after["subject"] != before["subject"]:
            found.append(f"{name}: the subject was {before['subject']}")
        for part in ("message", "reply"):
            if part in before and part not in after:
                found.append(f"{name}: the reply was removed")
            elif part in before:
                at = name if part == "message" else f"{name}.reply"
                found += _both_ways(before[part], after[part], at, version)
    return list(dict.fromkeys(found))


def _both_ways(old: Schema, new: Schema, at: str, version: str) -> list[str]:
    return [
        *differences(old, new, at, Documents(old, new, old_writes=True, version=version)),
        *differences(new, old, at, Documents(new, old, old_writes=False, version=version)),
    ]


def api_differences(old: Schema, new: Schema, version: str) -> list[str]:
    """What breaks for a program that was written for the REST API of `version`. Both are OpenAPI documents.

    Such a program ignores fields that it does not know, and has to expect new values in an enumeration.
    """
    found: list[str] = []
    for path, methods in old["paths"].items():
        for method in (each for each in METHODS if each in methods):
            at, after = f"{method.upper()} {path}", new["paths"].get(path, {}).get(method)
            if after is None:
                found.append(f"{at}: it was removed")
                continue
            requests = Documents(old, new, old_writes=True, version=version, writes_every_field=False)
            answers = Documents(new, old, old_writes=False, version=version, writes_every_field=False, tolerant=True)
            found += _parameters(methods[method], after, at, requests)
            found += _body(methods[method], after, at, requests)
            found += _responses(methods[method], after, at, answers)
    return list(dict.fromkeys(found))


def _parameters(old: Schema, new: Schema, at: str, documents: Documents) -> Iterator[str]:
    before, after = _by_name(old), _by_name(new)
    for name, parameter in before.items():
        if name not in after:
            yield f"{at}: the parameter {name[1]} was removed"
        else:
            yield from differences(parameter["schema"], after[name]["schema"], f"{at} ?{name[1]}", documents)
    for name, parameter in after.items():
        if parameter.get("required") and not before.get(name, {}).get("required"):
            yield f"{at}: the parameter {name[1]} is required now"


def _by_name(operation: Schema) -> dict[tuple[str, str], Any]:
    return {(each["in"], each["name"]): each for each in operation.get("parameters", [])}


def _body(old: Schema, new: Schema, at: str, documents: Documents) -> Iterator[str]:
    before, after = old.get("requestBody"), new.get("requestBody")
    if after and after.get("required") and not (before and before.get("required")):
        yield f"{at}: a body is required now"
    if before and not after:
        yield f"{at}: the body was removed"
    elif before and after:
        yield from _contents(before["content"], after["content"], f"{at} body", documents)


def _responses(old: Schema, new: Schema, at: str, documents: Documents) -> Iterator[str]:
    for status, response in old["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in new["responses"]:
            yield f"{at}: the answer {status} was removed"
        elif "content" in response:
            content = new["responses"][status].get("content", {})
            yield from _contents(content, response["content"], f"{at} answer", documents)


def _contents(written: Schema, read: Schema, at: str, documents: Documents) -> Iterator[str]:
    old, new = (written, read) if documents.old_writes else (read, written)
    for kind in old:
        if kind not in new:
            yield f"{at}: {kind} was removed"
        elif kind == JSON:
            yield from differences(written[kind].get("schema", {}), read[kind].get("schema", {}), at, documents)
