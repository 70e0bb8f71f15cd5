"""A service handles a limited number of requests concurrently, queues some more, and refuses the rest immediately."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from prometheus_client import generate_latest
from shared.chassis import admission
from shared.chassis.admission import Admission
from shared.chassis.errors import Busy, OtherRefusal
from shared.chassis.service import Service
from shared.testing.tiny import CountBooks, Tiny

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]


class Counter:
    """A handler that counts its concurrent calls and waits for `release`."""

    def __init__(self) -> None:
        self.running = 0
        self.max_running = 0
        self.release = asyncio.Event()

    async def __call__(self, _request: CountBooks) -> int:
        self.running += 1
        self.max_running = max(self.max_running, self.running)
        await self.release.wait()
        self.running -= 1
        return 1


async def test_requests_beyond_the_queue_are_refused_immediately_and_the_others_are_answered(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CountBooks, "timeout_seconds", 60.0)  # on a busy machine, the queued requests wait for long
    counter, sent = Counter(), admission.MAX_CONCURRENT + admission.MAX_QUEUED + 50
    async with run(Tiny(count=counter)) as service:
        requests = {asyncio.create_task(service.bus.ask(CountBooks(shelf="Oz"))) for _ in range(sent)}
        refused: list[BaseException | None] = []
        while len(refused) < 50:
            done, requests = await asyncio.wait(requests, return_when=asyncio.FIRST_COMPLETED)
            refused += [each.exception() for each in done]
        for busy in refused:
            assert isinstance(busy, Busy)
            assert (busy.problem().status, busy.problem().retry_after_seconds) == (503, 2)
        counter.release.set()
        assert await asyncio.gather(*requests) == [1] * (sent - 50)
        assert counter.max_running == admission.MAX_CONCURRENT
        assert await service.bus.ask(CountBooks(shelf="Oz")) == 1


async def test_the_metrics_do_not_grow_with_requests_answered_or_failed(run: Run) -> None:
    async def count(request: CountBooks) -> int:
        return {"Oz": 1}[request.shelf]

    async with run(Tiny(count=count)) as service:

        async def ask_both() -> None:
            await service.bus.ask(CountBooks(shelf="Oz"))
            with pytest.raises(OtherRefusal):
                await service.bus.ask(CountBooks(shelf="broken"))

        await ask_both()
        before = len(generate_latest(service.registry).splitlines())
        await asyncio.gather(*(ask_both() for _ in range(20)))
        assert len(generate_latest(service.registry).splitlines()) == before


async def test_a_slow_kind_of_request_does_not_block_another() -> None:
    admission_of_one = Admission("downloader", max_concurrent=1, max_queued=1)
    async with (
        admission_of_one.admitted("rpc.downloads.search", 5.0),
        asyncio.timeout(60),
        admission_of_one.admitted("rpc.downloads.list", 5.0),
    ):
        pass


async def test_a_request_that_is_cancelled_in_the_queue_frees_its_place() -> None:
    admission_of_one = Admission("downloader", max_concurrent=1, max_queued=1)

    async def wait() -> None:
        async with admission_of_one.admitted("rpc.downloads.list", 5.0):
            pass

    async with admission_of_one.admitted("rpc.downloads.list", 5.0):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        again = asyncio.create_task(wait())
        await asyncio.sleep(0)
    await again


async def test_a_request_that_is_queued_too_long_is_refused() -> None:
    admission_of_one = Admission("downloader", max_concurrent=1, max_queued=1)
    async with admission_of_one.admitted("rpc.downloads.list", 5.0):
        for _ in range(2):  # the first frees its place in the queue for the second
            with pytest.raises(Busy, match="was not handled in time"):
                async with admission_of_one.admitted("rpc.downloads.list", 0.05):
                    pass
    async with admission_of_one.admitted("rpc.downloads.list", 5.0):
        pass
