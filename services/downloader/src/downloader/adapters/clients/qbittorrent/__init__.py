"""qBittorrent's Web API, version 2, of qBittorrent 4.5 to 5.3."""

from shared.translatable import translatable

from downloader.adapters.clients.client_kind import ClientKind
from downloader.adapters.clients.qbittorrent.connect import connect
from downloader.adapters.clients.qbittorrent.settings import QBittorrentSettings

QBITTORRENT = ClientKind(
    "qbittorrent",
    QBittorrentSettings,
    lambda settings: settings.qbittorrent_url,
    connect,
    translatable(
        "advice.qbittorrent",
        "check that qBittorrent runs and that its Web UI is on, then QBITTORRENT_URL, QBITTORRENT_USERNAME and"
        " QBITTORRENT_PASSWORD",
    ),
)
