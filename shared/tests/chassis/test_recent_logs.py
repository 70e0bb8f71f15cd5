"""The latest log records of a process."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from shared.chassis import recent_logs
from shared.chassis.logging import configure, logger
from shared.chassis.recent_logs import RecentLogs
from shared.contracts.logs import LogLevel, LogQuery

NOON = "2026-03-01T12:00:00+00:00"


def event(words: str, **values: object) -> dict[str, object]:
    return {"event": words, "level": "info", "timestamp": NOON} | values


def events_of(logs: RecentLogs, **query: object) -> list[str]:
    return [each.event for each in logs.list("downloader", LogQuery.model_validate(query))]


@pytest.fixture
def recent(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecentLogs]:
    """The records of this process while it logs as a service does."""
    logs = RecentLogs()
    monkeypatch.setattr(recent_logs, "RECENT", logs)
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    configure("INFO", "json")
    yield logs
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_records_of_services_and_of_libraries_are_kept_without_secrets(recent: RecentLogs) -> None:
    logger().warning("session_refused", mam_id="very-secret-value", title="The Marvelous Land of Oz")
    logging.getLogger("some.library").error("cannot connect to http://user:very-secret-value@host/")
    logger().debug("not_shown")

    records = recent.list("downloader", LogQuery())

    assert [(each.level, each.service) for each in records] == [
        (LogLevel.ERROR, "downloader"),
        (LogLevel.WARNING, "downloader"),
    ]
    assert records[1].fields["title"] == "The Marvelous Land of Oz"
    assert "very-secret-value" not in str(records)


def test_the_oldest_records_give_way_to_new_ones() -> None:
    logs = RecentLogs(max_records=3)
    for number in range(5):
        logs.add(event(f"event_{number}"))
    assert events_of(logs) == ["event_4", "event_3", "event_2"]


def test_large_records_take_a_limited_amount_of_memory() -> None:
    logs = RecentLogs(max_bytes=10_000)
    for number in range(50):
        logs.add(event(f"event_{number}", trace="x" * 100_000))
    assert 1 <= len(events_of(logs)) <= 5
    assert all(len(each.fields["trace"]) < 3_000 for each in logs.list("downloader", LogQuery()))


def test_records_are_found_by_level_request_book_text_and_time() -> None:
    logs = RecentLogs()
    logs.add(event("call_answered", request_id="r1", level="debug"))
    logs.add(event("release_grabbed", title="Ozma of Oz", timestamp="2026-03-01T11:00:00+00:00"))
    logs.add(event("grab_failed", title="Ozma of Oz", level="error", request_id="r2"))

    assert events_of(logs) == ["grab_failed", "release_grabbed"]
    assert events_of(logs, level="debug", request_id="r1") == ["call_answered"]
    assert events_of(logs, level="warning") == ["grab_failed"]
    assert events_of(logs, book="ozma") == ["grab_failed", "release_grabbed"]
    assert events_of(logs, text="GRABBED") == ["release_grabbed"]
    assert events_of(logs, before=datetime(2026, 3, 1, 12, tzinfo=UTC)) == ["release_grabbed"]
    assert events_of(logs, limit=1) == ["grab_failed"]
