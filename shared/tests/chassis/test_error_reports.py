"""Errors of the log at a Sentry-compatible address."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from harness.recorder import Recorder, recorder
from shared.chassis.error_reports import ErrorReports
from shared.chassis.logging import logger
from shared.chassis.process import logged
from shared.chassis.settings import ServiceSettings, SettingsProblem
from shared.testing.logs import restored_logging

ADDRESSES = {"DATABASE_URL": "postgresql://", "NATS_URL": "nats://"}


@pytest.fixture
def server() -> Iterator[Recorder]:
    with recorder() as recorded, restored_logging():
        yield recorded


def settings(dsn: str) -> ServiceSettings:
    return ServiceSettings.read({**ADDRESSES, "SENTRY_DSN": dsn})


def dsn(server: Recorder) -> str:
    return server.address.replace("http://", "http://a-key@") + "/1"


def events(server: Recorder) -> list[dict[str, Any]]:
    """The events in the envelopes that the server received (Sentry's format: a header, and items with their own)."""
    lines = [json.loads(line) for each in server.received for line in each.body.splitlines()]
    return [line for line in lines if "logentry" in line]


def test_an_error_is_sent_with_its_trace_and_without_secrets(server: Recorder) -> None:
    with logged(settings(dsn(server)), "downloader"):
        try:
            raise RuntimeError("password=opensesame")
        except RuntimeError as error:
            logger(service="downloader").error(
                "message_failed", error=str(error), cookie="opensesame", subject="cmd.downloads.import", exc_info=error
            )
        logger().warning("not_sent")
        logging.getLogger("some.library").error("cannot connect to http://user:opensesame@host/")

    first, second = events(server)
    assert first["logentry"]["message"] == "message_failed"
    assert (first["tags"]["service"], first["level"]) == ("downloader", "error")
    assert first["extra"]["subject"] == "cmd.downloads.import"
    assert "RuntimeError" in first["extra"]["exception"]
    assert second["logentry"]["message"] == "cannot connect to http://***@host/"
    assert b"opensesame" not in b"".join(each.body for each in server.received)


def test_an_error_that_repeats_is_sent_once(server: Recorder) -> None:
    with logged(settings(dsn(server)), "downloader"):
        for _ in range(50):
            logger().error("import_failed", error="OSError: the disk is full")
        logger().error("import_failed", error="OSError: no permission")
    assert len(events(server)) == 2


def test_without_an_address_nothing_is_sent(server: Recorder) -> None:
    with logged(settings(""), "downloader"):
        logger().error("import_failed")
    assert server.received == []


def test_a_malformed_address_is_named_as_a_setting_without_its_value(server: Recorder) -> None:
    with pytest.raises(SettingsProblem) as problem, logged(settings("https://no-project.example"), "downloader"):
        pass
    assert problem.value.lines == ["SENTRY_DSN: it is malformed. Example: https://key@sentry.example.net/1"]


def test_an_address_that_is_unavailable_costs_the_service_nothing(server: Recorder) -> None:
    reports = ErrorReports("http://a-key@127.0.0.1:9/1", "downloader")
    reports.send({"level": "error", "event": "import_failed"})
    reports.close()
