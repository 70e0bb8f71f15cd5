"""Builds an example for a JSON schema, from the examples of its fields or else from their types."""

from typing import Any

BY_FORMAT = {
    "uuid": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10",
    "date-time": "2026-03-01T12:00:00Z",
    "date": "1900-05-17",
    "uri": "https://example.org/",
    "binary": "",
}
BY_PATTERN = {
    r"^[0-9a-f]{40}$": "0123456789abcdef0123456789abcdef01234567",
    r"^-?[a-z_]+$": "title",
    r"^\d+(\.\d+)?(-\d+(\.\d+)?)?$": "2.5",
}
DEEPEST = 12


def example_of(schema: dict[str, Any], schemas: dict[str, Any], *, whole: bool = True, depth: int = 0) -> Any:
    """A value that the schema allows, with every field if `whole`, else only with the important ones.

    `schemas` are the components that references name.
    """
    if "$ref" in schema:
        return example_of(
            {**schemas[schema["$ref"].rpartition("/")[2]], **_siblings_of_reference(schema)},
            schemas,
            whole=whole,
            depth=depth,
        )
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("example", "const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    options = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if options:
        option = next((each for each in options if each.get("type") != "null"), options[0])
        return None if depth > DEEPEST else example_of(option, schemas, whole=whole, depth=depth + 1)
    return _of_type(schema, schemas, whole, depth)


def _siblings_of_reference(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: schema[key] for key in ("examples", "default") if key in schema}


def _of_type(schema: dict[str, Any], schemas: dict[str, Any], whole: bool, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, schemas, whole, depth)
    if kind == "array":
        if depth > DEEPEST or "items" not in schema:
            return []
        return [example_of(schema["items"], schemas, whole=whole, depth=depth + 1)]
    if kind in ("integer", "number"):
        least = schema.get("minimum", schema.get("exclusiveMinimum", 0))
        return min(max(1, least + ("exclusiveMinimum" in schema)), schema.get("maximum", least + 1))
    return {"string": _text(schema), "boolean": True}.get(str(kind))


def _object(schema: dict[str, Any], schemas: dict[str, Any], whole: bool, depth: int) -> dict[str, Any]:
    required = schema.get("required", [])
    return {
        name: example_of(field, schemas, whole=whole, depth=depth + 1)
        for name, field in schema.get("properties", {}).items()
        if whole or name in required or "examples" in field
    }


def _text(schema: dict[str, Any]) -> str:
    text = BY_FORMAT.get(schema.get("format", "")) or BY_PATTERN.get(schema.get("pattern", "")) or "text"
    return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", len(text) + 200)]
