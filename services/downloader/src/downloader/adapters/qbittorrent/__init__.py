"""qBittorrent's Web API, version 2, of qBittorrent 4.5 to 5.3."""

from downloader.adapters.qbittorrent.client import QBittorrent

__all__ = ["QBittorrent"]
