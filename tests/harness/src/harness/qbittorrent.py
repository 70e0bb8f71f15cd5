"""A real qBittorrent on the loopback interface, as the download client or as the seeder of a test."""

import base64
import hashlib
import os
import pwd
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import httpx
from embedded.process import LOOPBACK, CannotStart, free_port
from embedded.server import Server

PROGRAM = "qbittorrent-nox"
USERNAME = "gapless"
PBKDF2_ROUNDS = 100_000


class QBittorrentServer(Server):
    """qbittorrent-nox with its own profile. It connects only to this machine.

    It runs under our account, so that we own the downloaded files. It keeps its torrents over a restart.
    """

    name: ClassVar[str] = "qBittorrent"
    farewell: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, folder: Path, *, password: str, port: int | None = None) -> None:
        """The folder contains the profile, the log, the port, and `downloads`, the default save path.

        Peers connect to `peer_port`.
        """
        super().__init__(folder, port=port)
        self.password = password
        self.downloads = folder / "downloads"
        self._program = PROGRAM
        self.peer_port = free_port()

    @property
    def url(self) -> str:
        """The address of the web interface."""
        return f"http://{LOOPBACK}:{self.port}"

    def settings(self) -> dict[str, str]:
        """The settings with which Gapless uses this client."""
        return {
            "QBITTORRENT_URL": self.url,
            "QBITTORRENT_USERNAME": USERNAME,
            "QBITTORRENT_PASSWORD": self.password,
        }

    @contextmanager
    def session(self) -> Iterator[httpx.Client]:
        """A client of the Web API below `/api/v2/`, logged in. Raises httpx.HTTPError if qBittorrent is unavailable."""
        with httpx.Client(base_url=f"{self.url}/api/v2", timeout=60, trust_env=False) as client:
            client.post("/auth/login", data={"username": USERNAME, "password": self.password}).raise_for_status()
            yield client

    def _prepare(self) -> pwd.struct_passwd | None:
        program = shutil.which(PROGRAM)
        if program is None:
            raise CannotStart(f"{PROGRAM} is not installed: sudo apt-get install --no-install-recommends {PROGRAM}")
        self._program = program
        self.downloads.mkdir(exist_ok=True)
        return None

    def _command(self, port: int) -> list[str | Path]:
        profile = self.folder / "profile"
        config = profile / "qBittorrent" / "config" / "qBittorrent.conf"
        config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        config.unlink(missing_ok=True)
        config.touch(mode=0o600)
        config.write_text(
            render_config(port=port, peer_port=self.peer_port, password=self.password, save=self.downloads)
        )
        return [self._program, f"--profile={profile}"]

    def _answers(self) -> bool:
        """Whether it is ready, which is later than it listens. Without a session it answers 403."""
        try:
            answer = httpx.get(f"{self.url}/api/v2/app/version", timeout=2, trust_env=False)
        except httpx.TransportError:
            return False
        return answer.status_code in (200, 403)


def render_config(*, port: int, peer_port: int, password: str, save: Path) -> str:
    """qBittorrent.conf, valid for 4.5 and 5. Peers are found only through trackers, several at one address.

    Only TCP is enabled: over µTP, peers need a minute to notice that a client was killed and to reconnect.
    """
    sections = {
        "LegalNotice": {"Accepted": "true"},
        "Preferences": {
            r"WebUI\Address": LOOPBACK,
            r"WebUI\Port": str(port),
            r"WebUI\Username": USERNAME,
            r"WebUI\Password_PBKDF2": f'"@ByteArray({password_hash(password)})"',
            r"WebUI\LocalHostAuth": "true",
            r"WebUI\UseUPnP": "false",
        },
        "BitTorrent": {
            r"Session\DefaultSavePath": str(save),
            r"Session\Port": str(peer_port),
            r"Session\Interface": "lo",
            r"Session\InterfaceName": "lo",
            r"Session\InterfaceAddress": LOOPBACK,
            r"Session\BTProtocol": "TCP",
            r"Session\MultiConnectionsPerIp": "true",
            r"Session\AnonymousModeEnabled": "false",
            r"Session\DHTEnabled": "false",
            r"Session\LSDEnabled": "false",
            r"Session\PeXEnabled": "false",
            r"Session\QueueingSystemEnabled": "false",
            r"Session\MaxActiveCheckingTorrents": "20",
        },
        "Network": {"PortForwardingEnabled": "false"},
        "RSS": {r"Session\EnableProcessing": "false"},
    }
    lines = []
    for name, values in sections.items():
        lines += [f"[{name}]", *(f"{key}={value}" for key, value in values.items()), ""]
    return "\n".join(lines)


def password_hash(password: str) -> str:
    """The hash as qBittorrent stores it since 4.2: PBKDF2 with SHA-512, 100,000 rounds, salt and key in base 64."""
    salt = os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, PBKDF2_ROUNDS)
    return f"{base64.b64encode(salt).decode()}:{base64.b64encode(key).decode()}"
