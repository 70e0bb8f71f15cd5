"""Every value that a caller can send has bounds, so that no value is too large for the database."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from generation.generated_files import OPENAPI

DESCRIPTION: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]
BOUNDED_BY_FORMAT = {"format", "enum", "const", "pattern"}


def inputs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each parameter and each field of a request body, with its schema."""
    for path, operations in DESCRIPTION["paths"].items():
        for verb, operation in operations.items():
            for parameter in operation.get("parameters", []):
                yield from parts(f"{verb} {path} {parameter['name']}", parameter["schema"], set())
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield from parts(f"{verb} {path} body", content["schema"], set())


def parts(name: str, schema: dict[str, Any], above: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if reference := schema.get("$ref"):
        if reference not in above:
            yield from parts(name, SCHEMAS[reference.rpartition("/")[2]], {*above, reference})
        return
    yield name, schema
    for field, inner in schema.get("properties", {}).items():
        yield from parts(f"{name}.{field}", inner, above)
    for inner in [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]:
        yield from parts(name, inner, above)
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from parts(f"{name}[]", inner, above)


def has(schema: dict[str, Any], *bounds: str) -> bool:
    return any(bound in schema for bound in bounds)


@pytest.mark.parametrize("kind", ["integer", "number", "string", "array"])
def test_every_value_that_a_caller_can_send_is_bounded(kind: str) -> None:
    found = [(name, schema) for name, schema in inputs() if schema.get("type") == kind]
    if kind in ("integer", "number"):
        unbounded = [
            name for name, schema in found
            if not has(schema, "enum")
            and (not has(schema, "minimum", "exclusiveMinimum") or not has(schema, "maximum", "exclusiveMaximum"))
        ]  # fmt: skip
    else:
        bound = "maxLength" if kind == "string" else "maxItems"
        unbounded = [name for name, schema in found if not has(schema, bound, *BOUNDED_BY_FORMAT)]
    assert unbounded == []
