"""Measures the pace of a client, so that a test can check that it sends one request at a time."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

MAX_STARTS = 20_000


class Traffic:
    """Counts the requests in flight and records their start times."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._starts: deque[float] = deque(maxlen=MAX_STARTS)
        self.in_flight = 0
        self.greatest_in_flight = 0

    def reset(self) -> None:
        """Reset the figures. Current requests still count as in flight."""
        self._starts.clear()
        self.greatest_in_flight = self.in_flight

    @contextmanager
    def request(self) -> Iterator[None]:
        """Count one request while the context is open."""
        self._starts.append(self._clock())
        self.in_flight += 1
        self.greatest_in_flight = max(self.greatest_in_flight, self.in_flight)
        try:
            yield
        finally:
            self.in_flight -= 1

    @property
    def gaps_seconds(self) -> list[float]:
        """The seconds from the start of each request to the start of the next, oldest first."""
        return [later - earlier for earlier, later in pairwise(self._starts)]

    def report(self) -> dict[str, object]:
        """All figures, as `/_sandbox/traffic` returns them."""
        gaps = self.gaps_seconds
        return {
            "requests": len(self._starts),
            "in_flight": self.in_flight,
            "greatest_in_flight": self.greatest_in_flight,
            "shortest_gap_seconds": min(gaps, default=None),
            "gaps_seconds": gaps,
        }
