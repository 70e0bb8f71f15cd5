"""Messages and the REST API stay compatible with the last release, and the comparison finds what is not."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
from generation.compatibility import api_differences, message_differences
from generation.generated_files import OPENAPI
from generation.releases import Release, current_messages, releases
from pydantic import BaseModel, Field


class Shelf(StrEnum):
    """The shelves of the last release."""

    TOP = "top"
    LOW = "low"


class MoreShelves(StrEnum):
    """One more shelf."""

    TOP = "top"
    LOW = "low"
    MIDDLE = "middle"


class Shelve(BaseModel):
    """The message of the last release."""

    title: str
    shelf: Shelf = Shelf.TOP
    place: Annotated[int, Field(ge=0, le=10)] = 0
    authors: list[str] = []


class WithOptionalField(Shelve):
    series: str | None = None


class WithRequiredField(Shelve):
    series: str


class WithoutField(BaseModel):
    title: str
    shelf: Shelf = Shelf.TOP
    place: Annotated[int, Field(ge=0, le=10)] = 0


class WithAnotherType(Shelve):
    title: int  # type: ignore[assignment]  # the change that must be found


class WithNull(Shelve):
    title: str | None  # type: ignore[assignment]  # the change that must be found


class WithMoreShelves(Shelve):
    shelf: MoreShelves = MoreShelves.TOP  # type: ignore[assignment]  # the change that must be found


class WithFewerPlaces(Shelve):
    place: Annotated[int, Field(ge=0, le=5)] = 0


class WithOtherItems(Shelve):
    authors: list[int] = []  # type: ignore[assignment]  # the change that must be found


def contract(shape: type[BaseModel], subject: str = "cmd.library.shelve", **more: Any) -> dict[str, Any]:
    return {"Shelve": {"subject": subject, "message": shape.model_json_schema(), **more}}


def test_this_version_is_compatible_with_the_last_release() -> None:
    assert (
        "\n".join(releases()[-1].differences(current_messages(), json.loads(OPENAPI.read_text(encoding="utf-8")))) == ""
    )


def test_a_field_with_a_default_may_be_added() -> None:
    assert message_differences(contract(Shelve), contract(WithOptionalField), "1.0.0") == []


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (contract(WithRequiredField), "Shelve.series: the field is required now, and version 1.0.0 may not send it"),
        (contract(WithoutField), "Shelve.authors: the field was removed"),
        (contract(WithAnotherType), "Shelve.title: string is refused now, and version 1.0.0 sends it (now: integer)"),
        (contract(WithNull), "Shelve.title: may be null now, and version 1.0.0 can only read string"),
        (contract(WithMoreShelves), "Shelve.shelf: the value 'middle' is new, and version 1.0.0 cannot read it"),
        (contract(WithFewerPlaces), "Shelve.place: accepts only maximum 5 now, and not 10"),
        (
            contract(WithOtherItems),
            "Shelve.authors[]: string is refused now, and version 1.0.0 sends it (now: integer)",
        ),
        (contract(Shelve, subject="cmd.library.put"), "Shelve: the subject was cmd.library.shelve"),
        ({}, "Shelve: the message was removed"),
    ],
)
def test_any_other_change_of_a_message_is_reported(after: dict[str, Any], line: str) -> None:
    assert line in message_differences(contract(Shelve), after, "1.0.0")


def test_a_value_may_not_be_removed_from_an_enumeration() -> None:
    found = message_differences(contract(WithMoreShelves), contract(Shelve), "1.0.0")
    assert "Shelve.shelf: the value 'middle' was removed, and version 1.0.0 sends it" in found


def test_a_field_may_not_be_removed_from_a_reply() -> None:
    before = contract(Shelve, reply=WithOptionalField.model_json_schema())
    after = contract(Shelve, reply=Shelve.model_json_schema())
    assert message_differences(before, after, "1.0.0") == ["Shelve.reply.series: the field was removed"]
    assert message_differences(after, before, "1.0.0") == []


def test_a_shape_that_contains_itself_is_compared_once() -> None:
    tree = {"$ref": "#/$defs/Tree", "$defs": {"Tree": {"type": "object", "properties": {
        "leaf": {"type": "string"}, "branches": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}}}}}  # fmt: skip
    other = json.loads(json.dumps(tree).replace('"leaf"', '"bud"'))
    before, after = ({"Grow": {"subject": "s", "message": each}} for each in (tree, other))
    assert message_differences(before, before, "1.0.0") == []
    assert message_differences(before, after, "1.0.0") == ["Grow.leaf: the field was removed"]


def operation(query: dict[str, Any], answer: type[BaseModel], **more: Any) -> dict[str, Any]:
    """A REST API with one path."""
    parameters = [
        {"in": "query", "name": name, "schema": schema, "required": name.endswith("!")}
        for name, schema in query.items()
    ]
    schema = answer.model_json_schema(mode="serialization")
    components = schema.pop("$defs", {})
    text = json.dumps(schema).replace("#/$defs/", "#/components/schemas/")
    responses = {"200": {"content": {"application/json": {"schema": json.loads(text)}}}}
    get = {"parameters": parameters, "responses": responses, **more}
    return {"paths": {"/api/shelves": {"get": get}}, "components": {"schemas": components}}


BODY = {"required": True, "content": {}}
BEFORE = operation({"limit": {"type": "integer", "maximum": 500}}, Shelve)


@pytest.mark.parametrize(
    ("after", "line"),
    [
        ({"paths": {}, "components": {}}, "GET /api/shelves: it was removed"),
        (operation({}, Shelve), "GET /api/shelves: the parameter limit was removed"),
        (
            operation({"limit": {"type": "integer", "maximum": 50}}, Shelve),
            "GET /api/shelves ?limit: accepts only maximum 50 now, and not 500",
        ),
        (
            operation({"limit": {"type": "integer", "maximum": 500}, "at!": {"type": "string"}}, Shelve),
            "GET /api/shelves: the parameter at! is required now",
        ),
        (
            operation({"limit": {"type": "integer", "maximum": 500}}, WithoutField),
            "GET /api/shelves answer.authors: the field was removed",
        ),
        (
            operation({"limit": {"type": "integer", "maximum": 500}}, WithNull),
            "GET /api/shelves answer.title: may be null now, and version 1.0.0 can only read string",
        ),
        (
            operation({"limit": {"type": "integer", "maximum": 500}}, Shelve, requestBody=BODY),
            "GET /api/shelves: a body is required now",
        ),
    ],
)
def test_a_change_that_breaks_a_program_of_the_api_is_reported(after: dict[str, Any], line: str) -> None:
    assert line in api_differences(BEFORE, after, "1.0.0")


def test_fields_parameters_values_and_paths_may_be_added_to_the_api() -> None:
    after = operation({"limit": {"type": "integer", "maximum": 1000}, "at": {"type": "string"}}, WithMoreShelves)
    after["paths"]["/api/boards"] = {}
    assert api_differences(BEFORE, after, "1.0.0") == []
    assert api_differences(BEFORE, operation({"limit": {"type": "integer"}}, WithOptionalField), "1.0.0") == []


def test_an_accepted_difference_is_not_reported_and_one_that_is_gone_is(tmp_path: Path) -> None:
    release = Release(tmp_path / "1.0.0")
    release.store(contract(Shelve), BEFORE)
    assert release.differences(contract(Shelve), BEFORE) == []
    line, advice = release.differences({}, BEFORE)
    assert line == "Shelve: the message was removed"
    assert "What to do" in advice
    assert "1.0.0/accepted.json" in advice

    release.accepted_file.write_text(json.dumps({line: "nothing sends it"}))
    assert release.differences({}, BEFORE) == []
    assert release.differences(contract(Shelve), BEFORE)[0] == f"accepted.json lists what is not different: {line}"


def test_a_stored_contract_has_no_words_that_only_people_read(tmp_path: Path) -> None:
    release = Release(tmp_path / "1.0.0")
    release.store(contract(Shelve), BEFORE)
    message = release.messages()["Shelve"]["message"]
    assert "description" not in message
    assert message["properties"]["title"] == {"type": "string"}
