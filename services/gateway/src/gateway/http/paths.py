"""The paths of the API and their methods, across all routes."""

import re
from collections.abc import Sequence
from functools import cached_property

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.api_keys.security import KEYED
from gateway.http.problems import not_allowed

Templates = dict[str, tuple[re.Pattern[str], set[str]]]


class Paths:
    """The paths of an app. A path without parameters takes precedence over a template that also matches.

    They are read at the first call, when the app has all its routes.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    @cached_property
    def _literal(self) -> dict[str, set[str]]:
        return self._read[0]

    @cached_property
    def _templates(self) -> Templates:
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[dict[str, set[str]], Templates]:
        literal: dict[str, set[str]] = {}
        templates: Templates = {}
        for route in iter_route_contexts(self._routes):
            if route.path is None or not route.methods:  # a mounted app handles its own methods
                continue
            if "{" in route.path:
                templates.setdefault(route.path, (route.path_regex, set()))[1].update(route.methods)
            else:
                literal.setdefault(route.path, set()).update(route.methods)
        return literal, templates

    @cached_property
    def _keyed(self) -> set[tuple[str, str]]:
        """The method and the path of each route that needs a key."""
        return {
            (method, route.path)
            for route in iter_route_contexts(self._routes)
            if route.path is not None and KEYED in getattr(route, "dependencies", ())
            for method in route.methods or ()
        }

    def keyed(self, method: str, path: str) -> str | None:
        """Return the template of the route for this call if it needs a key, otherwise None."""
        if path in self._literal:
            return path if (method, path) in self._keyed else None
        matching = (name for name, (form, methods) in self._templates.items() if method in methods and form.match(path))
        route = next(matching, None)
        return route if (method, route) in self._keyed else None

    def methods(self, path: str) -> set[str]:
        """Return the methods of a path, or none if the path does not exist."""
        template = self.template(path)
        if template is None:
            return set()
        return self._literal[template] if template in self._literal else self._templates[template][1]

    def template(self, path: str) -> str | None:
        """Return the template of a path, with its parameters in braces, or None if the path does not exist."""
        if path in self._literal:
            return path
        return next((name for name, (form, _) in self._templates.items() if form.match(path)), None)

    def refuses(self, method: str, path: str) -> bool:
        """Whether this is a path without parameters that does not support the method."""
        methods = self._literal.get(path)
        return methods is not None and method not in methods


class LiteralPathsFirst:
    """Answers 405 when a path without parameters lacks a method, even if a template that also matches has it.

    `PUT /api/authors/search` must not change an author with the id `search`.
    """

    def __init__(self, app: ASGIApp, paths: Paths) -> None:
        self._app = app
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._paths.refuses(scope["method"], scope["path"]):
            refusal = not_allowed(scope["method"], scope["path"], self._paths.methods(scope["path"]))
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)
