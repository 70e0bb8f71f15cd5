"""Serves all stand-ins of one world in one process, each on its own port."""

import asyncio
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import uvicorn

from sandbox import audiobookshelf, language_model, mam, openid, prowlarr, qbittorrent, top_lists, tracker, transmission
from sandbox.library_files import lay_out
from sandbox.outcomes import Controlled
from sandbox.providers.registry import PROVIDERS
from sandbox.qbittorrent.dialect import Version
from sandbox.torrent import TorrentShelf
from sandbox.world import World

FIXED_PORTS: Mapping[str, int] = {
    "audiobookshelf": 13378,
    "qbittorrent": 18080,
    "mam": 18081,
    "transmission": 18092,
    "top_lists": 18090,
    "language_model": 18091,
    "openid": 18093,
    **{each.name: each.port for each in PROVIDERS},
    "prowlarr": 19696,
    "tracker": 16969,
}
DownloadClient = Literal["qbittorrent", "transmission"]
DEAD_AFTER_HOURS = "0.002"
"""About 7 seconds: a demo cannot wait a day until a dead torrent counts as stalled."""
WATCHER_SECONDS = 0.5
"""The real watcher waits 10 seconds after the last change, which is too long for a demo."""
_START_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Credentials:
    """The credentials that the stand-ins accept. They are not secret: they only work for the sandbox."""

    abs_token: str = "sandbox-abs-api-key"  # noqa: S105
    qbittorrent_username: str = "sandbox"
    qbittorrent_password: str = "sandbox-password"  # noqa: S105
    transmission_username: str = "sandbox"
    transmission_password: str = "sandbox-password"  # noqa: S105
    prowlarr_api_key: str = "sandbox-prowlarr-key"
    language_model_key: str = "sandbox-model-key"
    mam_id: str = "sandbox-session-seed%3D"
    mam_member: mam.Member = field(default_factory=mam.Member)
    mam_passkey: str = "sandbox0passkey0of0the0account01"


@dataclass(frozen=True)
class Behaviour:
    """Options of the stand-ins.

    `mam_rules`: by default, a client that was killed before it stored the newest session value of MyAnonamouse can
    continue with the previous one.
    `download_client`: the one with which Gapless downloads.
    `announce_url`: the tracker in the torrents; None: the tracker of the sandbox.
    """

    credentials: Credentials = field(default_factory=Credentials)
    mam_rules: mam.Rules = field(default_factory=lambda: mam.Rules(previous_stays_valid=True))
    download_client: DownloadClient = "qbittorrent"
    qbittorrent_version: Version = "5.1"
    bytes_per_second: float = 5_000_000
    announce_url: str | None = None
    magnet_indexers: frozenset[str] = frozenset()


