"""The OpenAPI description of the REST API: FastAPI's, plus what is common to all routes."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from shared.contracts.problem import Problem

from gateway.api_docs.examples import example_of
from gateway.http.problems import MEDIA_TYPE
from gateway.middleware.idempotency import FORM, HEADER
from gateway.sign_in.sessions import COOKIE

TAGS = {
    "account": "The account at MyAnonamouse: its standing, its risks, and what was spent.",
    "authors": "Authors of the library, with their owned and missing books.",
    "calendar": "Releases of followed series and authors by date, and the keys of calendar addresses.",
    "books": "Books of the library, and missing books: works that the library does not contain.",
    "downloads": "Downloads from the search to the import, with their decisions; and the blocklist.",
    "releases": "Search releases and grab one of them.",
    "imports": "The folders of imported books, imports that wait for a decision, and imports by hand.",
    "quality profiles": "What a release must be, and which one is preferred, by book, series or author.",
    "top lists": "The most popular releases of each genre.",
    "import lists": "Lists of wanted books at other sites or in files, and what became of each book.",
    "findings": "What is wrong in the library: evidence, remedy and repair.",
    "guides": "Guides and forum topics of MyAnonamouse: search, answers and the crawler.",
    "metadata": "Corrections, providers, and the completeness of the metadata.",
    "scheduler": "Tasks, their schedules and their runs.",
    "series": "Series of the library and their completeness.",
    "settings": "The settings of every service: what they are, where they come from, tests and changes.",
    "triggers": "Short paths that run common tasks.",
    "system": "Health, statistics and diagnostics of the services and of the systems that they use.",
    "keys": "API keys and their scopes.",
    "sign-in": "Sign in with a browser: the password, and the sessions of browsers.",
    "events": "A stream of events.",
    "notifications": "Notifications sent through Apprise, their targets, and a test.",
    "webhooks": "Calls from other systems, authenticated with a secret.",
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
        "description": "an API key; the word Bearer is optional",
    },
    "Session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "a browser that is signed in; it changes something only from a page of the gateway",
    },
}
IDEMPOTENCY_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A repeated call with the same key and body gets the first answer, for 24 hours.",
    "schema": {"type": "string", "pattern": FORM, "examples": ["7f3c1f6e-5b1f-4c39-9a4e-3f2f5f7c2a10"]},
}


class DescribedApp(FastAPI):
    """FastAPI whose OpenAPI description includes what is common to all routes."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document. It is built at the first call."""
        if self.openapi_schema is None:
            schema = super().openapi()
            components = schema.setdefault("components", {})
            schemas = components.setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= {**problem.pop("$defs", {}), "Problem": problem}
            for name in FASTAPI_SCHEMAS:
                schemas.pop(name, None)
            components["securitySchemes"] = SECURITY
            shared: dict[str, Any] = {}
            components["responses"] = shared
            used = set()
            for operation, verb in _operations(schema):
                _complete(operation, verb, shared)
                _give_examples(operation, schemas)
                used.update(operation.get("tags", []))
            schema["tags"] = [{"name": name, "description": words} for name, words in TAGS.items() if name in used]
        return self.openapi_schema or {}


def _operations(schema: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for methods in schema["paths"].values():
        for verb, operation in methods.items():
            yield operation, verb


def _complete(operation: dict[str, Any], verb: str, shared: dict[str, Any]) -> None:
    """Add the security, the parameters and the errors of an operation. `shared` gets the response of each error."""
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
    declared = {HTTPStatus(int(status)) for status, each in responses.items() if status >= "400" and _is_problem(each)}
    for status in sorted(statuses | declared):
        name = status.name.title().replace("_", "")
        shared.setdefault(name, _problem(status))
        responses[str(status.value)] = {"$ref": f"#/components/responses/{name}"}


def _is_problem(response: dict[str, Any]) -> bool:
    """Whether this is a generic error response, not one that a route describes itself."""
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
