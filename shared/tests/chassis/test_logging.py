"""No secret is logged."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from shared.chassis.logging import configure, logger, redact, redact_event
from shared.testing.logs import restored_logging

SECRET = "Xq7-veryhidden_0815abc"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The standard error of the process. The logging configuration is restored afterwards."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    with restored_logging():
        configure("INFO", "json")
        yield written


@pytest.mark.parametrize(
    "text",
    [
        f"GET /rss?apikey={SECRET}&t=search",
        f"?api_key={SECRET}",
        f"X-Api-Key: {SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"authorization=Basic {SECRET}",
        f"Authorization: {SECRET}",
        f"sent bearer {SECRET}",
        f"Cookie: mam_id={SECRET}; uid=5",
        f"Set-Cookie: mam_id={SECRET}%3D; Path=/",
        f"mam_id%3D{SECRET}",
        f"MAM_SESSION={SECRET}",
        f"SID={SECRET}; path=/",
        f"QBT_SID_8080={SECRET}",
        f"password: {SECRET}",
        f"PASSWORD = {SECRET}",
        f'{{"token": "{SECRET}", "user": "dorothy"}}',
        f"{{'access_token': '{SECRET}'}}",
        f'{{"password":"{SECRET} with blanks"}}',
        f"passkey={SECRET}",
        f"SECRET_KEY={SECRET}",
        f"postgresql://downloader:{SECRET}@postgres:5432/gapless",
        f"nats://gateway:{SECRET}@127.0.0.1:4222",
        f"http://tracker.example/announce/{SECRET}",
        f"http://tracker.example/{SECRET}/announce",
        f"https://www.myanonamouse.net/tor/download.php/{SECRET}",
        f"eyJhbGciOiJIUzI1NiJ9.{SECRET}.c2lnbmF0dXJl",
    ],
)
def test_a_secret_in_a_text_is_redacted(text: str) -> None:
    assert SECRET not in redact(text)
    assert "***" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Secret Garden by Frances Hodgson Burnett",
        "inside: the Emerald City",
        "3 tokens were counted",
        "GET /api/books?limit=50&offset=100 was answered 200",
        "http://127.0.0.1:8080/api/books",
        "the series has a side: Oz",
        "basic facts about Barsoom",
    ],
)
def test_a_text_without_a_secret_is_unchanged(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "key",
    ["password", "api_key", "apikey", "X-Api-Key", "Authorization", "cookie", "Set-Cookie", "mam_id", "mam_session",
     "MAM_SESSION", "session_value", "passkey", "token", "abs_token", "hardcover_token", "secret_key", "client_secret",
     "SID"],
)  # fmt: skip
def test_a_key_that_names_a_secret_hides_its_value(key: str) -> None:
    assert redact_event(None, "info", {key: SECRET})[key] == "***"


@pytest.mark.parametrize("key", ["event", "title", "service", "run_id", "side", "tokens_counted"])
def test_a_key_that_names_no_secret_shows_its_value(key: str) -> None:
    assert redact_event(None, "info", {key: "Oz"})[key] == "Oz"


@pytest.mark.parametrize(
    "value",
    [
        {"headers": {"Cookie": SECRET}},
        [f"token={SECRET}"],
        (f"token={SECRET}",),
        {f"token={SECRET}"},
        f"token={SECRET}".encode(),
        ValueError(f"token={SECRET}"),
        {"deep": [{"password": SECRET}]},
    ],
)
def test_a_secret_is_found_at_any_depth_and_in_any_type(value: Any) -> None:
    assert SECRET not in str(redact_event(None, "info", {"seen": value}))


def test_an_event_is_one_line_of_json_with_its_values(logged: io.StringIO) -> None:
    logger(service="scheduler").info("run_started", task="library_scan", count=3, api_key=SECRET)
    line = json.loads(logged.getvalue())
    assert (line["event"], line["service"], line["task"], line["count"]) == (
        "run_started",
        "scheduler",
        "library_scan",
        3,
    )
    assert line["api_key"] == "***"


def test_the_text_of_an_exception_is_redacted_in_its_traceback(logged: io.StringIO) -> None:
    try:
        raise RuntimeError(f"cannot log in with password={SECRET}")
    except RuntimeError as error:
        logger().error("login_failed", exc_info=error)
    assert "RuntimeError" in logged.getvalue()
    assert SECRET not in logged.getvalue()


def test_log_lines_of_libraries_are_redacted(logged: io.StringIO) -> None:
    logging.getLogger("some.library").warning("connecting to %s", f"nats://gateway:{SECRET}@nats")
    assert "connecting to nats://***@nats" in json.loads(logged.getvalue())["event"]


def test_events_below_the_level_are_not_logged(logged: io.StringIO) -> None:
    logger().debug("tick")
    assert logged.getvalue() == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("written", "no_color", "coloured"), [(Terminal(), "", True), (Terminal(), "1", False), (io.StringIO(), "", False)]
)
def test_lines_have_colours_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, written: io.StringIO, no_color: str, coloured: bool
) -> None:
    monkeypatch.setattr("sys.stderr", written)
    monkeypatch.setenv("NO_COLOR", no_color)
    with restored_logging():
        configure("INFO", "console")
        logger(service="gateway").info("service_started")
    assert ("\x1b[" in written.getvalue()) is coloured
