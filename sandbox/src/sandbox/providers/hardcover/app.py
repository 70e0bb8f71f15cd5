"""`POST /v1/graphql`.

Specific failures: `insufficient_scope`, the token does not have the scope for the request, and `no_list_scope`, it does
not have the scope for lists.
"""

from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute_sync,
    parse,
    validate,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.providers.hardcover.limits import Allowance, argument_names, error_code, top_level_fields
from sandbox.providers.hardcover.rows import Row, Rows
from sandbox.providers.hardcover.schema import ROOTS, build
from sandbox.providers.hardcover.search import SearchEngine
from sandbox.providers.hardcover.selection import select
from sandbox.providers.hardcover.value_index import ValueIndex
from sandbox.providers.pictures import PICTURES, picture_address, server_of
from sandbox.world import World

_INSUFFICIENT_SCOPE = "insufficient_scope"
_NO_LIST_SCOPE = "no_list_scope"
_PATH = "/v1/graphql"
CACHED_QUERIES = 64
"""Queries are parsed and validated once: a caller has only a few, with different variables."""


class _Catalogue:
    """Runs GraphQL queries: resolves lists by their arguments and all other fields by name."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._indexes = {name: ValueIndex(rows.all(name)) for name in ROOTS}
        self._engine = SearchEngine(rows)
        self.schema: GraphQLSchema = build()
        self._errors_in = lru_cache(CACHED_QUERIES)(lambda query: validate(self.schema, _document(query)))

    def run(self, query: str, variables: dict[str, Any], operation: str | None, server: str) -> dict[str, Any]:
        """The answer to a query. The pictures are on the server with this address."""
        document, errors = _document(query), self._errors_in(query)
        if errors:
            return {"errors": [_as_hasura(each) for each in errors]}
        result = execute_sync(
            self.schema,
            document,
            variable_values=variables,
            operation_name=operation,
            context_value=server,
            field_resolver=self._resolve,
        )
        if result.errors:
            return {"errors": [_as_hasura(each) for each in result.errors]}
        return {"data": result.data}

    def _resolve(self, source: Row | None, info: GraphQLResolveInfo[str], **arguments: Any) -> Any:
        if source is None:
            return self._top(info.field_name, arguments)
        value = source[info.field_name]
        if info.field_name == "cached_image" and value:
            return value | {"url": picture_address(info.context, value["url"])}
        return select(value, arguments) if arguments else value

    def _top(self, name: str, arguments: dict[str, Any]) -> Any:
        if name == "search":
            return self._engine.search(arguments)
        if name in ROOTS:
            return select(self._indexes[name].candidates(arguments.get("where") or {}), arguments)
        return self._rows.by_id(name.removesuffix("_by_pk"), arguments["id"])


class _Site:
    def __init__(self, catalogue: _Catalogue, token: str, allowance: Allowance, outcomes: Outcomes) -> None:
        self._catalogue = catalogue
        self._token = token
        self._allowance = allowance
        self._outcomes = outcomes

    async def graphql(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return JSONResponse({"error": "invalid_token"}, 401)
        if self._outcomes.take(_INSUFFICIENT_SCOPE, _PATH) is not None:
            return _lacks_scope("read:catalog")
        try:
            query, variables, operation = _read_request(await request.json())
            _document(query)
        except GraphQLError as error:
            return JSONResponse({"errors": [_as_hasura(error)]}, headers=self._allowance.headers())
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
        return self._answer(query, variables, operation, server_of(request))

    def _answer(self, query: str, variables: dict[str, Any], operation: str | None, server: str) -> Response:
        fields, names = _names_in(query)
        if "me" in fields:
            return _lacks_scope("read:me")
        if "lists" in fields and self._outcomes.take(_NO_LIST_SCOPE, _PATH) is not None:
            return _lacks_scope("read:lists")
        code = error_code(fields, names, variables)
        if code is not None:
            return JSONResponse({"errors": [{"message": code, "extensions": {"code": code}}]}, 403)
        wait_seconds = self._allowance.take(len(fields))
        headers = self._allowance.headers()
        if wait_seconds is not None:
            return JSONResponse({"error": "Throttled"}, 429, headers | {"Retry-After": str(wait_seconds)})
        return JSONResponse(self._catalogue.run(query, variables, operation, server), headers=headers)


def create(world: World, *, token: str, allowance: Allowance | None = None) -> Controlled:
    """Hardcover with the records and lists of the world. The token may only read the catalogue and lists.

    `allowance`: by default requests are counted and the counts sent in headers, but no request is rejected.
    """
    outcomes = Outcomes(frozenset({_INSUFFICIENT_SCOPE, _NO_LIST_SCOPE}))
    lists = [each for each in world.reading_lists if each.site == "hardcover"]
    catalogue = _Catalogue(Rows(world.providers.get("hardcover", []), lists))
    site = _Site(catalogue, token.removeprefix("Bearer "), allowance or Allowance(enforced=False), outcomes)
    return controlled(Starlette(routes=[PICTURES, Route(_PATH, site.graphql, methods=["POST"])]), outcomes=outcomes)


@lru_cache(CACHED_QUERIES)
def _document(query: str) -> DocumentNode:
    """Parse a query. Raises GraphQLError if it is invalid."""
    return parse(query)


@lru_cache(CACHED_QUERIES)
def _names_in(query: str) -> tuple[list[str], list[str]]:
    """The top-level fields of a query and the names in its arguments."""
    document = _document(query)
    return top_level_fields(document), argument_names(document)


def _read_request(body: Any) -> tuple[str, dict[str, Any], str | None]:
    """Query, variables and operation name of a request. Raises ValueError if the body is not a GraphQL request."""
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise ValueError("invalid_query")
    variables = body.get("variables") or {}
    if not isinstance(variables, dict):
        raise ValueError("invalid_query")
    return body["query"], variables, body.get("operationName")


def _as_hasura(error: GraphQLError) -> dict[str, Any]:
    return {"message": error.message, "extensions": {"path": "$", "code": "validation-failed"}}


def _lacks_scope(scope: str) -> Response:
    return JSONResponse({"error": "insufficient_scope", "scope": scope}, 403)
