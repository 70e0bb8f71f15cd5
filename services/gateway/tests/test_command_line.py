"""`gapless doctor` and `gapless keys` against a running gateway."""

import asyncio
import json

from cli.main import app
from typer.testing import CliRunner, Result

from .conftest import ADMIN_KEY, Gateway


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
