"""An installation that starts with nothing configured gets its settings over the API, until a scan finds books."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
from cli.connection import RETRY_SECONDS
from cli.task_runs import run_to_end
from demo.sandbox_process import sandbox_process
from embedded.folder import passing_folder
from embedded.installation import Installation
from embedded.process import LOOPBACK, free_port
from gapless_client import Gapless
from harness.migrated_cluster import migrated_installation
from one_process.services import all_services
from provisioning.services import PARTS
from sandbox.worldmaking.shipped import SANDBOX
from shared.testing.waiting import until
from structlog.testing import capture_logs

INTEGRATIONS = ("myanonamouse", "audiobookshelf", "qbittorrent", "prowlarr", "disk", "hardcover")
SECRETS = ("ABS_TOKEN", "MAM_SESSION", "QBITTORRENT_PASSWORD", "PROWLARR_API_KEY", "HARDCOVER_TOKEN")
GROUPS = {
    "library-scanner": ["audiobookshelf"],
    "mam-search": ["myanonamouse"],
    "downloader": ["folders", "qbittorrent", "prowlarr"],
    "metadata": ["audible", "hardcover"],
}
"""The groups that are tested before they are stored, in the order of a person who sets up an installation."""


@dataclass(frozen=True)
class Unconfigured:
    """An installation without settings, the settings of the sandbox, and what was logged."""

    client: httpx.AsyncClient
    installation: Installation
    sandbox: dict[str, str]
    logs: list[Any]

    async def settings(self, service: str) -> Any:
        """The settings of a service, as soon as it has applied what is stored."""
        found: list[Any] = []

        async def applied() -> bool:
            answer = await self.client.get(f"/api/settings/{service}")
            found[:] = [answer.json()]
            return answer.status_code == 200 and found[0]["applied_version"] == found[0]["version"]

        await until(applied)
        return found[0]

    async def values_of(self, service: str) -> dict[str, str]:
        """The settings of the sandbox that a service has and that can be changed."""
        names = [each["name"] for each in (await self.settings(service))["settings"] if each["changeable"]]
        values = {name: self.sandbox[name] for name in names if name in self.sandbox}
        return values | ({"MAM_RATE_LIMIT": "0"} if service == "mam-search" else {})

    async def facts(self, service: str, group: str, values: dict[str, str]) -> dict[str, Any]:
        """The facts of a test of the values of one group, by their code."""
        shown = (await self.settings(service))["settings"]
        own = {name: value for name, value in values.items() if name in {s["name"] for s in shown}}
        answer = await self.client.post(f"/api/settings/{service}/test", json={"group": group, "values": own})
        assert answer.status_code == 200, answer.text
        return {each["code"]: each for each in answer.json()["facts"]}


@pytest.fixture(scope="module")
def installation() -> Iterator[tuple[Installation, dict[str, str]]]:
    with (
        passing_folder() as folder,
        sandbox_process(SANDBOX / "worlds" / "small.json", folder / "sandbox") as sandbox_settings,
        migrated_installation(folder / "data") as made,
    ):
        yield made, sandbox_settings()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def unconfigured(installation: tuple[Installation, dict[str, str]]) -> AsyncIterator[Unconfigured]:
    made, sandbox = installation
    port = str(free_port())
    with capture_logs() as logs:
        async with (
            all_services(made.environment, {"HEALTH_PORT": port}),
            httpx.AsyncClient(
                base_url=f"http://{LOOPBACK}:{port}", headers={"X-Api-Key": made.api_key}, timeout=60
            ) as client,
        ):
            yield Unconfigured(client, made, sandbox, logs)


@pytest.mark.asyncio(loop_scope="module")
async def test_an_installation_gets_its_settings_over_the_api_until_a_scan_finds_books(
    unconfigured: Unconfigured,
) -> None:
    client = unconfigured.client
    listed = {each["service"]: each["settings"] for each in (await client.get("/api/settings")).json()}
    waiting = {name: each["missing"] for name, each in listed.items() if each["state"] == "needs_settings"}
    assert waiting == {
        "library-scanner": ["ABS_URL", "ABS_TOKEN"],
        "mam-search": ["MAM_SESSION"],
        "downloader": ["QBITTORRENT_URL", "DOWNLOAD_PATH", "LIBRARY_PATH"],
    }

    wrong = await unconfigured.facts(
        "library-scanner", "audiobookshelf", {"ABS_URL": unconfigured.sandbox["ABS_URL"], "ABS_TOKEN": "wrong"}
    )
    assert (wrong["reachable"]["state"], wrong["credentials"]["state"]) == ("passed", "failed")
    assert "ABS_TOKEN" in wrong["credentials"]["to_do"]
    away = await unconfigured.facts("downloader", "qbittorrent", {"QBITTORRENT_URL": "http://127.0.0.1:1"})
    assert (away["reachable"]["state"], away["credentials"]["state"]) == ("failed", "not_tested")

    google = await unconfigured.facts("metadata", "google", {})
    assert (google["credentials"]["state"], google["credentials"]["words"]) == ("not_tested", "GOOGLE_KEY is not set")

    for service, groups in GROUPS.items():
        values = await unconfigured.values_of(service)
        for group in groups:
            facts = await unconfigured.facts(service, group, values)
            assert {each["state"] for each in facts.values()} == {"passed"}, facts
        stored = await client.put(f"/api/settings/{service}", json={"version": 0, "values": values})
        assert stored.status_code == 200, stored.text
        assert (await unconfigured.settings(service))["state"] == "running"

    api = Gapless(str(client.base_url), unconfigured.installation.api_key, retry_seconds=RETRY_SECONDS)
    run = await asyncio.to_thread(lambda: run_to_end(api, "library_scan"))
    api.close()
    assert run.status == "completed"
    assert (await client.get("/api/books")).json()["total"] > 0

    async def states() -> dict[str, str]:
        tested = (await client.post("/api/system/integrations/test")).json()["integrations"]
        return {each["name"]: each["state"] for each in tested}

    async def all_answered() -> bool:
        return set(INTEGRATIONS) <= (await states()).keys()

    await until(all_answered)  # a service that is busy after its start is left out
    found = await states()
    assert {name: found[name] for name in INTEGRATIONS} == dict.fromkeys(INTEGRATIONS, "ok"), (
        "the session of MyAnonamouse continues with the value that the test received"
    )


@pytest.mark.asyncio(loop_scope="module")
async def test_no_secret_of_the_settings_is_stored_logged_or_shown_in_clear(unconfigured: Unconfigured) -> None:
    shown = (await unconfigured.client.get("/api/settings")).text
    streams = [path.read_bytes() for path in (unconfigured.installation.folder / "nats").rglob("*") if path.is_file()]
    for name in SECRETS:
        secret = unconfigured.sandbox[name]
        assert secret not in shown
        assert secret not in str(unconfigured.logs)
        assert not any(secret.encode() in content for content in streams)
    for part in PARTS:
        answer = (await unconfigured.client.get(f"/api/settings/{part.name}")).json()
        assert [each["name"] for each in answer["settings"] if each["type"] == "secret" and each["value"]] == []
