"""The levels of logs, changed while a service runs."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from shared.chassis.log_levels import LEVELS, LogLevels
from shared.chassis.logging import configure, logger
from shared.contracts.logs import LogLevel
from shared.testing.logs import restored_logging

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The standard error of a process that logs from INFO on."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with restored_logging():
        configure("INFO", "json")
        yield stream
        LEVELS.configure("INFO")


def events(written: io.StringIO) -> list[str]:
    return [json.loads(line)["event"] for line in written.getvalue().splitlines()]


def test_the_level_of_one_service_changes_and_changes_back(written: io.StringIO) -> None:
    one, other = logger(service="downloader"), logger(service="metadata")
    one.debug("before")
    LEVELS.choose("downloader", LogLevel.DEBUG, None, NOON)
    one.debug("now")
    other.debug("of another service")
    logging.getLogger("some.library").debug("a line")
    LEVELS.choose("downloader", LogLevel.ERROR, None, NOON)
    one.warning("too little")
    one.error("a fault")
    other.info("as before")
    LEVELS.choose("downloader", None, None, NOON)
    one.info("again")
    logging.getLogger("some.library").debug("a line too many")
    assert events(written) == ["now", "a line", "a fault", "as before", "again"]


def test_a_level_ends_after_its_time() -> None:
    now, applied = 100.0, list[int]()
    levels = LogLevels(applied.append, monotonic=lambda: now)
    levels.configure("WARNING")
    levels.choose("downloader", LogLevel.DEBUG, 60, NOON)
    state = levels.state("downloader")
    assert (state.level, state.configured, state.chosen) == (LogLevel.DEBUG, LogLevel.WARNING, True)
    assert state.until == NOON.replace(minute=1)
    assert levels.is_logged("downloader", logging.DEBUG)
    assert levels.is_line_logged(logging.DEBUG)
    now += 60
    assert not levels.is_line_logged(logging.DEBUG)
    assert not levels.is_logged("downloader", logging.INFO)
    assert levels.is_logged("downloader", logging.WARNING)
    assert (levels.state("downloader").chosen, levels.state("downloader").until) == (False, None)
    assert applied == [logging.WARNING, logging.DEBUG, logging.WARNING]
