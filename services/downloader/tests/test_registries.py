"""A download client and an indexer that only this module knows are used like the others."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from downloader.adapters.clients.client_kind import ClientDependencies, ClientKind, ClientSettings
from downloader.adapters.clients.registry import CLIENTS
from downloader.adapters.connect import connect_client, connect_indexers
from downloader.adapters.indexers.indexer_kind import ConnectedIndexer, IndexerDependencies, IndexerKind
from downloader.adapters.indexers.mam_search.client import MamSearch
from downloader.adapters.indexers.registry import INDEXERS
from downloader.app import SPEC
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import ContentFile, ShareLimits, Torrent, TorrentSnapshot
from downloader.domain.folders import SharedFolder
from downloader.domain.indexer import Offers
from downloader.domain.torrent import ClientTorrent
from downloader.settings import SETTINGS
from generation.compose_settings import compose_settings, own_fields
from pydantic import BaseModel, Field, SecretStr
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.chassis.service import Service
from shared.chassis.setting_groups import Group
from shared.chassis.settings import SettingsProblem
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.system import IntegrationKind
from shared.contracts.values import Indexer

ENVIRONMENT = {
    "DATABASE_URL": "postgresql://downloader:x@localhost/gapless", "NATS_URL": "nats://localhost",
    "DOWNLOAD_PATH": "/data/downloads", "LIBRARY_PATH": "/data/library",
    "SECRET_KEY": "s" * 32,
}  # fmt: skip


class PaperboySettings(ClientSettings):
    """The settings of the client."""

    group = Group("paperboy", "Paperboy")

    paperboy_url: str = Field(description="the address of Paperboy", examples=["http://paperboy:9000"])
    paperboy_password: SecretStr = Field(SecretStr(""), description="the password of Paperboy")


class Paperboy:
    """A client that holds its torrents in memory."""

    category = "gapless"
    session_began_at: datetime | None = None

    def __init__(self, downloads: SharedFolder) -> None:
        self.downloads = downloads
        self._torrents: dict[str, ClientTorrent] = {}

    async def version(self) -> str:
        return "1.0"

    async def public_addresses(self) -> list[str] | None:
        return None

    async def find(self, hashes: Sequence[str]) -> ClientTorrent | None:
        return next((self._torrents[each] for each in hashes if each in self._torrents), None)

    async def add(self, torrent: Torrent, wanted_files: Collection[int] | None = None) -> ClientTorrent:
        info_hash = torrent.identity.info_hash
        self._torrents[info_hash] = ClientTorrent(
            hashes=(info_hash,), name=info_hash, state=ClientState.DOWNLOADING, client_state="running", progress=0.0,
            size_bytes=1, content_path=self.downloads.save_path_of(info_hash), category=self.category,
        )  # fmt: skip
        return self._torrents[info_hash]

    async def changes(self) -> tuple[bool, TorrentSnapshot]:
        return True, self._torrents

    async def files(self, torrent: ClientTorrent) -> list[ContentFile]:
        return [ContentFile(index=0, path=torrent.name, size_bytes=torrent.size_bytes, wanted=True, progress=0.0)]

    async def choose_files(self, torrent: ClientTorrent, wanted: Collection[int]) -> None:
        if set(wanted) != {0}:
            raise RemoteAnsweredNonsense("Paperboy", "a torrent has one file")

    async def recover(self, torrent: ClientTorrent) -> bool:
        return torrent.hashes[0] in self._torrents

    async def stop(self, torrent: ClientTorrent) -> None:
        """It never starts."""

    async def set_share_limits(self, torrent: ClientTorrent, limits: ShareLimits) -> None:
        """Paperboy seeds without limits."""

    async def set_category(self, torrent: ClientTorrent, category: str) -> None:
        self._torrents[torrent.hashes[0]] = replace(torrent, category=category)

    async def tracker_fault(self, torrent: ClientTorrent) -> str | None:
        return None

    async def sees(self, path: str) -> bool | None:
        return None

    async def remove(self, torrent: ClientTorrent, *, with_files: bool) -> None:
        del self._torrents[torrent.hashes[0]]


def connect_paperboy(_settings: PaperboySettings, dependencies: ClientDependencies) -> Paperboy:
    return Paperboy(SharedFolder(dependencies.download_path))


class ArchiveSettings(BaseModel):
    """The settings of the indexer."""

    group: ClassVar = Group("archive", "Archive")

    archive_url: str = Field("", description="the address of the archive; empty to search without it")


class Archive:
    """An indexer without releases."""

    name = Indexer.PROWLARR

    async def version(self) -> str:
        return "2.0"

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        return Offers([])

    async def fetch(self, release: Release) -> Torrent:
        raise RemoteAnsweredNonsense("the archive", f"the archive has no release {release.id}")


def connect_archive(settings: ArchiveSettings, _dependencies: IndexerDependencies) -> ConnectedIndexer | None:
    archive = Archive()
    return ConnectedIndexer(archive, settings.archive_url, archive.version) if settings.archive_url else None


PAPERBOY = ClientKind(
    "paperboy", PaperboySettings, lambda settings: settings.paperboy_url, connect_paperboy, "see PAPERBOY_URL"
)
ARCHIVE = IndexerKind("archive", ArchiveSettings, connect_archive, "see ARCHIVE_URL", "ARCHIVE_URL is not set")
WITH_BOTH = SETTINGS.with_adapters((*CLIENTS, PAPERBOY), (ARCHIVE, *INDEXERS))


def service_of(settings: Any) -> Service:
    return Service.of(SPEC, settings)


async def test_a_new_client_is_used_when_it_is_chosen_and_only_its_settings_are_required() -> None:
    settings = WITH_BOTH.read(ENVIRONMENT | {"DOWNLOAD_CLIENT": "paperboy", "PAPERBOY_URL": "http://paperboy:9000"})
    client, check = connect_client(settings, service_of(settings))
    assert isinstance(client, Paperboy)
    assert client.downloads.to_ours(client.downloads.save_path_of("a" * 40)) == Path("/data/downloads") / ("a" * 40)
    assert (check.name, check.kind, check.address) == (
        "paperboy", IntegrationKind.DOWNLOAD_CLIENT, "http://paperboy:9000",
    )  # fmt: skip
    assert check.version is not None
    assert await check.version() == "1.0"


def test_the_missing_setting_of_the_chosen_client_is_reported_and_no_other() -> None:
    with pytest.raises(SettingsProblem) as problem:
        WITH_BOTH.read(ENVIRONMENT)
    (line,) = problem.value.lines
    assert line.startswith("QBITTORRENT_URL: missing.")
    with pytest.raises(SettingsProblem, match="'netscape' is unknown"):
        WITH_BOTH.read(
            ENVIRONMENT | {"DOWNLOAD_CLIENT": "netscape", "QBITTORRENT_URL": "http://q", "PAPERBOY_URL": "http://p"}
        )


async def test_a_new_indexer_is_searched_in_the_order_of_the_table_and_checked() -> None:
    settings = WITH_BOTH.read(ENVIRONMENT | {"QBITTORRENT_URL": "http://q:8080", "ARCHIVE_URL": "http://archive:1"})
    service = service_of(settings)
    indexers, checks = connect_indexers(settings, service, MamSearch(service.bus, person_waits=False))
    assert [each.name for each in indexers] == [Archive.name, Indexer.MAM]
    archive, prowlarr = checks
    assert (archive.name, archive.kind, archive.address, archive.required) == (
        "archive", IntegrationKind.INDEXER, "http://archive:1", False,
    )  # fmt: skip
    assert archive.version is not None
    assert await archive.version() == "2.0"
    assert (prowlarr.name, prowlarr.version) == ("prowlarr", None)


def test_the_settings_of_a_new_client_and_a_new_indexer_reach_the_container() -> None:
    written = compose_settings(own_fields(WITH_BOTH))
    for setting in ("DOWNLOAD_CLIENT", "PAPERBOY_URL", "PAPERBOY_PASSWORD", "ARCHIVE_URL"):
        assert f"{setting}: ${{{setting}:-}}" in written
    assert "PAPERBOY_PASSWORD_FILE: /run/secrets/paperboy_password" in written
