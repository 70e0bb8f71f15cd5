"""Traces of a service: requests, messages and their retries, transactions, outside requests, and log records."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
import structlog
from harness.recorder import Recorder, recorder
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from shared.chassis.bus import Bus
from shared.chassis.database import Database, Transaction, Transactions
from shared.chassis.errors import RemoteError
from shared.chassis.http import Remote
from shared.chassis.logging import add_trace_ids
from shared.chassis.otel_tracer import PAUSE_SECONDS, OtelTracer, PausingExporter, otlp_tracer
from shared.chassis.traces import span, trace_id, trace_in, traceparent
from shared.testing.tiny import CountBooks, Shelf, Shelve, Shelved, Tiny

from .conftest import Run

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def collector() -> Iterator[Recorder]:
    with recorder() as recorded:
        yield recorded


@pytest.fixture
def tracer(collector: Recorder) -> Iterator[OtelTracer]:
    """Records the spans of the test itself, as those of a second service."""
    tracer = otlp_tracer("test", "1", collector.address, "x-key=opensesame")
    yield tracer
    tracer.close()


def endpoint(collector: Recorder) -> dict[str, str]:
    return {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address}


async def exported(tracer: OtelTracer, collector: Recorder) -> dict[str, Span]:
    """The spans by their names, after the tracer of the test has exported its own."""
    await asyncio.to_thread(tracer.close)
    return {each.name: each for each in collector.spans()}


async def test_a_request_a_message_a_transaction_and_an_outside_request_are_one_trace(
    run: Run, collector: Recorder, tracer: OtelTracer, transaction: Transactions[Transaction]
) -> None:
    handled = asyncio.Event()
    remote = Remote("Audible", "http://audible", transport=httpx.MockTransport(lambda _: httpx.Response(200)))

    async def count(_request: CountBooks) -> int:
        async with transaction() as tx:
            tx.send(Shelve(book="Rinkitink in Oz"))
        return 1

    async def shelve(_command: Shelve) -> None:
        async with transaction() as tx:
            tx.announce(Shelved(book="Rinkitink in Oz"))

    async def shelved(_event: Shelved) -> None:
        await remote.request("GET", "/catalog/products/B002V0QUOC", params={"key": "opensesame"})
        handled.set()

    async with run(Tiny(count=count, shelve=shelve, shelved=shelved), **endpoint(collector)) as service:
        trace_in(tracer)
        with span("the test", begins_trace=True):
            expected = trace_id()
            await Bus(service.broker).ask(CountBooks(shelf="oz"))
        await asyncio.wait_for(handled.wait(), 60)
    spans = await exported(tracer, collector)
    await remote.aclose()

    assert {each.trace_id.hex() for each in collector.spans()} == {expected}
    path = ["GET Audible", "handle evt.library.shelved", "transaction", "handle cmd.library.shelve"]
    path = [*path, "transaction", "answer rpc.library.count_books", "request rpc.library.count_books", "the test"]
    by_id = {each.span_id: each for each in collector.spans()}
    walked: list[str] = []
    current: Span | None = spans["GET Audible"]
    while current is not None:
        walked.append(current.name)
        current = by_id.get(current.parent_span_id)
    assert walked == path
    assert b"opensesame" not in b"".join(each.body for each in collector.received)
    assert {each.headers.get("x-key") for each in collector.received} == {"opensesame", None}
    assert b"B002V0QUOC" not in b"".join(each.body for each in collector.received)


async def test_a_retry_is_linked_with_the_attempt_before_it(
    run: Run, collector: Recorder, tracer: OtelTracer, transaction: Transactions[Transaction]
) -> None:
    shelve = Shelf(RuntimeError("the password is opensesame"), RuntimeError())
    done = asyncio.Event()

    async def attempt(command: Shelve) -> None:
        await shelve(command)
        done.set()

    async with run(Tiny(shelve=attempt), **endpoint(collector)):
        trace_in(tracer)
        with span("the test", begins_trace=True):
            async with transaction() as tx:
                tx.send(Shelve(book="Glinda of Oz"))
        await asyncio.wait_for(done.wait(), 60)
    await exported(tracer, collector)

    attempts = [each for each in collector.spans() if each.name == "handle cmd.library.shelve"]
    attempts.sort(key=lambda each: each.start_time_unix_nano)
    assert len({each.trace_id for each in attempts}) == 1
    assert len({each.parent_span_id for each in attempts}) == 1
    assert [[link.span_id for link in each.links] for each in attempts] == [
        [], [attempts[0].span_id], [attempts[1].span_id],
    ]  # fmt: skip
    failed = Status.STATUS_CODE_ERROR
    assert [each.status.code == failed for each in attempts] == [True, True, False]
    assert b"opensesame" not in b"".join(each.body for each in collector.received)


async def test_without_an_address_messages_carry_no_trace(run: Run, transaction: Transactions[Transaction]) -> None:
    seen: list[str | None] = []
    done = asyncio.Event()

    async def shelve(_command: Shelve) -> None:
        with span("work", begins_trace=True):
            seen.append(traceparent())
        done.set()

    async with run(Tiny(shelve=shelve)):
        async with transaction() as tx:
            tx.send(Shelve(book="Glinda of Oz"))
        await asyncio.wait_for(done.wait(), 60)
    assert seen == [None]


async def test_the_trace_of_a_caller_is_continued_and_a_malformed_one_is_not(tracer: OtelTracer) -> None:
    trace_in(tracer)
    ids = []
    for parent in (CALLER, "00-" + "0" * 32 + "-b7ad6b7169203331-01", "anything", "x" * 10_000):
        with span("call", parent=parent, begins_trace=True):
            ids.append(trace_id())
    assert ids[0] == "0af7651916cd43dd8448eb211c80319c"
    assert len(set(ids)) == 4


async def test_log_records_have_the_ids_of_the_trace(tracer: OtelTracer) -> None:
    trace_in(tracer)
    with span("call", parent=CALLER, begins_trace=True):
        record = add_trace_ids(None, "info", {"event": "book_shelved"})
    assert record["trace_id"] == "0af7651916cd43dd8448eb211c80319c"
    assert len(record["span_id"]) == 16
    assert add_trace_ids(None, "info", {"event": "book_shelved"}) == {"event": "book_shelved"}


async def test_what_runs_outside_of_a_call_or_message_is_not_recorded(
    tracer: OtelTracer, collector: Recorder, database: Database
) -> None:
    trace_in(tracer)
    async with database.transactions(Transaction)():
        assert traceparent() is None
    assert await exported(tracer, collector) == {}


async def test_a_failed_outside_request_names_only_the_kind_of_its_error(
    tracer: OtelTracer, collector: Recorder
) -> None:
    trace_in(tracer)
    answer = httpx.Response(403, text="token=opensesame")
    remote = Remote("Audible", "http://audible", transport=httpx.MockTransport(lambda _: answer))
    with span("call", begins_trace=True), pytest.raises(RemoteError):
        await remote.request("GET", "/catalog")
    await remote.aclose()
    spans = await exported(tracer, collector)
    attributes = {each.key: each.value for each in spans["GET Audible"].attributes}
    assert attributes["error.type"].string_value == "RemoteRefusedUs"
    assert attributes["http.response.status_code"].int_value == 403
    assert b"opensesame" not in b"".join(each.body for each in collector.received)


class Collector(SpanExporter):
    """A collector that answers as it is told, and counts the exports."""

    result, exports = SpanExportResult.FAILURE, 0

    def export(self, spans: object) -> SpanExportResult:
        self.exports += 1
        return self.result


def test_an_unavailable_collector_is_left_alone_for_a_while_and_logged_once() -> None:
    collector, now = Collector(), [0.0]
    exporter = PausingExporter(collector, "test", monotonic=lambda: now[0])
    with structlog.testing.capture_logs() as lines:
        for seconds in (0.0, 1.0, PAUSE_SECONDS - 1, PAUSE_SECONDS, PAUSE_SECONDS + 1):
            now[0] = seconds
            exporter.export([])
        assert collector.exports == 2
        collector.result, now[0] = SpanExportResult.SUCCESS, 3 * PAUSE_SECONDS
        exporter.export([])
        exporter.export([])
    assert collector.exports == 4
    assert [each["event"] for each in lines] == ["traces_not_exported", "traces_exported_again"]


async def test_a_service_runs_without_its_collector(run: Run) -> None:
    async def count(_request: CountBooks) -> int:
        return 7

    nobody = "http://127.0.0.1:9"
    async with run(Tiny(count=count), OTEL_EXPORTER_OTLP_ENDPOINT=nobody) as service:
        assert await Bus(service.broker).ask(CountBooks(shelf="oz")) == 7
