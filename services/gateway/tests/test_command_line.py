"""Commands of `gapless` against a running gateway. `tests/e2e/test_whole_cycle.py` has others, which only read."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cli.main import app
from shared.contracts.downloads.downloads import (
    CancelDownload,
    Download,
    DownloadStatus,
    GetDownload,
    RetryDownload,
    SearchDownloads,
)
from shared.contracts.downloads.interactive_search import GrabFoundRelease
from shared.contracts.message import Request
from shared.contracts.metadata.corrections import Correction, UndoCorrection
from shared.contracts.page import Page
from typer.testing import CliRunner, Result

from .answering import answering
from .conftest import ADMIN_KEY, Gateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOWNLOAD = Download(id=uuid4(), title="Ozma of Oz", status="queued", created_at=NOON, updated_at=NOON)
OTHER = DOWNLOAD.model_copy(update={"id": uuid4(), "title": "Glinda of Oz"})
CORRECTION = Correction(
    id=uuid4(), book_id=uuid4(), book_title="Ozma of Oz", field="publisher", old="Reilly & Britton",
    new="Emerald Audio", source="AUDIBLE", confidence="HIGH", status="undoing", made_at=NOON,
)  # fmt: skip


def reaching(gateway: Gateway) -> tuple[str, ...]:
    return ("--url", gateway.url, "--api-key", ADMIN_KEY)


async def gapless(*arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, list(arguments))


async def test_the_doctor_reports_the_services_that_are_not_running(gateway: Gateway) -> None:
    key = ADMIN_KEY
    result = await gapless("doctor", "--url", gateway.url, "--api-key", key, "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    severity = {(each["area"], each["subject"]): each["severity"] for each in report["findings"]}
    assert report["healthy"] is False
    assert severity["services", "downloader"] == "fault"
    assert {severity[area, "gateway"] for area in ("services", "migrations", "backlog")} == {"ok"}
    assert {severity["clocks", subject] for subject in ("services", "Postgres")} == {"ok"}


async def test_the_doctor_prints_plain_lines_without_a_terminal(gateway: Gateway) -> None:
    result = await gapless("doctor", "--url", gateway.url, "--api-key", ADMIN_KEY)
    assert "fault   services      downloader: " in result.stdout
    assert "\x1b" not in result.stdout


async def test_the_doctor_exits_with_2_when_the_gateway_cannot_be_reached(gateway: Gateway) -> None:
    refused = await gapless("doctor", "--url", gateway.url, "--api-key", "an-unknown-api-key")
    assert refused.exit_code == 2
    assert "check --api-key or API_KEY" in refused.stderr
    away = await gapless("doctor", "--url", "http://127.0.0.1:9", "--api-key", "any")
    assert away.exit_code == 2
    assert "GAPLESS_URL, which is http://127.0.0.1:9" in away.stderr


async def test_a_key_that_the_command_creates_works_until_it_is_revoked(gateway: Gateway) -> None:
    at = ("--url", gateway.url, "--api-key", ADMIN_KEY)
    created = await gapless("keys", "add", "dashboard", "--scope", "read", *at)
    assert created.exit_code == 0
    key = created.stdout.strip()
    assert (await gateway.call("GET", "/api/system/diagnostics", key=key)).status_code == 200
    listed = await gapless("keys", "list", *at)
    (line,) = [line for line in listed.stdout.splitlines() if line.endswith("\tdashboard")]
    assert line.split("\t")[1] == "read"
    assert key not in listed.output
    assert (await gapless("keys", "remove", line.split("\t")[0], *at)).exit_code == 0
    assert (await gateway.call("GET", "/api/system/diagnostics", key=key)).status_code == 403
    again = await gapless("keys", "remove", line.split("\t")[0], *at)
    assert (again.exit_code, "no API key" in again.stderr) == (1, True)


async def test_grab_sends_the_release_of_the_last_search_for_the_wanted_book(gateway: Gateway) -> None:
    wanted = uuid4()
    async with answering(gateway.nats_url, GrabFoundRelease, DOWNLOAD) as received:
        result = await gapless("grab", "1234", "--wanted", str(wanted), *reaching(gateway))
        as_json = await gapless("grab", "abc", "--indexer", "PROWLARR", "--json", *reaching(gateway))
    assert (result.exit_code, result.stdout) == (0, f"Ozma of Oz: queued (download {DOWNLOAD.id})\n")
    assert json.loads(as_json.stdout)["id"] == str(DOWNLOAD.id)
    assert [(each.indexer, each.release_id, each.missing_book_id) for each in received] == [
        ("MAM", "1234", wanted), ("PROWLARR", "abc", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "request_type", "status"), [("retry", RetryDownload, "queued"), ("cancel", CancelDownload, "cancelled")]
)
async def test_a_download_is_retried_or_cancelled_by_its_id_or_its_title(
    gateway: Gateway, command: str, request_type: type[Request[Any]], status: str
) -> None:
    changed = DOWNLOAD.model_copy(update={"status": DownloadStatus(status)})
    both = Page[Download](items=[DOWNLOAD, OTHER], total=2, limit=50, offset=0)
    async with (
        answering(gateway.nats_url, GetDownload, DOWNLOAD),
        answering(gateway.nats_url, SearchDownloads, both),
        answering(gateway.nats_url, request_type, changed) as received,
    ):
        for which in (str(DOWNLOAD.id), "ozma of oz"):
            result = await gapless("queue", command, which, *reaching(gateway))
            assert (result.exit_code, result.stdout) == (0, f"Ozma of Oz: {status}\n")
        unclear = await gapless("queue", command, "oz", *reaching(gateway))
    assert unclear.exit_code == 1
    assert "'oz' matches more than one download" in unclear.stderr
    assert [each.id for each in received] == [DOWNLOAD.id, DOWNLOAD.id]


async def test_a_correction_is_undone_by_its_id(gateway: Gateway) -> None:
    async with answering(gateway.nats_url, UndoCorrection, CORRECTION) as received:
        result = await gapless("corrections", "undo", str(CORRECTION.id), *reaching(gateway))
    assert (result.exit_code, result.stdout) == (0, "Ozma of Oz: publisher becomes Reilly & Britton again (undoing)\n")
    assert [each.id for each in received] == [CORRECTION.id]


@pytest.mark.parametrize(
    "arguments",
    [
        ("grab", "1234"), ("queue", "retry", str(OTHER.id)), ("queue", "cancel", "oz"),
        ("corrections", "undo", str(CORRECTION.id)),
    ],
)  # fmt: skip
async def test_a_command_whose_service_is_away_says_so(gateway: Gateway, arguments: tuple[str, ...]) -> None:
    result = await gapless(*arguments, *reaching(gateway))
    assert result.exit_code == 1
    assert ("metadata" if arguments[0] == "corrections" else "downloader") in result.stderr
