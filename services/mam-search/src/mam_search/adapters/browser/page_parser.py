"""Parses pages in a thread, and stores a page that can no longer be read."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from shared.chassis.clock import Clock
from shared.chassis.logging import logger

from mam_search.domain.page_ports import UnreadablePages
from mam_search.domain.refusals import PageChanged

P = ParamSpec("P")
T = TypeVar("T")


class PageParser:
    """What reads pages parses them with this, so that each page whose selectors fail is stored for a report."""

    def __init__(self, unreadable: UnreadablePages, clock: Clock) -> None:
        self._unreadable = unreadable
        self._clock = clock

    async def parse(self, parse: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `parse` returns. Raises what it raises; a page of `PageChanged` is stored first."""
        try:
            return await asyncio.to_thread(parse, *args, **kwargs)
        except PageChanged as changed:
            logger().error("page_changed", path=changed.path, selector=changed.selector)
            await self._unreadable.store(changed, self._clock.now())
            raise
