"""The modules of the operations of the Python client: one class for each tag, blocking and asynchronous."""

import keyword
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from generation.python_client.types import Schema, Types, identifier
from generation.python_client.writing import PACKAGE, docstring, module

IMPORTS = """import builtins
import datetime as dt
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any, BinaryIO, Literal
from uuid import UUID

from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.events import Event
from gapless_client import models
from gapless_client.shapes import Page
"""
OPERATIONS = PACKAGE / "operations"
NOUNS = {
    "account": ("account",),
    "authors": ("author", "authors"),
    "books": ("book", "books"),
    "calendar": ("calendar",),
    "downloads": ("download", "downloads"),
    "events": ("to_events", "events"),
    "findings": ("finding", "findings"),
    "guides": ("guide", "guides"),
    "import lists": ("import_list", "import_lists"),
    "keys": ("key", "keys"),
    "metadata": ("metadata",),
    "notifications": ("notification", "notifications"),
    "quality profiles": ("quality_profile", "quality_profiles"),
    "releases": ("release", "releases"),
    "scheduler": ("scheduler",),
    "series": ("series",),
    "settings": ("settings",),
}
"""What the name of an operation need not repeat: `list_books` becomes `gapless.books.list`."""


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    operation_id: str
    name: str
    """The name of the method."""
    description: str
    """The description with the parameters."""
    parameters: list[str]
    """As the signature lists them, without `self`."""
    arguments: list[str]
    """As `send` gets them after the method, the path and the shape."""
    answer: str
    """The Python type of the answer: `Event` of a stream of events, `BinaryIO` of a file."""


def groups(api: dict[str, Any]) -> dict[str, list[Operation]]:
    """The operations by tag, with names that are unique in it."""
    types = Types(api["components"]["schemas"], "models.", "builtins.list")
    found: dict[str, list[Operation]] = defaultdict(list)
    for path, methods in api["paths"].items():
        for verb, described in methods.items():
            if _success(described) is None:  # it sends a browser to another address
                continue
            found[described["tags"][0]].append(_operation(verb, path, described, types))
    return {tag: sorted(_distinct(each), key=lambda one: one.name) for tag, each in sorted(found.items())}


def _distinct(operations: list[Operation]) -> list[Operation]:
    """The operations, where one for many keeps its whole name if one for a single thing has the short name."""
    counts = Counter(each.name for each in operations)
    return [
        replace(each, name=each.operation_id) if counts[each.name] > 1 and each.operation_id.endswith("s") else each
        for each in operations
    ]


def group_name(tag: str) -> str:
    """The attribute of the client that has the operations of a tag."""
    return re.sub(r"\W", "_", tag)


def class_name(tag: str) -> str:
    """The class of the operations of a tag."""
    return "".join(word.capitalize() for word in re.split(r"\W", tag))


def group_text(tag: str, about: str, operations: list[Operation]) -> str:
    """The module of one tag."""
    classes = [_class(tag, about, operations, asynchronous=each) for each in (False, True)]
    return module(OPERATIONS / f"{group_name(tag)}.py", about, IMPORTS, classes)


def clients_text(tags: dict[str, str]) -> str:
    """The module of the two clients, with an attribute for each tag."""
    imports = ["from gapless_client.async_connection import AsyncConnection"]
    imports += ["from gapless_client.connection import Connection"]
    imports += [
        f"from gapless_client.operations.{group_name(tag)} import {class_name(tag)}, Async{class_name(tag)}"
        for tag in tags
    ]
    classes = []
    for prefix, how in (("", ""), ("Async", ", for programs that use asyncio")):
        lines = [f"class {prefix}Gapless({prefix}Connection):"]
        lines += [docstring(f"A client of the REST API{how}. See `Connection` for what its parameters mean.")]
        lines += ["    def __init__(self, url: str, key: str, *, retry_seconds: float = 0.0,"]
        lines += ["        timeout_seconds: float = 60.0, verify: bool = True) -> None:"]
        lines += ["        super().__init__(url, key, retry_seconds=retry_seconds, timeout_seconds=timeout_seconds,"]
        lines += ["            verify=verify)"]
        for tag, about in tags.items():
            lines += [f"        self.{group_name(tag)} = {prefix}{class_name(tag)}(self)", docstring(about, 2)]
        classes.append("\n".join(lines))
    return module(OPERATIONS / "clients.py", "The clients, with all operations.", "\n".join(imports) + "\n", classes)


def _class(tag: str, about: str, operations: list[Operation], *, asynchronous: bool) -> str:
    prefix = "Async" if asynchronous else ""
    head = [f"class {prefix}{class_name(tag)}:", docstring(about), ""]
    head += [
        f"    def __init__(self, connection: {prefix}Connection) -> None:",
        "        self._connection = connection",
    ]
    return "\n".join([*head, *(_method(each, asynchronous=asynchronous) for each in operations)])


