"""Sends errors that are logged to a Sentry-compatible address, without secrets.

An error is sent as it is in the log, after the processor that redacts secrets: no local variables, no source lines, no
request and no breadcrumbs, in which secrets could be. A thread sends it; errors are dropped while the address is
unavailable.
"""

import logging
import time
from collections.abc import Mapping, MutableMapping
from importlib.metadata import version
from typing import Any, Literal

CLOSE_SECONDS = 2.0
SAME_ERROR_SECONDS = 60.0
"""An error that is logged again and again is sent once in this time."""
MAX_REMEMBERED = 1_000
_LEVELS: Mapping[str, Literal["error", "fatal"]] = {"error": "error", "critical": "fatal"}
_SHOWN = ("event", "level", "timestamp")


class ErrorReports:
    """The client of one process. It imports the Sentry SDK, which takes memory in each process."""

    def __init__(self, dsn: str, service: str) -> None:
        """Raises `ValueError` if the address is malformed."""
        import sentry_sdk  # noqa: PLC0415 - only if it is used
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415

        try:
            self._client = sentry_sdk.Client(
                dsn=dsn,
                release=f"gapless@{version('gapless-shared')}",
                default_integrations=False,
                auto_enabling_integrations=False,
                auto_session_tracking=False,
                send_client_reports=False,
                include_local_variables=False,
                include_source_context=False,
                max_breadcrumbs=0,
                shutdown_timeout=CLOSE_SECONDS,
            )
        except BadDsn:
            raise ValueError("it is malformed. Example: https://key@sentry.example.net/1") from None
        self._service = service
        self._sent_at: dict[str, float] = {}
        logging.getLogger("sentry_sdk").setLevel(logging.CRITICAL)  # its own errors would be sent too

    def send(self, event: Mapping[str, Any]) -> None:
        """Send a redacted event of structlog if it is an error. Never waits."""
        level = _LEVELS.get(str(event.get("level")))
        if level is None:
            return
        words = str(event.get("event", ""))
        values = {name: value for name, value in event.items() if not name.startswith("_") and name not in _SHOWN}
        if self._was_sent_just_now(f"{words} {values.get('error', '')}"):
            return
        service = str(event.get("service", self._service))
        trace_id = event.get("trace_id")
        self._client.capture_event(
            {
                "level": level,
                "logger": "gapless",
                "logentry": {"message": words},
                "tags": {"service": service, **({"trace_id": str(trace_id)} if trace_id else {})},
                "extra": values,
                "fingerprint": [service, words, str(values.get("error", "")).partition(":")[0]],
            }
        )

    def close(self) -> None:
        """Send what is left, for `CLOSE_SECONDS` at most. It blocks."""
        self._client.close(timeout=CLOSE_SECONDS)

    def _was_sent_just_now(self, key: str) -> bool:
        now = time.monotonic()
        if now - self._sent_at.get(key, -SAME_ERROR_SECONDS) < SAME_ERROR_SECONDS:
            return True
        if len(self._sent_at) >= MAX_REMEMBERED:
            self._sent_at.clear()
        self._sent_at[key] = now
        return False


_reports: ErrorReports | None = None


def report_to(reports: ErrorReports | None) -> None:
    """Send the errors of this process there from now on; None: nowhere."""
    global _reports  # noqa: PLW0603 - a process has one log
    _reports = reports


def report(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that sends errors. It comes after the one that redacts secrets."""
    if _reports is not None:
        _reports.send(event)
    return event
