"""How a client paces itself: what a test needs to prove that it sends one request at a time."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

MOST_STARTS_KEPT = 20_000


class Traffic:
    """Counts the requests in flight and notes when each began."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._starts: deque[float] = deque(maxlen=MOST_STARTS_KEPT)
        self.in_flight = 0
        self.greatest_in_flight = 0

    def forget(self) -> None:
        """Start counting anew; requests under way stay in flight."""
        self._starts.clear()
        self.greatest_in_flight = self.in_flight

    @contextmanager
    def request(self) -> Iterator[None]:
        self._starts.append(self._clock())
        self.in_flight += 1
        self.greatest_in_flight = max(self.greatest_in_flight, self.in_flight)
        try:
            yield
        finally:
            self.in_flight -= 1

    @property
    def gaps_seconds(self) -> list[float]:
        """From the start of each request to the start of the next, oldest first."""
        return [later - earlier for earlier, later in pairwise(self._starts)]

    def report(self) -> dict[str, object]:
        gaps = self.gaps_seconds
        return {
            "requests": len(self._starts),
            "in_flight": self.in_flight,
            "greatest_in_flight": self.greatest_in_flight,
            "shortest_gap_seconds": min(gaps, default=None),
            "gaps_seconds": gaps,
        }
