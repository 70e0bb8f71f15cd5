"""The OpenAPI and AsyncAPI documents are complete and valid: summaries, references, examples and operation ids."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from fastapi.routing import APIRoute
from gateway.api import KEYED_ROUTERS
from gateway.api_docs.asyncapi import asyncapi
from gateway.api_docs.examples import example_of
from generation.message_schemas import all_messages
from provisioning.services import PARTS
from shared.chassis.service import Service
from shared.contracts.message import Request

from .conftest import Gateway

JSON = "application/json"
PROBLEM = "application/problem+json"
LONGEST_SUMMARY_WORDS = 9


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    part = next(part for part in PARTS if part.name == "gateway")
    settings = part.settings.example()
    service = Service.of(part.spec, settings)
    part.build(settings, service)
    described: dict[str, Any] = service.asgi.openapi()
    return described


@pytest.fixture(scope="module")
def messages() -> dict[str, Any]:
    """The AsyncAPI document."""
    return asyncapi()


def operations(openapi: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in openapi["paths"].items():
        for verb, operation in methods.items():
            yield f"{verb.upper()} {path}", operation


def contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in (operation.get("requestBody", {}), *operation["responses"].values()):
        yield from each.get("content", {}).values()


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(each)


def wrong(schema: dict[str, Any], components: dict[str, Any], example: Any) -> list[str]:
    used = used_schemas(schema, components["schemas"])
    document = {**schema, "components": {"schemas": used}}
    validator = jsonschema_rs.Draft202012Validator(document, validate_formats=True)
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(example)]


def used_schemas(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The schemas that a schema refers to. A validator copies all that it is given."""
    used: dict[str, Any] = {}
    unread = [schema]
    while unread:
        references = (str(node["$ref"]) for node in nodes(unread.pop()) if "$ref" in node)
        new = {name for name in (each.rpartition("/")[2] for each in references) if name not in used}
        used |= {name: schemas[name] for name in new}
        unread += [schemas[name] for name in new]
    return used


def assert_references_resolve(document: dict[str, Any]) -> None:
    for node in nodes(document):
        if isinstance(node.get("$ref"), str):
            place: Any = document
            for part in node["$ref"].removeprefix("#/").split("/"):
                assert part in place, node["$ref"]
                place = place[part]


def test_every_operation_has_a_short_summary_a_description_a_tag_and_an_id(openapi: dict[str, Any]) -> None:
    found = dict(operations(openapi))
    ids = [operation["operationId"] for operation in found.values()]
    assert len(ids) == len(set(ids)) > 30
    described = {tag["name"] for tag in openapi["tags"] if tag["description"]}
    for name, operation in found.items():
        assert 1 <= len(operation["summary"].split()) <= LONGEST_SUMMARY_WORDS, name
        assert len(operation["description"].split()) > 1, name
        assert set(operation["tags"]) <= described, name


def test_the_published_summary_is_the_one_written_at_the_route(openapi: dict[str, Any]) -> None:
    published = {operation["operationId"]: operation["summary"] for _, operation in operations(openapi)}
    written = {
        route.name: route.summary
        for router in KEYED_ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.include_in_schema
    }
    assert None not in written.values()
    assert written.items() <= published.items()


def test_every_example_of_a_body_or_an_answer_is_valid(openapi: dict[str, Any]) -> None:
    invalid = []
    for name, operation in operations(openapi):
        for content in contents(operation):
            examples = [content["example"]] if "example" in content else []
            examples += [each["value"] for each in content.get("examples", {}).values()]
            schema = content.get("schema", {})
            invalid += [f"{name}: {line}" for each in examples for line in wrong(schema, openapi["components"], each)]
    assert invalid == []


def test_every_example_of_a_field_or_a_parameter_is_valid(openapi: dict[str, Any]) -> None:
    invalid = []
    for node in nodes(openapi):
        examples = node.get("examples")
        if isinstance(examples, list) and {"type", "anyOf", "$ref", "enum"} & node.keys():
            lines = [line for each in examples for line in wrong(node, openapi["components"], each)]
            invalid += [f"{node.get('title')}: {line}" for line in lines]
    assert invalid == []


def test_every_json_body_and_answer_has_an_example(openapi: dict[str, Any]) -> None:
    lacking = [
        name
        for name, operation in operations(openapi)
        for content in [each.get("content", {}).get(JSON) for each in operation["responses"].values()]
        + [operation.get("requestBody", {}).get("content", {}).get(JSON)]
        if content and content.get("schema") and not {"example", "examples"} & content.keys()
    ]
    assert lacking == []


def test_errors_are_described_once_as_problems(openapi: dict[str, Any]) -> None:
    shared = openapi["components"]["responses"]
    assert all(each["content"].keys() == {PROBLEM} for each in shared.values())
    for name, operation in operations(openapi):
        if "security" in operation:
            assert {"401", "403", "429", "503", "504"} <= operation["responses"].keys(), name
            refusals = [each for status, each in operation["responses"].items() if status >= "400"]
            assert all(each["$ref"].rpartition("/")[2] in shared for each in refusals), name
            assert operation["security"] == [{"ApiKey": []}, {"Bearer": []}, {"Session": []}], name


def test_the_references_of_both_documents_resolve(openapi: dict[str, Any], messages: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1")
    assert_references_resolve(openapi)
    assert_references_resolve(messages)


def test_every_message_has_its_channel_and_each_request_its_reply(messages: dict[str, Any]) -> None:
    document = messages
    for message in all_messages():
        channel = document["channels"][message.__name__]
        assert channel["address"].replace("{area}", "*") == message.subject
        operation = document["operations"][message.__name__]
        assert ("reply" in operation) == issubclass(message, Request)
        assert document["components"]["messages"][message.__name__]["payload"]
    assert document["channels"]["BookAppeared"]["x-owner"] == "library-scanner"
    assert document["operations"]["BookAppeared"]["action"] == "send"


async def test_the_asyncapi_document_is_served(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/asyncapi", key=None)
    assert answer.json()["asyncapi"] == "3.0.0"


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, 0.5),
        ({"type": "string", "minLength": 6}, "textxx"),
        ({"anyOf": [{"type": "null"}, {"type": "boolean"}]}, True),
        ({"type": "array", "items": {"type": "string", "format": "date"}}, ["1900-05-17"]),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": 1}),
        ({"$ref": "#/components/schemas/Name"}, "Ozma"),
    ],
)
def test_an_example_is_built_from_a_schema(schema: dict[str, Any], example: Any) -> None:
    assert example_of(schema, {"Name": {"type": "string", "examples": ["Ozma"]}}) == example
