"""Increasing pauses and delays."""

from collections.abc import Hashable
from dataclasses import dataclass

from shared.chassis.errors import RemoteError, RemoteThrottled, TryAgainLater


@dataclass(frozen=True, slots=True)
class Backoff:
    """The delays after consecutive failures, in seconds. After the last one, the delay stays the same."""

    delays_seconds: tuple[float, ...]

    @classmethod
    def doubling(cls, first_seconds: float, max_seconds: float) -> "Backoff":
        """Delays that double from the first one up to the longest one."""
        delays = [first_seconds]
        while delays[-1] < max_seconds:
            delays.append(min(delays[-1] * 2, max_seconds))
        return cls(tuple(delays))

    def after(self, failures: int) -> float:
        """The delay in seconds after this number of consecutive failures, which is at least 1."""
        return self.delays_seconds[min(max(failures, 1), len(self.delays_seconds)) - 1]


REMOTE_BACKOFF = Backoff((2.0, 5.0, 15.0, 60.0, 300.0))
"""The delays while an outside system is unavailable."""


class FailureCounter:
    """Counts the consecutive failures of each key since the process started."""

    def __init__(self, backoff: Backoff = REMOTE_BACKOFF) -> None:
        self._backoff = backoff
        self._failures: dict[Hashable, int] = {}

    def failures(self, key: Hashable) -> int:
        """How often the key has failed since its last success."""
        return self._failures.get(key, 0)

    def retry_later(self, key: Hashable, error: RemoteError) -> TryAgainLater:
        """Count a failure and return the exception to raise, with the delay before the next attempt.

        The delay is at least what a rate-limited system asks for.
        """
        self._failures[key] = self.failures(key) + 1
        delay = self._backoff.after(self._failures[key])
        if isinstance(error, RemoteThrottled):
            delay = max(delay, error.retry_after_seconds)
        return TryAgainLater(delay, str(error))

    def reset(self, key: Hashable) -> None:
        """Clear the failures of a key after a success."""
        self._failures.pop(key, None)
