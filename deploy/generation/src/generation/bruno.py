"""The Bruno collection in `clients/bruno`: a folder for each tag, a file for each operation."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Operation = Mapping[str, Any]
FOLDER = Path(__file__).parents[4] / "clients" / "bruno"
COLLECTION: dict[str, Any] = {"version": "1", "name": "Gapless", "type": "collection", "ignore": []}
AUTHENTICATION = """auth {
  mode: apikey
}

auth:apikey {
  key: X-Api-Key
  value: {{key}}
  placement: header
}
"""
LOCAL = """vars {
  url: http://127.0.0.1:8080
}
vars:secret [
  key
]
"""
JSON = "application/json"


def collection_texts(api: Mapping[str, Any]) -> dict[Path, str]:
    """The text of each file of the collection.

    An optional parameter is listed but off (`~`). The body is the example of the description.
    """
    texts = {
        FOLDER / "bruno.json": json.dumps(COLLECTION, indent=2) + "\n",
        FOLDER / "collection.bru": AUTHENTICATION,
        FOLDER / "environments" / "local.bru": LOCAL,
    }
    by_tag: dict[str, list[tuple[str, str, Operation]]] = defaultdict(list)
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            by_tag[operation["tags"][0]].append((method, path, operation))
    for tag, operations in by_tag.items():
        for number, (method, path, operation) in enumerate(operations, 1):
            file = FOLDER / tag.replace(" ", "-") / f"{operation['operationId']}.bru"
            texts[file] = _request(number, method, path, operation)
    return texts


def present_files() -> set[Path]:
    """The files of the collection that are there now."""
    return {path for path in FOLDER.rglob("*") if path.is_file()}


def _request(number: int, method: str, path: str, operation: Operation) -> str:
    body = _json_body(operation)
    parameters = operation.get("parameters", [])
    url = "{{url}}" + re.sub(r"\{(\w+)\}", r":\1", path)
    query = [each for each in parameters if each["in"] == "query"]
    if required := [f"{each['name']}={_example(each)}" for each in query if each.get("required")]:
        url += f"?{'&'.join(required)}"
    blocks = [
        _block("meta", [f"name: {operation['summary']}", "type: http", f"seq: {number}"]),
        _block(method, [f"url: {url}", f"body: {'none' if body is None else 'json'}", "auth: inherit"]),
        _block("params:query", [_line(each) for each in query]),
        _block("params:path", [_line(each) for each in parameters if each["in"] == "path"]),
        _block("headers", [_line(each) for each in parameters if each["in"] == "header"]),
        _block("body:json", [] if body is None else body.split("\n")),
        _block("docs", operation.get("description", "").split("\n") if operation.get("description") else []),
    ]
    return "\n".join(block for block in blocks if block)


def _block(name: str, lines: list[str]) -> str:
    """A block of the Bru language, indented by two columns; empty without lines."""
    indented = "".join(f"  {line}".rstrip() + "\n" for line in lines)
    return f"{name} {{\n{indented}}}\n" if lines else ""


def _line(parameter: Mapping[str, Any]) -> str:
    off = "" if parameter.get("required") else "~"
    return f"{off}{parameter['name']}: {_example(parameter)}".rstrip()


def _example(parameter: Mapping[str, Any]) -> str:
    """The example or the default of a parameter, if it has one."""
    schema = parameter["schema"]
    examples = parameter.get("examples") or schema.get("examples")
    value = examples[0] if isinstance(examples, list) and examples else schema.get("default")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _json_body(operation: Operation) -> str | None:
    content = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if content is None:
        return None
    examples = [each["value"] for each in content.get("examples", {}).values()]
    example = content["example"] if "example" in content else next(iter(examples), {})
    return json.dumps(example, indent=2, ensure_ascii=False)
