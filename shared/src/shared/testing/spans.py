"""Records the spans of a test in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.chassis.otel_tracer import OtelTracer
from shared.chassis.traces import trace_in


@contextmanager
def recorded_spans() -> Iterator[list[ReadableSpan]]:
    """Record what the code of the test does within this context. The list is filled at its end."""
    exporter = InMemorySpanExporter()
    tracer = OtelTracer("test", "1", exporter)
    trace_in(tracer)
    spans: list[ReadableSpan] = []
    try:
        yield spans
    finally:
        trace_in(None)
        tracer.close()
        spans += exporter.get_finished_spans()
