"""The calendar of releases, as JSON with an API key and as iCalendar with a key in its address."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import nats
import psycopg
import pytest
from gateway.calendars.icalendar import icalendar_of
from nats.aio.msg import Msg
from shared.contracts.library.calendar import CalendarEntry, GetCalendar
from shared.contracts.library.work_lists import EntryState
from shared.testing.flushing import flush
from shared.testing.waiting import until

from .conftest import READ_KEY, Gateway

ENTRY = CalendarEntry(
    id=UUID("5b0c1d1e-0000-4000-8000-000000000001"),
    date=date(2026, 12, 31),
    title="Ozma of Oz; or, The Search",
    authors=["L. Frank Baum"],
    narrators=["Tom Reed"],
    series="Oz",
    place="3",
    state=EntryState.UPCOMING,
    why="released on 2026-12-31",
)


def parsed(text: str) -> list[dict[str, tuple[dict[str, str], str]]]:
    """The events of a calendar, read by the grammar of RFC 5545: name, parameters and unescaped value of each line."""
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= 75 and "\n" not in line and "\r" not in line for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    events: list[dict[str, tuple[dict[str, str], str]]] = []
    stack: list[str] = []
    for line in lines:
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        assert name.replace("-", "").isalnum()
        assert name == name.upper()
        if name == "BEGIN":
            stack.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1], f"{name} twice"
            events[-1][name] = (dict(one.split("=", 1) for one in parameters), _unescaped(value))
    assert stack == []
    properties = {line.partition(":")[0] for line in lines}
    assert {"VERSION", "PRODID"} <= properties
    return events


def _unescaped(value: str) -> str:
    result, escaped = "", False
    for char in value:
        if escaped:
            assert char in "\\;,nN", f"\\{char} is no escape"
            result += "\n" if char in "nN" else char
            escaped = False
        elif char == "\\":
            escaped = True
        else:
            result += char
    assert not escaped
    return result


def test_each_release_is_an_all_day_event() -> None:
    [event] = parsed(icalendar_of([ENTRY], datetime(2026, 3, 1, 12, tzinfo=UTC)))
    assert event["SUMMARY"] == ({}, "Ozma of Oz; or, The Search (Oz 3)")
    assert event["DTSTART"] == ({"VALUE": "DATE"}, "20261231")
    assert event["DTEND"] == ({"VALUE": "DATE"}, "20270101")
    assert event["DTSTAMP"] == ({}, "20260301T120000Z")
    assert event["UID"] == ({}, f"{ENTRY.id}@gapless")
    assert event["DESCRIPTION"][1].splitlines() == [
        "State: upcoming, released on 2026-12-31", "By L. Frank Baum", "Read by Tom Reed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "Ж" * 200,
        "😀" * 50 + "x",
        "a\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "tab\tbell\x07null\x00 \\n \\, back\\slash",
        "x" * 74 + "é",
        "",
        "\ud800",
    ],
)
def test_any_title_is_one_value_of_a_well_formed_calendar(title: str) -> None:
    text = icalendar_of([ENTRY.model_copy(update={"title": title, "series": None})] * 2, datetime.now(UTC))
    events = parsed(text.encode(errors="replace").decode())
    assert len(events) == 2
    expected = title.replace("\r\n", "\n").replace("\x07", "").replace("\x00", "").replace("\t", "")
    assert events[0]["SUMMARY"][1] == expected.encode(errors="replace").decode()


def test_a_calendar_without_releases_is_well_formed() -> None:
    assert parsed(icalendar_of([], datetime.now(UTC))) == []


@pytest.fixture
async def asked(gateway: Gateway) -> AsyncIterator[list[GetCalendar]]:
    """A library that answers with one release, and the requests that it received."""
    received: list[GetCalendar] = []
    connection = await nats.connect(gateway.nats_url)

    async def answer(message: Msg) -> None:
        received.append(GetCalendar.model_validate_json(message.data))
        await connection.publish(message.reply, json.dumps([ENTRY.model_dump(mode="json")]).encode())

    await connection.subscribe(GetCalendar.subject, cb=answer)
    await flush(connection)
    yield received
    await connection.close()


async def new_key(gateway: Gateway) -> dict[str, Any]:
    answer = await gateway.call("POST", "/api/calendar/keys", json={"name": "phone"})
    assert answer.status_code == 201
    body: dict[str, Any] = answer.json()
    return body


async def test_the_calendar_is_read_as_json_with_an_api_key(gateway: Gateway, asked: list[GetCalendar]) -> None:
    path = "/api/calendar?from=2026-01-01&to=2027-01-31&state=upcoming"
    answer = await gateway.call("GET", path, key=READ_KEY)
    assert [CalendarEntry.model_validate(each) for each in answer.json()] == [ENTRY]
    assert (asked[0].first, asked[0].last, asked[0].state) == (date(2026, 1, 1), date(2027, 1, 31), "upcoming")
    for no_day in ("from=soon", "to=0"):
        assert (await gateway.call("GET", f"/api/calendar?{no_day}")).status_code == 422


async def test_the_address_with_its_key_reads_the_calendar_until_the_key_is_revoked(
    gateway: Gateway, asked: list[GetCalendar]
) -> None:
    made = await new_key(gateway)
    answer = await gateway.call("GET", made["path"], key=None)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert [event["UID"][1] for event in parsed(answer.text)] == [f"{ENTRY.id}@gapless"]

    listed = await gateway.call("GET", "/api/calendar/keys")
    assert [(each["id"], each["name"]) for each in listed.json()["items"]] == [(made["id"], "phone")]
    assert made["path"].partition("=")[2] not in listed.text
    assert (await gateway.call("DELETE", f"/api/calendar/keys/{made['id']}")).status_code == 204
    assert (await gateway.call("DELETE", f"/api/calendar/keys/{made['id']}")).status_code == 404
    assert (await gateway.call("GET", made["path"], key=None)).json()["code"] == "wrong_calendar_key"
    assert len(asked) == 1


async def test_a_calendar_key_reads_nothing_but_the_calendar(gateway: Gateway) -> None:
    key = (await new_key(gateway))["path"].partition("=")[2]
    for path in ("/api/calendar", "/api/calendar/keys", "/api/books", "/api/system/keys"):
        assert (await gateway.call("GET", path, key=key)).status_code == 403
        assert (await gateway.call("GET", f"{path}?key={key}", key=None)).status_code == 401
    for wrong in ("", "?key=", f"?key={READ_KEY}", f"?key={uuid4()}"):
        assert (await gateway.call("GET", f"/api/calendar.ics{wrong}", key=None)).status_code == 401
    assert (await gateway.call("POST", "/api/calendar/keys", key=READ_KEY, json={"name": "x"})).status_code == 403


async def test_a_calendar_key_is_in_no_log_no_metric_and_no_table(
    gateway: Gateway, asked: list[GetCalendar], database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    made = await new_key(gateway)
    key = made["path"].partition("=")[2]
    assert (await gateway.call("GET", made["path"], key=None)).status_code == 200
    assert key not in (await gateway.call("GET", f"{made['path']}x", key=None)).text

    def calls() -> list[Any]:
        with psycopg.connect(database_url) as connection:
            logged = "select * from gateway.api_logs where endpoint = '/api/calendar.ics'"
            return connection.execute(logged).fetchall()

    await until(lambda: len(calls()) == 2)
    with psycopg.connect(database_url) as connection:
        keys = connection.execute("select * from gateway.calendar_keys").fetchall()
    metrics = await gateway.call("GET", "/metrics", key=None)
    written = capfd.readouterr()
    for where in (repr(calls()), repr(keys), metrics.text, written.out, written.err):
        assert key not in where
