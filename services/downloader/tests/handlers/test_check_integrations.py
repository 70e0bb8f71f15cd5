"""The state of each integration."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from downloader.adapters.clients.qbittorrent import QBITTORRENT
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.indexers.prowlarr.client import SYSTEM, Prowlarr
from downloader.domain.folders import SharedFolder
from downloader.domain.integration_check import IntegrationCheck
from downloader.domain.path_mapping import PathMapping
from downloader.handlers.check_integrations import CheckIntegrationsHandler
from downloader.workflow.path_mapping_check import PathMappingCheck
from sandbox.outcomes import Outcome
from sandbox.testing import a_world, an_offer
from sandbox.torrent import TorrentShelf
from shared.chassis.http import Remote
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState

from sandbox import prowlarr

from .conftest import Bench


async def found(bench: Bench, **parts: Any) -> dict[str, Integration]:
    disk = parts.get("disk") or Filesystem(bench.library_path, bench.downloads_path)
    indexer: Prowlarr | None = parts.get("prowlarr")
    checks = [
        IntegrationCheck(
            QBITTORRENT.name, IntegrationKind.DOWNLOAD_CLIENT, QBITTORRENT.advice, "http://qbittorrent:8080",
            bench.client.version,
        ),
        IntegrationCheck(
            "prowlarr", IntegrationKind.INDEXER, "see PROWLARR_URL", version=indexer.version if indexer else None,
            required=False, health=indexer.health if indexer else None,
        ),
    ]  # fmt: skip
    check_integrations = CheckIntegrationsHandler(
        checks, disk, bench.path_check, PathMappingCheck(parts.get("client") or bench.client, disk),
        str(bench.library_path),
    )  # fmt: skip
    return {each.name: each for each in await check_integrations.check(CheckIntegrations())}


async def test_all_integrations_are_ok(bench: Bench) -> None:
    app = prowlarr.create(a_world(), TorrentShelf("http://tracker/announce"), api_key="key")
    remote = Remote(SYSTEM, "http://prowlarr", headers={"X-Api-Key": "key"}, transport=httpx.ASGITransport(app))
    integrations = await found(bench, prowlarr=Prowlarr(remote))
    await remote.aclose()

    assert {each.state for each in integrations.values()} == {IntegrationState.OK}
    assert integrations["qbittorrent"].version == "v5.1.0"
    assert integrations["disk"].detail == "files are hard-linked"


async def test_a_library_path_without_known_books_is_refused(bench: Bench) -> None:
    bench.library.paths = ["L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz", "../etc"]
    disk = (await found(bench))["disk"]
    assert (disk.state, disk.required) == (IntegrationState.REFUSED, True)
    assert f"is in LIBRARY_PATH={bench.library_path}. Set LIBRARY_PATH" in disk.detail

    (bench.library_path / bench.library.paths[0]).mkdir(parents=True)
    assert (await found(bench))["disk"].state is IntegrationState.OK


async def test_a_file_of_gapless_that_audiobookshelf_does_not_see_names_both_sides(
    bench: Bench, tmp_path: Path
) -> None:
    bench.library.folder_paths = ["/audiobooks", "/more"]
    bench.library.seen_folder = tmp_path / "another"

    disk = (await found(bench))["disk"]

    assert disk.state is IntegrationState.REFUSED
    assert f"to LIBRARY_PATH={bench.library_path}, and Audiobookshelf does not see it" in disk.detail
    assert "/audiobooks (library Audiobooks), /more (library Audiobooks)" in disk.detail

    bench.library.seen_folder = bench.library_path
    assert (await found(bench))["disk"].state is IntegrationState.OK
    assert list(bench.library_path.iterdir()) == []


async def test_known_books_are_looked_for_if_audiobookshelf_does_not_say_what_it_sees(bench: Bench) -> None:
    bench.library.folder_paths = ["/audiobooks"]
    bench.library.paths = ["L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz"]
    assert "none of 1 books of Audiobookshelf" in (await found(bench))["disk"].detail


@pytest.mark.parametrize(
    ("failing", "state"), [("Broken Shelf", IntegrationState.THROTTLED), ("*", IntegrationState.AWAY)]
)
async def test_a_failing_indexer_of_prowlarr_is_shown_with_a_remedy(
    bench: Bench, failing: str, state: IntegrationState
) -> None:
    names = ("AudioTracker", "Broken Shelf")
    offers = [an_offer(id=str(place), indexer="prowlarr", prowlarr_indexer=name) for place, name in enumerate(names)]
    world = a_world(offers=[each.model_dump() for each in offers])
    app = prowlarr.create(world, TorrentShelf("http://tracker/announce"), api_key="key")
    app.outcomes.switch_on(Outcome(kind="indexer_disabled", path=failing))
    remote = Remote(SYSTEM, "http://prowlarr", headers={"X-Api-Key": "key"}, transport=httpx.ASGITransport(app))
    integration = (await found(bench, prowlarr=Prowlarr(remote)))["prowlarr"]
    await remote.aclose()

    assert (integration.state, integration.version) == (state, "2.3.6.5310")
    assert "Broken Shelf is disabled by Prowlarr until" in integration.detail
    assert "test it in Prowlarr under Indexers" in integration.detail


async def test_prowlarr_is_optional(bench: Bench) -> None:
    integration = (await found(bench))["prowlarr"]

    assert (integration.state, integration.required) == (IntegrationState.NOT_CONFIGURED, False)


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        ("away", IntegrationState.AWAY),
        ("throttled", IntegrationState.THROTTLED),
        ("unauthorized", IntegrationState.REFUSED),
        ("html", IntegrationState.NONSENSE),
    ],
)
async def test_each_failure_has_its_state_and_advice(bench: Bench, failure: str, state: IntegrationState) -> None:
    bench.server.outcomes.switch_on(Outcome(kind=failure))

    integration = (await found(bench))["qbittorrent"]

    assert integration.state is state
    assert "QBITTORRENT_URL" in integration.detail


async def test_a_folder_that_cannot_be_created_is_named(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    disk = Filesystem(tmp_path / "file/library", bench.downloads_path)

    integration = (await found(bench, disk=disk))["disk"]

    assert integration.state is IntegrationState.REFUSED
    assert "LIBRARY_PATH" in integration.detail


def shared_as(bench: Bench, theirs: Path, *others: PathMapping) -> QBittorrent:
    """The client with this path for our download folder."""
    shared = SharedFolder(bench.downloads_path, str(theirs), setting="QBITTORRENT_DOWNLOAD_PATH", others=others)
    return QBittorrent(bench.client._remote, bench.session, category="gapless", downloads=shared)


async def test_a_download_folder_that_the_client_sees_elsewhere_is_named_with_what_each_side_sees(
    bench: Bench, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    disk = (await found(bench, client=shared_as(bench, elsewhere)))["disk"]

    assert disk.state is IntegrationState.REFUSED
    assert f"to {bench.downloads_path}, and the download client does not see it in {elsewhere}" in disk.detail
    assert "QBITTORRENT_DOWNLOAD_PATH" in disk.detail
    assert [*bench.downloads_path.iterdir(), *elsewhere.iterdir()] == []


async def test_each_wrong_mapping_of_several_is_named(bench: Bench, tmp_path: Path) -> None:
    right, wrong, missing = (tmp_path / name for name in ("right", "wrong", "missing"))
    right.mkdir()
    wrong.mkdir()
    mappings = [
        PathMapping(str(right), right, "PATH_MAPPINGS"),
        PathMapping("/nowhere", wrong, "PATH_MAPPINGS"),
        PathMapping(str(missing), missing, "PATH_MAPPINGS"),
    ]
    disk = Filesystem(bench.library_path, bench.downloads_path)

    detail = (await found(bench, disk=disk, client=shared_as(bench, bench.downloads_path, *mappings)))["disk"].detail

    assert f"to {wrong}, and the download client does not see it in /nowhere" in detail
    assert f"Gapless cannot write to {missing} (No such file or directory)" in detail
    assert str(right) not in detail


async def test_a_client_that_is_unavailable_does_not_make_the_folders_wrong(bench: Bench, tmp_path: Path) -> None:
    bench.server.outcomes.switch_on(Outcome(kind="away"))

    disk = (await found(bench, client=shared_as(bench, tmp_path / "elsewhere")))["disk"]

    assert disk.state is IntegrationState.OK
    assert list(bench.downloads_path.iterdir()) == []
