"""A body with a text for a number, or a number for a boolean, is refused, as the description of the API says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from generation.generated_files import OPENAPI
from pydantic import BaseModel, ValidationError

DESCRIPTION: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]
WRONG: dict[str, list[Any]] = {
    "integer": ["1", 1.5, 1.0, True],
    "number": ["1", "1.5", True],
    "boolean": ["true", 1, 0.0],
}


def names_within(schema: dict[str, Any]) -> Iterator[str]:
    """The names of the models that a schema contains, at any depth."""
    for name in {text.rpartition("/")[2] for text in _references(schema)}:
        yield name
        yield from names_within(SCHEMAS[name])


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _references(inner)


def models(base: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from models(model)


def wrong_values() -> Iterator[tuple[type[BaseModel], str, Any]]:
    """Each field of a request body that is a number or a boolean, with each value of another type."""
    bodies = [
        operation["requestBody"] for path in DESCRIPTION["paths"].values() for operation in path.values()
        if "requestBody" in operation
    ]  # fmt: skip
    named = {name for body in bodies for name in names_within(body)}
    for model in models():
        if model.__name__ in named and model.__module__.startswith(("gateway.", "shared.")):
            for name, schema in model.model_json_schema().get("properties", {}).items():
                allowed = [schema, *schema.get("anyOf", [])]
                has_text = any(each.get("type") == "string" for each in allowed)
                for each in allowed:
                    for value in WRONG.get(each.get("type"), []):
                        if not (has_text and isinstance(value, str)):
                            yield model, name, value


CASES = list(wrong_values())


def test_request_bodies_have_numbers_and_booleans() -> None:
    assert {model.__name__ for model, _, _ in CASES} >= {"BookEntry", "BookUpdate", "TaskChange", "DownloadChanges"}


@pytest.mark.parametrize(("model", "name", "value"), CASES)
def test_a_value_of_another_type_is_refused(model: type[BaseModel], name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate({name: value})
    assert name in [error["loc"][0] for error in refused.value.errors()]