class Sandbox:
    """Serves a world while the context is open.

    `folder` stores the files: `library` and `downloads` for the books, `state` for the state of the stand-ins and,
    while the sandbox runs, `addresses.json` with the address of each stand-in by name.
    `ports` fixes the ports of some stand-ins. The others reuse their last ports if these are free, so that stored
    addresses stay valid after a restart. `known_as` is the host name in published addresses, if it is not `host`.
    `apps` are the stand-ins by name, on which a test can switch on outcomes.
    """

    def __init__(
        self,
        world: World,
        *,
        folder: Path,
        host: str = "127.0.0.1",
        known_as: str | None = None,
        ports: Mapping[str, int] | None = None,
        behaviour: Behaviour | None = None,
    ) -> None:
        self.world = world
        self.library = folder.resolve() / "library"
        self.downloads = folder.resolve() / "downloads"
        self.behaviour = behaviour or Behaviour()
        self.urls: dict[str, str] = {}
        self._host = host
        self._known_as = known_as or host
        self._ports = ports or {}
        self._servers: list[tuple[QuietServer, asyncio.Task[None]]] = []
        self._addresses_file = folder.resolve() / "addresses.json"
        self._state = folder.resolve() / "state"
        self._shelf = TorrentShelf(self.behaviour.announce_url or "")
        for path in (self.library, self.downloads):
            path.mkdir(parents=True, exist_ok=True)
        self.apps = self._make_apps(self._state)

    async def __aenter__(self) -> Self:
        """Start all servers. Raises OSError, which names the stand-in, if a port is in use."""
        async with AsyncExitStack() as cleanup:
            cleanup.push_async_callback(self._stop)
            await asyncio.to_thread(lay_out, self.world, self.library, self._state / "library-laid-out")
            for name, app in self.apps.items():
                self._start(name, app)
            self._shelf.announce_url = self.behaviour.announce_url or f"{self.urls['tracker']}/announce"
            self._shelf.passkey = "" if self.behaviour.announce_url else self.behaviour.credentials.mam_passkey
            await asyncio.wait_for(self._all_started(), _START_TIMEOUT_SECONDS)
            self._addresses_file.write_text(json.dumps(self.urls, indent=1), "utf-8")
            cleanup.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    def settings(self) -> dict[str, str]:
        """The settings with which Gapless uses this sandbox. Settings of the world take precedence."""
        credentials = self.behaviour.credentials
        return {
            "ABS_URL": self.urls["audiobookshelf"],
            "ABS_TOKEN": credentials.abs_token,
            **self._download_client(),
            "PROWLARR_URL": self.urls["prowlarr"],
            "PROWLARR_API_KEY": credentials.prowlarr_api_key,
            "MAM_URL": self.urls["mam"],
            "MAM_CDN_URL": self.urls["mam"],
            "MAM_TRACKER_URL": self.urls["mam"],
            "MAM_SESSION": credentials.mam_id,
            "MAM_BROWSER_SESSION": credentials.mam_member.browser_id,
            "MAM_CRAWL_BOARDS": ",".join(str(each.number) for each in self.world.boards),
            **{each.address_setting: each.address_text(self.world, self.urls[each.name]) for each in PROVIDERS},
            **{name: value for each in PROVIDERS for name, value in each.settings.items()},
            "DOWNLOAD_STALLED_HOURS": DEAD_AFTER_HOURS,
            "LIBRARY_WATCHER_SECONDS": str(10 * WATCHER_SECONDS),
            "LIBRARY_PATH": str(self.library),
            "DOWNLOAD_PATH": str(self.downloads),
            **self.world.settings,
        }

    def _download_client(self) -> dict[str, str]:
        client, credentials = self.behaviour.download_client, self.behaviour.credentials
        accounts = {
            "qbittorrent": (credentials.qbittorrent_username, credentials.qbittorrent_password),
            "transmission": (credentials.transmission_username, credentials.transmission_password),
        }
        username, password = accounts[client]
        name = client.upper()
        return {
            "DOWNLOAD_CLIENT": client,
            f"{name}_URL": self.urls[client],
            f"{name}_USERNAME": username,
            f"{name}_PASSWORD": password,
        }

    def _make_apps(self, state: Path) -> dict[str, Controlled]:
        state.mkdir(parents=True, exist_ok=True)
        behaviour, credentials, shelf = self.behaviour, self.behaviour.credentials, self._shelf
        return {
            "audiobookshelf": audiobookshelf.create(
                self.world,
                library_folder=self.library,
                token=credentials.abs_token,
                state_file=state / "audiobookshelf.jsonl",
                watcher_seconds=WATCHER_SECONDS,
            ),
            "qbittorrent": qbittorrent.create(
                self.world,
                default_save_path=self.downloads,
                username=credentials.qbittorrent_username,
                password=credentials.qbittorrent_password,
                version=behaviour.qbittorrent_version,
                state_file=state / "qbittorrent.jsonl",
                bytes_per_second=behaviour.bytes_per_second,
            ),
            "transmission": transmission.create(
                self.world,
                default_save_path=self.downloads,
                username=credentials.transmission_username,
                password=credentials.transmission_password,
                state_file=state / "transmission.jsonl",
                bytes_per_second=behaviour.bytes_per_second,
            ),
            "mam": mam.create(
                self.world,
                shelf,
                mam_id=credentials.mam_id,
                member=credentials.mam_member,
                state_file=state / "mam.json",
                rules=behaviour.mam_rules,
            ),
            "prowlarr": prowlarr.create(
                self.world, shelf, api_key=credentials.prowlarr_api_key, magnet_indexers=behaviour.magnet_indexers
            ),
            **{each.name: each.create(self.world) for each in PROVIDERS},
            "top_lists": top_lists.create(self.world),
            "language_model": language_model.create(credentials.language_model_key),
            "openid": openid.create(),
            "tracker": tracker.create(),
        }

    def _start(self, name: str, app: Controlled) -> None:
        listener = self._listen(name)
        self.urls[name] = f"http://{self._known_as}:{listener.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False, timeout_graceful_shutdown=2)
        server = QuietServer(config)
        self._servers.append((server, asyncio.create_task(server.serve(sockets=[listener]), name=f"sandbox {name}")))

    def _listen(self, name: str) -> socket.socket:
        if name in self._ports:
            return listening_socket(name, self._host, self._ports[name])
        port_file = self._state / f"{name}.port"
        last_port = port_file.read_text() if port_file.exists() else ""
        try:
            listener = listening_socket(name, self._host, int(last_port) if last_port.isdigit() else 0)
        except OSError:
            listener = listening_socket(name, self._host, 0)
        port_file.write_text(str(listener.getsockname()[1]))
        return listener

    async def _all_started(self) -> None:
        await asyncio.gather(*(server.ready.wait() for server, _ in self._servers))

    async def _stop(self) -> None:
        self._addresses_file.unlink(missing_ok=True)
        for server, _ in self._servers:
            server.should_exit = True
        await asyncio.gather(*(task for _, task in self._servers), return_exceptions=True)
        self._servers.clear()


class QuietServer(uvicorn.Server):
    """Sets an event when it is ready, and does not handle the signals of the process."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listening_socket(name: str, host: str, port: int) -> socket.socket:
    """A socket that listens on this address, for the stand-in of this name. Raises `OSError` when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only if the protocol is named. Without it, the body of each response waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise OSError(error.errno, f"the sandbox's {name} cannot listen on {host}:{port}: {error.strerror}") from error
    return listener
