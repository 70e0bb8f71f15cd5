"""A typed client of the REST API of Gapless. See README.md for examples."""

from gapless_client.async_connection import every_async
from gapless_client.connection import every
from gapless_client.errors import ApiProblem, UnexpectedAnswer, Unreachable
from gapless_client.events import Event
from gapless_client.operations.clients import AsyncGapless, Gapless
from gapless_client.shapes import Page

__all__ = [
    "ApiProblem",
    "AsyncGapless",
    "Event",
    "Gapless",
    "Page",
    "UnexpectedAnswer",
    "Unreachable",
    "every",
    "every_async",
]
