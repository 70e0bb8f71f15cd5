"""The Python client calls the gateway, blocking and with asyncio."""

import asyncio
from contextlib import aclosing
from uuid import uuid4

import nats
import pytest
from gapless_client import ApiProblem, AsyncGapless, Gapless, Unreachable, every, every_async
from gapless_client.models import ApiKey, NewApiKey, Scope
from shared.contracts.library.books import BookVanished

from .conftest import ADMIN_KEY, READ_KEY, Gateway


async def test_a_list_is_fetched_page_by_page(gateway: Gateway) -> None:
    def names() -> tuple[set[str], int]:
        with Gapless(gateway.url, ADMIN_KEY) as gapless:
            for number in range(3):
                gapless.keys.make(NewApiKey(name=f"key {number}", scopes=[Scope.READ]))
            return {key.name for key in every(gapless.keys.list, limit=2)}, gapless.keys.list(limit=1).total

    found, total = await asyncio.to_thread(names)
    assert {"key 0", "key 1", "key 2"} <= found
    assert len(found) == total


async def test_the_asynchronous_client_fetches_the_same(gateway: Gateway) -> None:
    async with AsyncGapless(gateway.url, ADMIN_KEY) as gapless:
        found: list[ApiKey] = [key async for key in every_async(gapless.keys.list, limit=1)]
        assert len(found) == (await gapless.keys.list()).total > 1


async def test_a_refusal_says_what_to_do(gateway: Gateway) -> None:
    async with AsyncGapless(gateway.url, READ_KEY) as gapless:
        with pytest.raises(ApiProblem) as refused:
            await gapless.keys.list()
    assert refused.value.status == 403
    assert "scope" in refused.value.remedy


async def test_a_gateway_that_does_not_answer_is_unreachable() -> None:
    async with AsyncGapless("http://127.0.0.1:9", ADMIN_KEY) as gapless:
        with pytest.raises(Unreachable) as raised:
            await gapless.system.get_version()
    assert "http://127.0.0.1:9" in raised.value.remedy


async def test_a_repeated_request_with_the_same_idempotency_key_does_nothing_twice(gateway: Gateway) -> None:
    async with AsyncGapless(gateway.url, ADMIN_KEY) as gapless:
        body, idempotency_key = NewApiKey(name="once", scopes=[Scope.READ]), str(uuid4())
        first = await gapless.keys.make(body, idempotency_key=idempotency_key)
        assert (await gapless.keys.make(body, idempotency_key=idempotency_key)).id == first.id


async def test_events_are_received_as_they_happen(gateway: Gateway) -> None:
    connection = await nats.connect(gateway.nats_url)
    message = BookVanished(book_id=uuid4())
    async with AsyncGapless(gateway.url, ADMIN_KEY) as gapless, aclosing(gapless.events.listen(kinds="book")) as stream:
        received = asyncio.create_task(anext(stream))
        async with asyncio.timeout(60):
            while not received.done():
                await connection.jetstream().publish(message.subject, message.model_dump_json().encode())
                await asyncio.wait([received], timeout=0.2)
    event = received.result()
    assert (event.kind, event.data["name"]) == ("book", "book_vanished")
    assert event.id is not None
    await connection.close()
