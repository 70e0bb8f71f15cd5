"""Connects to Transmission."""

from urllib.parse import urlsplit

import httpx
from shared.chassis.http import Remote

from downloader.adapters.clients.client_kind import ClientDependencies
from downloader.adapters.clients.transmission.client import Transmission
from downloader.adapters.clients.transmission.rpc import SYSTEM, Rpc
from downloader.adapters.clients.transmission.settings import TransmissionSettings
from downloader.adapters.postgres.refused_logins import RefusedLogins
from downloader.domain.folders import SharedFolder

MAX_BYTES = 64 * 2**20
"""Higher than for other systems: Transmission lists all torrents in one response."""
_USUAL_PATH = "/transmission/rpc"


def connect(settings: TransmissionSettings, dependencies: ClientDependencies) -> Transmission:
    """The client. It sends nothing before the first call."""
    folder, _, path = rpc_address(settings.transmission_url).rpartition("/")
    remote = Remote(SYSTEM, folder, max_bytes=MAX_BYTES)
    dependencies.closing.append(remote.aclose)
    rpc = Rpc(
        remote,
        path,
        settings.transmission_username,
        settings.transmission_password.get_secret_value(),
        refused=RefusedLogins(dependencies.engine, settings.transmission_url),
        now=dependencies.clock.now,
    )
    downloads = SharedFolder(
        dependencies.download_path,
        settings.transmission_download_path,
        setting="TRANSMISSION_DOWNLOAD_PATH",
        others=dependencies.path_mappings,
    )
    return Transmission(rpc, label=settings.transmission_label, downloads=downloads)


def rpc_address(url: str) -> str:
    """The address of the RPC. An address without a path gets the usual one."""
    return url.rstrip("/") if urlsplit(url).path.strip("/") else str(httpx.URL(url).copy_with(path=_USUAL_PATH))