def _method(operation: Operation, *, asynchronous: bool) -> str:
    parameters = ", ".join(["self", *operation.parameters])
    arguments = ", ".join(operation.arguments)
    define, wait = ("async def", "await ") if asynchronous else ("def", "")
    answer, call = operation.answer, "send"
    if answer == "Event":
        define, wait = "def", ""
        answer, call = ("AsyncGenerator[Event, None]" if asynchronous else "Iterator[Event]"), "listen"
    elif answer == "BinaryIO":
        answer, call = "None", "download"
    statement = "" if answer == "None" else "return "
    return "\n".join(
        [
            "",
            f"    {define} {operation.name}({parameters}) -> {answer}:",
            docstring(operation.description, 2),
            f"        {statement}{wait}self._connection.{call}({arguments})",
        ]
    )


def _operation(verb: str, path: str, described: Schema, types: Types) -> Operation:
    tag = described["tags"][0]
    answer, content_type = _answer(described, types)
    parameters = described.get("parameters", [])
    required = [_parameter(each, types) for each in parameters if each["in"] == "path"]
    body, body_argument = _body(described.get("requestBody"), types)
    named, arguments = [], [repr(verb.upper()), _path(path)]
    if content_type == "text/event-stream":
        named, arguments = ["last_event_id: int | None = None"], [_path(path)]
        rest = ["last_event_id"]
    elif answer == "BinaryIO":
        required, arguments, rest = [*required, "to: BinaryIO"], [_path(path), "to"], []
    else:
        arguments.append("type(None)" if answer == "None" else answer)
        rest = body_argument
    query = [each for each in parameters if each["in"] == "query"]
    named = [*sorted(map(lambda each: _parameter(each, types), query), key=lambda text: " = " in text), *named]
    if query:
        values = ", ".join(f"{each['name']!r}: {identifier(each['name'])}" for each in query)
        arguments.append(f"{{{values}}}" if content_type == "text/event-stream" else f"query={{{values}}}")
    if any(each["name"] == "Idempotency-Key" for each in parameters):
        named.append("idempotency_key: str | None = None")
        rest = [*rest, "headers={'Idempotency-Key': idempotency_key}"]
    signature = [*required, *body, *(["*", *named] if named else [])]
    operation_id = described["operationId"]
    name = _name(operation_id, NOUNS.get(tag, ()))
    return Operation(operation_id, name, _description(described), signature, [*arguments, *rest], answer)


def _name(operation: str, nouns: tuple[str, ...]) -> str:
    """The name of a method: the operation without the nouns of its tag, unless that is a keyword."""
    short = _without_noun(operation, nouns)
    return operation if keyword.iskeyword(short) else short


def _without_noun(operation: str, nouns: tuple[str, ...]) -> str:
    for noun in sorted(nouns, key=len, reverse=True):
        if re.fullmatch(rf"[a-z]+_{noun}", operation):
            return operation.removesuffix(f"_{noun}")
        if operation.endswith(f"_of_{noun}"):
            return operation.removesuffix(f"_of_{noun}")
        if re.match(rf"[a-z]+_{noun}_", operation):
            return operation.replace(f"_{noun}_", "_", 1)
        if operation.startswith(f"{noun}_"):
            return operation.removeprefix(f"{noun}_")
    return operation


def _path(path: str) -> str:
    if "{" not in path:
        return repr(path)
    return "f" + repr(re.sub(r"\{(\w+)\}", lambda found: f"{{segment({identifier(found[1])})}}", path))


def _parameter(parameter: Schema, types: Types) -> str:
    name = identifier(parameter["name"])
    kind = types.of(parameter["schema"]).replace("builtins.list[", "Sequence[")
    if parameter.get("required"):
        return f"{name}: {kind}"
    return f"{name}: {kind if 'None' in kind.split(' | ') else f'{kind} | None'} = None"


def _body(described: Schema | None, types: Types) -> tuple[list[str], list[str]]:
    """The parameter and the argument of the body of a request."""
    if described is None:
        return [], []
    content = described["content"].get("application/json")
    if content is None:
        return ["content: bytes"], ["body=content"]
    kind = types.of(content["schema"])
    return [f"body: {kind}" if described.get("required") else f"body: {kind} = None"], ["body=body"]


def _answer(described: Schema, types: Types) -> tuple[str, str]:
    """The Python type and the content type of the answer."""
    success = _success(described)
    if not success or not success.get("content"):
        return "None", ""
    ((content_type, content), *_) = success["content"].items()
    schema = content.get("schema", {})
    if content_type == "text/event-stream":
        return "Event", content_type
    if content_type == "application/zip":
        return "BinaryIO", content_type
    kind = types.of(schema)
    return ("dict[str, Any]" if kind == "Any" else kind), content_type


def _success(described: Schema) -> Schema | None:
    return next((answer for status, answer in described["responses"].items() if status.startswith("2")), None)


def _description(described: Schema) -> str:
    return "\n- ".join([described.get("description") or f"{described['summary']}.", *_explained(described)])


def _explained(described: Schema) -> Iterator[str]:
    """One line for each parameter with a description."""
    for each in described.get("parameters", []):
        text = each.get("description") or each["schema"].get("description")
        if text and each["in"] in ("path", "query"):
            yield f"`{identifier(each['name'])}`: {text}"
