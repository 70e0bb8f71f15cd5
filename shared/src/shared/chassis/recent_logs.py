"""Keeps the latest log records of this process in memory, so that they can be read over the API."""

import json
from collections import deque
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.contracts.logs import LogLevel, LogQuery, LogRecord

MAX_RECORDS = 2_000
MAX_BYTES = 2**20
"""The records take about this much memory at most."""
MAX_VALUE = 2_000
"""Longer values, such as the trace of an error, are cut."""
MAX_FIELDS = 30
_LEVELS = {"debug": LogLevel.DEBUG, "info": LogLevel.INFO, "warning": LogLevel.WARNING, "warn": LogLevel.WARNING}
_ABOUT_BOOK = ("title", "book", "book_id", "missing_book_id", "release")


@dataclass(frozen=True, slots=True)
class _Kept:
    at: datetime
    level: LogLevel
    event: str
    fields: str
    """The values as JSON text, which takes less memory than a dictionary."""

    @property
    def bytes(self) -> int:
        return len(self.event) + len(self.fields) + 100


class RecentLogs:
    """A limited number of records; a new one takes the place of the oldest."""

    def __init__(self, max_records: int = MAX_RECORDS, max_bytes: int = MAX_BYTES) -> None:
        self._kept: deque[_Kept] = deque()
        self._bytes = 0
        self._max_records = max_records
        self._max_bytes = max_bytes

    def add(self, event: Mapping[str, Any]) -> None:
        """Keep a redacted event of structlog."""
        values = {key: value for key, value in event.items() if not key.startswith("_")}
        level = _LEVELS.get(str(values.pop("level", "")).lower(), LogLevel.ERROR)
        at = _moment(values.pop("timestamp", None))
        words = str(values.pop("event", ""))[:MAX_VALUE]
        fields = {key[:100]: _text(value) for key, value in list(values.items())[:MAX_FIELDS]}
        kept = _Kept(at, level, words, json.dumps(fields, ensure_ascii=False))
        self._kept.append(kept)
        self._bytes += kept.bytes
        while self._kept and (len(self._kept) > self._max_records or self._bytes > self._max_bytes):
            self._bytes -= self._kept.popleft().bytes

    def list(self, service: str, query: LogQuery) -> list[LogRecord]:
        """The records that match, newest first."""
        found: list[LogRecord] = []
        for kept in self._matching(query):
            found.append(
                LogRecord(
                    at=kept.at, service=service, level=kept.level, event=kept.event, fields=json.loads(kept.fields)
                )
            )
            if len(found) == query.limit:
                break
        return found

    def _matching(self, query: LogQuery) -> Iterator[_Kept]:
        text = query.text.casefold() if query.text else ""
        for kept in reversed(self._kept):
            if kept.level.rank < query.level.rank or (query.before is not None and kept.at >= query.before):
                continue
            if text and text not in f"{kept.event} {kept.fields}".casefold():
                continue
            if (query.request_id or query.book) and not _is_about(json.loads(kept.fields), query):
                continue
            yield kept


def _is_about(fields: Mapping[str, str], query: LogQuery) -> bool:
    if query.request_id and fields.get("request_id") != query.request_id:
        return False
    wanted = (query.book or "").casefold()
    return not wanted or any(wanted in fields.get(name, "").casefold() for name in _ABOUT_BOOK)


def _moment(timestamp: object) -> datetime:
    try:
        return datetime.fromisoformat(str(timestamp))
    except ValueError:
        return datetime.now(UTC)


def _text(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


RECENT = RecentLogs()
"""The records of this process."""


def keep(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that keeps each event. It comes after the one that redacts secrets."""
    RECENT.add(event)
    return event
