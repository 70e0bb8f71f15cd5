"""The module of the models of the Python client."""

from typing import Any

from generation.python_client.types import Schema, Types, identifier, member
from generation.python_client.writing import PACKAGE, docstring, module

IMPORTS = """import datetime as dt
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from gapless_client.shapes import Choice, Model, Page
"""


def models_text(api: dict[str, Any]) -> str:
    """The classes of all requests, responses and enumerations."""
    types = Types(api["components"]["schemas"])
    classes = [
        _enumeration(name, schema) if "enum" in schema else _model(name, schema, types)
        for name, schema in types.classes().items()
    ]
    return module(PACKAGE / "models.py", "The models of the REST API.", IMPORTS, classes)


def _enumeration(name: str, schema: Schema) -> str:
    members = [f"    {member(value)} = {value!r}" for value in schema["enum"]]
    return "\n".join([f"class {name}(Choice):", docstring(schema.get("description", f"{name}.")), *members])


def _model(name: str, schema: Schema, types: Types) -> str:
    required = set(schema.get("required", ()))
    fields = [_field(each, of, types, required=each in required) for each, of in schema.get("properties", {}).items()]
    return "\n".join([f"class {name}(Model):", docstring(schema.get("description", f"{name}.")), *fields])


def _field(name: str, schema: Schema, types: Types, *, required: bool) -> str:
    kind, field = types.of(schema), identifier(name)
    if not required and "default" not in schema and "None" not in kind.split(" | "):
        kind += " | None"
    default = "" if required else types.default(schema, schema.get("default"))
    if field != name:
        default = f"Field({default or '...'}, alias={name!r})"
    line = f"    {field}: {kind}" + (f" = {default}" if default else "")
    described = schema.get("description")
    return f"{line}\n{docstring(described)}" if described else line
