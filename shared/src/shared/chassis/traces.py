"""Traces: spans of what a service does, which are exported only if an address for them is set.

Without one, nothing of OpenTelemetry is imported and nothing is recorded. A span may only have attributes whose values
are known to be no secrets: subjects, templates of paths, ids, statuses, and the types of errors.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

TRACEPARENT = "traceparent"
"""The header that carries the context of a trace (W3C Trace Context)."""
Value = str | int | float | bool


class Kind(Enum):
    """The kinds of spans of OpenTelemetry."""

    INTERNAL = "internal"
    SERVER = "server"
    CLIENT = "client"
    CONSUMER = "consumer"


@dataclass(frozen=True)
class Attempt:
    """One of the attempts to handle a message. `key` identifies the message and its consumer."""

    key: str
    number: int


class Span(Protocol):
    """A span in progress."""

    def set(self, **attributes: Value) -> None:
        """Set attributes. A double underscore in a name stands for a dot."""

    def rename(self, name: str) -> None:
        """Change the name."""

    def fail(self, kind: str) -> None:
        """Mark it as failed with this kind of error."""


class Tracer(Protocol):
    """Records the spans of one service and exports them."""

    def span(
        self,
        name: str,
        kind: Kind,
        parent: str | None,
        attempt: Attempt | None,
        expected: tuple[type[Exception], ...],
        attributes: Mapping[str, Value],
    ) -> AbstractContextManager[Span]:
        """Record a span within this context, below `parent` or else below the current one."""

    def is_recording(self) -> bool:
        """Whether there is a current span."""

    def traceparent(self) -> str | None:
        """The context of the current span as a header; None if there is none."""

    def close(self) -> None:
        """Export what is left, for a few seconds at most, and stop. It blocks."""


class _NoSpan:
    """A span that is not recorded."""

    def set(self, **attributes: Value) -> None:
        pass

    def rename(self, name: str) -> None:
        pass

    def fail(self, kind: str) -> None:
        pass


NO_SPAN: Span = _NoSpan()
_tracer: ContextVar[Tracer | None] = ContextVar("tracer", default=None)


def trace_in(tracer: Tracer | None) -> None:
    """Record spans with this tracer from now on, in this context and in the tasks that it starts."""
    _tracer.set(tracer)


@contextmanager
def span(
    name: str,
    kind: Kind = Kind.INTERNAL,
    *,
    parent: str | None = None,
    attempt: Attempt | None = None,
    begins_trace: bool = False,
    expected: tuple[type[Exception], ...] = (),
    **attributes: Value,
) -> Iterator[Span]:
    """Record a span within this context, if the service that runs in it has a tracer.

    `parent` is the `traceparent` of a received message. Without a parent and a current span, only a span that
    `begins_trace` is recorded. A span of an `attempt` is linked with the attempt before it. An exception that leaves
    the context marks the span as failed with the name of its type, unless it is `expected`. In names of attributes,
    `__` stands for a dot.
    """
    tracer = _tracer.get()
    if tracer is None or not (begins_trace or tracer.is_recording()):
        yield NO_SPAN
        return
    with tracer.span(name, kind, parent, attempt, expected, attributes) as recorded:
        yield recorded


def traceparent() -> str | None:
    """The context of the current span, to send it with a message; None if there is none."""
    tracer = _tracer.get()
    return None if tracer is None else tracer.traceparent()


def trace_ids() -> tuple[str, str] | None:
    """The id of the current trace, and that of the current span, in hexadecimal; None if there is none."""
    header = traceparent()
    if header is None:
        return None
    _, trace_id, span_id, _ = header.split("-")
    return trace_id, span_id


def trace_id() -> str | None:
    """The id of the current trace in hexadecimal; None if there is none."""
    ids = trace_ids()
    return None if ids is None else ids[0]
