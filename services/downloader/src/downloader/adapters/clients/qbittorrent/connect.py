"""Connects to qBittorrent."""

from shared.chassis.http import Remote

from downloader.adapters.clients.client_kind import ClientDependencies
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session, key_header
from downloader.adapters.clients.qbittorrent.settings import QBittorrentSettings
from downloader.adapters.postgres.refused_logins import RefusedLogins
from downloader.domain.folders import SharedFolder

MAX_BYTES = 64 * 2**20
"""Higher than for other systems: qBittorrent lists all torrents in one response."""


def connect(settings: QBittorrentSettings, dependencies: ClientDependencies) -> QBittorrent:
    """The client. It sends nothing before the first call."""
    api_key = settings.qbittorrent_api_key.get_secret_value()
    remote = Remote(SYSTEM, settings.qbittorrent_url, headers=key_header(api_key), max_bytes=MAX_BYTES)
    dependencies.closing.append(remote.aclose)
    session = Session(
        remote,
        settings.qbittorrent_username,
        settings.qbittorrent_password.get_secret_value(),
        refused=RefusedLogins(dependencies.engine, settings.qbittorrent_url),
        now=dependencies.clock.now,
        uses_api_key=bool(api_key),
    )
    downloads = SharedFolder(
        dependencies.download_path,
        settings.qbittorrent_download_path,
        setting="QBITTORRENT_DOWNLOAD_PATH",
        others=dependencies.path_mappings,
    )
    return QBittorrent(remote, session, category=settings.qbittorrent_category, downloads=downloads)
