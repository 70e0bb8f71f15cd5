"""Background tasks keep running."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from shared.chassis.service import Service
from shared.testing.tiny import Tiny
from shared.testing.waiting import until

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]


async def test_a_background_task_that_fails_is_restarted(run: Run) -> None:
    started: list[int] = []
    tiny = Tiny()

    class Watched(Tiny):
        def build(self, settings: Any, service: Service) -> Any:
            service.background.append(background)
            return super().build(settings, service)

    async def background() -> None:
        started.append(1)
        if len(started) < 2:
            raise RuntimeError("the first attempt fails")

    async with run(Watched(**dict(tiny))):
        await until(lambda: len(started) == 2)
