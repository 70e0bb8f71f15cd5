"""The tracer that exports spans to an OpenTelemetry collector, by OTLP over HTTP.

It is imported only if an address is set. Spans are exported by a thread. While the collector is unavailable, they are
dropped: the service goes on as without traces.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from uuid import uuid4

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from shared.chassis.logging import logger, redact
from shared.chassis.traces import Attempt, Kind, Span, Value

EXPORT_SECONDS = 3.0
"""Time-out of one export. The stop of a service waits for two at most."""
EXPORT_EVERY_MILLISECONDS = 2_000
PAUSE_SECONDS = 30.0
"""How long nothing is exported after an export failed."""
MAX_QUEUED = 4_096
"""Spans that wait for their export. Each takes about 2 KiB."""
_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
_KINDS = {
    Kind.INTERNAL: SpanKind.INTERNAL,
    Kind.SERVER: SpanKind.SERVER,
    Kind.CLIENT: SpanKind.CLIENT,
    Kind.CONSUMER: SpanKind.CONSUMER,
}
_next_id: ContextVar[int | None] = ContextVar("next_span_id", default=None)


class OtelTracer:
    """Records the spans of one service."""

    def __init__(self, service: str, version: str, exporter: SpanExporter) -> None:
        resource = {"service.name": service, "service.version": version, "service.instance.id": uuid4().hex}
        self._provider = TracerProvider(resource=Resource.create(resource), id_generator=_Ids(), shutdown_on_exit=False)
        self._provider.add_span_processor(
            BatchSpanProcessor(exporter, max_queue_size=MAX_QUEUED, schedule_delay_millis=EXPORT_EVERY_MILLISECONDS)
        )
        self._tracer = self._provider.get_tracer("gapless")

    @contextmanager
    def span(
        self,
        name: str,
        kind: Kind,
        parent: str | None,
        attempt: Attempt | None,
        expected: tuple[type[Exception], ...],
        attributes: Mapping[str, Value],
    ) -> Iterator[Span]:
        """Record a span within this context, below `parent` or else below the current one."""
        parent_context = _context_of(parent)
        links = []
        if attempt is not None and parent_context is not None:
            _next_id.set(_span_id(parent_context.trace_id, attempt))
            if attempt.number > 1:
                links.append(Link(_context_of_attempt(parent_context, Attempt(attempt.key, attempt.number - 1))))
        context = None if parent_context is None else trace.set_span_in_context(NonRecordingSpan(parent_context))
        started = self._tracer.start_span(
            name, context, _KINDS[kind], links=links, attributes=_safe(attributes), record_exception=False
        )
        recorded = _Recorded(started)
        with trace.use_span(started, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield recorded
            except expected:
                raise
            except Exception as error:
                recorded.fail(type(error).__name__)
                raise

    def is_recording(self) -> bool:
        """Whether there is a current span."""
        return trace.get_current_span().get_span_context().is_valid

    def traceparent(self) -> str | None:
        """The context of the current span as a header; None if there is none."""
        context = trace.get_current_span().get_span_context()
        if not context.is_valid:
            return None
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"

    def close(self) -> None:
        """Export what is left, for a few seconds at most, and stop. It blocks."""
        self._provider.shutdown()


def otlp_tracer(service: str, version: str, endpoint: str, headers: str = "") -> OtelTracer:
    """A tracer that exports to a collector. `headers` are `name=value`, separated by commas, as OpenTelemetry has them.

    `endpoint` is the base address of the collector. Nothing is sent yet.
    """
    # Its own log lines come with every failed export, and name the address.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    parts = (each.partition("=") for each in headers.split(",") if "=" in each)
    return OtelTracer(
        f"gapless-{service}",
        version,
        PausingExporter(
            OTLPSpanExporter(
                endpoint=f"{endpoint.rstrip('/')}/v1/traces",
                headers={name.strip(): value.strip() for name, _, value in parts},
                timeout=EXPORT_SECONDS,
                compression=Compression.Gzip,
            ),
            service,
        ),
    )


class PausingExporter(SpanExporter):
    """Drops spans for `PAUSE_SECONDS` after an export failed, so that an unavailable collector costs nothing.

    It logs once that the collector is unavailable, and once that it is available again.
    """

    def __init__(self, exporter: SpanExporter, service: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._exporter = exporter
        self._monotonic = monotonic
        self._failed_at: float | None = None
        self._log = logger(service=service)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export spans, or drop them. Never raises."""
        if self._failed_at is not None and self._monotonic() - self._failed_at < PAUSE_SECONDS:
            return SpanExportResult.FAILURE
        try:
            result = self._exporter.export(spans)
        except Exception:  # noqa: BLE001 - a failed export must not end the thread
            result = SpanExportResult.FAILURE
        if result is SpanExportResult.SUCCESS:
            if self._failed_at is not None:
                self._log.info("traces_exported_again")
            self._failed_at = None
        else:
            if self._failed_at is None:
                self._log.warning("traces_not_exported", because="OTEL_EXPORTER_OTLP_ENDPOINT does not accept them")
            self._failed_at = self._monotonic()
        return result

    def shutdown(self) -> None:
        """Stop, also a retry in progress."""
        self._exporter.shutdown()


class _Recorded:
    """A span of OpenTelemetry."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def set(self, **attributes: Value) -> None:
        self._span.set_attributes(_safe(attributes))

    def rename(self, name: str) -> None:
        self._span.update_name(redact(name))

    def fail(self, kind: str) -> None:
        self._span.set_attribute("error.type", kind)
        self._span.set_status(Status(StatusCode.ERROR))


class _Ids(RandomIdGenerator):
    """Random ids; the span of an attempt has one that the attempt after it can compute, on any replica."""

    def generate_span_id(self) -> int:
        wanted = _next_id.get()
        _next_id.set(None)
        return super().generate_span_id() if wanted is None else wanted


def _span_id(trace_id: int, attempt: Attempt) -> int:
    text = f"{trace_id:032x} {attempt.key} {attempt.number}"
    return int.from_bytes(sha256(text.encode()).digest()[:8]) or 1


def _context_of_attempt(parent: SpanContext, attempt: Attempt) -> SpanContext:
    return SpanContext(
        parent.trace_id, _span_id(parent.trace_id, attempt), is_remote=True, trace_flags=parent.trace_flags
    )


def _context_of(traceparent: str | None) -> SpanContext | None:
    found = _TRACEPARENT.fullmatch(traceparent or "")
    if found is None:
        return None
    return SpanContext(int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=TraceFlags(int(found[3], 16)))


def _safe(attributes: Mapping[str, Value]) -> dict[str, Value]:
    """The attributes with dots in their names, and without what looks like a credential."""
    return {
        name.replace("__", "."): redact(value) if isinstance(value, str) else value
        for name, value in attributes.items()
    }
