"""Rising delays while an outside system is away."""

from shared.chassis.errors import RemoteError, RemoteThrottled, TryAgainLater

_DELAYS_SECONDS = (2.0, 5.0, 15.0, 60.0, 300.0)


class Patience:
    """Counts, for each thing tried, how often it was in vain since this process began."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def times(self, what: str) -> int:
        """How often it was in vain."""
        return self._times.get(what, 0)

    def later(self, what: str, error: RemoteError) -> TryAgainLater:
        """What to raise: the next delay, or as long as the other side asked for."""
        times = self.times(what)
        self._times[what] = times + 1
        delay = _DELAYS_SECONDS[min(times, len(_DELAYS_SECONDS) - 1)]
        if isinstance(error, RemoteThrottled):
            delay = max(delay, error.retry_after_seconds)
        return TryAgainLater(delay, str(error))

    def forget(self, what: str) -> None:
        """It worked."""
        self._times.pop(what, None)
