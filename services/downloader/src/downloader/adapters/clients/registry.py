"""The table of the known download clients.

A client is one folder next to this file, which exports a `ClientKind`, and one line in this table.
"""

from typing import Any

from downloader.adapters.clients.client_kind import ClientKind
from downloader.adapters.clients.qbittorrent import QBITTORRENT
from downloader.adapters.clients.transmission import TRANSMISSION

CLIENTS: tuple[ClientKind[Any], ...] = (QBITTORRENT, TRANSMISSION)
"""Every known download client; the first one is used by default."""
