"""The description of the REST API: what FastAPI knows of the routes, and what holds for all of them."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from shared.contracts.problem import Problem

from gateway.api_docs.examples import example_of
from gateway.http.problems import MEDIA_TYPE
from gateway.middleware.idempotency import FORM, HEADER

TAGS = {
    "authors": "Authors of the library, what they wrote and what is missing of it.",
    "books": "Books in the library, and missing books: works that the library lacks.",
    "downloads": "Downloads from the search to the import, each with its decision; and releases never to take again.",
    "releases": "Releases on offer, judged; and grabbing one of them.",
    "metadata": "Corrections of books, where they come from, and how complete the descriptions are.",
    "scheduler": "Tasks, when they are due, and their runs.",
    "series": "Series of the library and how complete they are.",
    "triggers": "Short names for the tasks that people start most often.",
    "system": "How the services and what they stand on are doing.",
    "keys": "API keys: who may call, and what for.",
    "events": "What happens, as it happens.",
    "notifications": "What people were told through Apprise, and trying it.",
    "webhooks": "What other systems tell, each with a secret of its own.",
    "timeline": "Why is this book not here? What happened to it, in order, from all services.",
}
ALWAYS = (HTTPStatus.TOO_MANY_REQUESTS,)
WITH_KEY = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
WITH_BODY = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY)
WITH_POST = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
FASTAPI_SCHEMAS = ("HTTPValidationError", "ValidationError")
SECURITY = {
    "ApiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "description": "an API key"},
    "Bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "an API key; the word Bearer may be left out",
    },
}
IDEMPOTENCY_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The same key and body within 24 hours give the same answer, and nothing is made twice.",
    "schema": {"type": "string", "pattern": FORM, "examples": ["7f3c1f6e-5b1f-4c39-9a4e-3f2f5f7c2a10"]},
}


class DescribedApp(FastAPI):
    """FastAPI, with what holds for all routes in its description."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = super().openapi()
            components = schema.setdefault("components", {})
            schemas = components.setdefault("schemas", {})
            schemas["Problem"] = Problem.model_json_schema()
            for name in FASTAPI_SCHEMAS:
                schemas.pop(name, None)
            components["securitySchemes"] = SECURITY
            used = set()
            for operation, verb in _operations(schema):
                _complete(operation, verb)
                _give_examples(operation, schemas)
                used.update(operation.get("tags", []))
            schema["tags"] = [{"name": name, "description": words} for name, words in TAGS.items() if name in used]
        return self.openapi_schema or {}


def _operations(schema: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for methods in schema["paths"].values():
        for verb, operation in methods.items():
            yield operation, verb


def _complete(operation: dict[str, Any], verb: str) -> None:
    operation["summary"] = operation.get("description", operation["summary"]).split("\n")[0].rstrip(".")
    statuses = set(ALWAYS)
    if "security" in operation:
        operation["security"] = [{name: []} for name in SECURITY]
        statuses.update(WITH_KEY)
        if verb == "post":
            operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            statuses.update(WITH_POST)
    if "requestBody" in operation:
        statuses.update(WITH_BODY)
    responses = operation["responses"]
    told = {HTTPStatus(int(status)) for status, each in responses.items() if status >= "400" and _is_problem(each)}
    responses |= {str(status.value): _problem(status) for status in sorted(statuses | told)}


def _is_problem(response: dict[str, Any]) -> bool:
    """What FastAPI tells of refusals, but not an answer that a route describes itself."""
    references = (each.get("schema", {}).get("$ref", "") for each in response.get("content", {}).values())
    return any(reference.rpartition("/")[2] in ("Problem", *FASTAPI_SCHEMAS) for reference in references)


def _problem(status: HTTPStatus) -> dict[str, Any]:
    example = {
        "code": status.name.lower(),
        "title": status.phrase,
        "status": status.value,
        "detail": status.description,
    }
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    described: dict[str, Any] = {"description": status.phrase, "content": {MEDIA_TYPE: content}}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        described["headers"] = {"Retry-After": {"description": "in seconds", "schema": {"type": "integer"}}}
    return described


def _give_examples(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    answers = [each for status, each in operation["responses"].items() if status < "400"]
    for each, is_answer in ((operation.get("requestBody", {}), False), *((answer, True) for answer in answers)):
        content = each.get("content", {}).get("application/json")
        if content and "schema" in content and not {"example", "examples"} & content.keys():
            content["example"] = example_of(content["schema"], schemas, whole=is_answer)
