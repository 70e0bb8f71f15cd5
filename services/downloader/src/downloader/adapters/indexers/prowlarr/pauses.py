"""The indexers that are not asked for a while, because they did not answer in time or asked us to wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from downloader.adapters.indexers.prowlarr.indexer_list import LeftOut, SearchedIndexer

SLOW_PAUSE_SECONDS = 600.0
"""How long an indexer that did not answer in time is left out: every query of every book would wait for it."""


@dataclass(frozen=True, slots=True)
class _Pause:
    until: float
    why: str


class Pauses:
    """The paused indexers of one Prowlarr, in memory. `now` is a monotonic clock in seconds."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._pauses: dict[int, _Pause] = {}

    def pause(self, indexer: SearchedIndexer, why: str, seconds: float) -> None:
        """Leave an indexer out for so many seconds."""
        self._pauses[indexer.id] = _Pause(self._now() + seconds, why)

    def divide(self, indexers: Iterable[SearchedIndexer]) -> tuple[list[SearchedIndexer], list[LeftOut]]:
        """The indexers that may be asked now, and the paused ones."""
        may_be_asked: list[SearchedIndexer] = []
        paused: list[LeftOut] = []
        for each in indexers:
            pause = self._pauses.get(each.id)
            if pause is None or pause.until <= self._now():
                self._pauses.pop(each.id, None)
                may_be_asked.append(each)
            else:
                minutes = max(1, round((pause.until - self._now()) / 60))
                remedy = f"it is asked again in {minutes} min; test it in Prowlarr under Indexers"
                paused.append(LeftOut(each.id, each.name, pause.why, remedy, failed=True))
        return may_be_asked, paused
