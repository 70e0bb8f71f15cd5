"""Increasing delays while an outside system is unavailable."""

from shared.chassis.errors import RemoteError, RemoteThrottled, TryAgainLater

_DELAYS_SECONDS = (2.0, 5.0, 15.0, 60.0, 300.0)


class Backoff:
    """Counts the consecutive failures of each key since the process started."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}

    def failures(self, key: str) -> int:
        """Return how often the key has failed since its last success."""
        return self._failures.get(key, 0)

    def retry_later(self, key: str, error: RemoteError) -> TryAgainLater:
        """Count a failure and return the exception to raise, with the delay in seconds before the next attempt.

        The delay is at least what a rate-limited system asks for.
        """
        failures = self.failures(key)
        self._failures[key] = failures + 1
        delay = _DELAYS_SECONDS[min(failures, len(_DELAYS_SECONDS) - 1)]
        if isinstance(error, RemoteThrottled):
            delay = max(delay, error.retry_after_seconds)
        return TryAgainLater(delay, str(error))

    def reset(self, key: str) -> None:
        """Clear the failures of a key after a success."""
        self._failures.pop(key, None)
