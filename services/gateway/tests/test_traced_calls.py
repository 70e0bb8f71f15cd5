"""Each call of the API is a trace, whose id is in its problem."""

from collections.abc import Iterator

import httpx
import pytest
from harness.recorder import Recorder, recorder
from shared.testing.waiting import until

from .conftest import ADMIN_KEY, Gateway

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def collector() -> Iterator[Recorder]:
    with recorder() as recorded:
        yield recorded


@pytest.fixture
def more_settings(collector: Recorder) -> dict[str, str]:
    return {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address}


async def test_a_call_is_a_span_with_its_route_and_its_problem_has_the_id_of_the_trace(
    gateway: Gateway, collector: Recorder
) -> None:
    headers = {"X-Api-Key": ADMIN_KEY, "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    async with httpx.AsyncClient(base_url=gateway.url, headers=headers, timeout=60) as client:
        problem = await client.get("/api/books/not-an-id?key=opensesame")
        without = await client.get("/ping")
    assert problem.json()["trace_id"] == TRACE
    assert without.text == "pong"

    await until(lambda: [each for each in collector.spans() if each.kind == each.SPAN_KIND_SERVER])
    (span,) = [each for each in collector.spans() if each.kind == each.SPAN_KIND_SERVER]
    attributes = {each.key: each.value for each in span.attributes}
    assert (span.name, span.trace_id.hex()) == ("GET /api/books/{book_id}", TRACE)
    assert attributes["http.response.status_code"].int_value == 422
    exported = b"".join(each.body for each in collector.received)
    assert b"opensesame" not in exported
    assert ADMIN_KEY.encode() not in exported
