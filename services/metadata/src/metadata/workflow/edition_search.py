"""Searches all providers for a book within a time limit."""

import asyncio
from collections.abc import Sequence

from metadata.domain.confidence import Judgement
from metadata.domain.failures import Failure
from metadata.domain.providers import EnabledProvider
from metadata.workflow.provider_lookup import Answers, ProviderLookup

MAX_UNFINISHED = 20
"""Lookups that continue after the time limit, so that their answers are cached for the next search."""


class EditionSearch:
    """Looks a book up at each provider on its own, so that a slow one delays no other."""

    def __init__(self, providers: Sequence[EnabledProvider], within_seconds: float) -> None:
        self._lookups = {each.provider.name: ProviderLookup([each]) for each in providers}
        self._within_seconds = within_seconds
        self._unfinished: set[asyncio.Task[Answers]] = set()

    async def search(self, judge: Judgement) -> Answers:
        """The entries of the providers that answer in time. The others are among the failures."""
        if not self._lookups:
            return Answers()
        tasks = {name: asyncio.create_task(each.look_up(judge)) for name, each in self._lookups.items()}
        try:
            await asyncio.wait(tasks.values(), timeout=self._within_seconds)
        finally:
            for each in tasks.values():
                self._leave(each)
        found = Answers()
        for name, task in tasks.items():
            if not task.done() or task.cancelled():
                found.failures[name] = Failure(f"no answer within {self._within_seconds:g} s")
                continue
            answers = task.result()
            found.entries += answers.entries
            found.answered += answers.answered
            found.failures |= answers.failures
        return found

    def _leave(self, task: asyncio.Task[Answers]) -> None:
        """Let a lookup continue, unless too many do."""
        if task.done():
            return
        if len(self._unfinished) >= MAX_UNFINISHED:
            task.cancel()
            return
        self._unfinished.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[Answers]) -> None:
        self._unfinished.discard(task)
        if not task.cancelled():
            task.exception()  # marks it as retrieved: the search that waited for it has ended

    async def aclose(self) -> None:
        """Cancel the lookups that continue."""
        for each in list(self._unfinished):
            each.cancel()
        await asyncio.gather(*self._unfinished, return_exceptions=True)
