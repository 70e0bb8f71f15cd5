"""A real transmission-daemon on the loopback interface, as the download client of a test."""

import json
import pwd
import shutil
import signal
from pathlib import Path
from typing import ClassVar

import httpx
from embedded.process import LOOPBACK, CannotStart, free_port
from embedded.server import Server

PROGRAM = "transmission-daemon"
USERNAME = "gapless"


class TransmissionServer(Server):
    """transmission-daemon with its own folder. It connects only to this machine, and keeps its torrents when killed."""

    name: ClassVar[str] = "Transmission"
    farewell: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, folder: Path, *, password: str, port: int | None = None) -> None:
        """The folder contains the settings, the torrents, the log, and `downloads`, the default save path."""
        super().__init__(folder, port=port)
        self.password = password
        self.downloads = folder / "downloads"
        self._program = PROGRAM
        self._peer_port = free_port()

    @property
    def url(self) -> str:
        """The address of the web interface."""
        return f"http://{LOOPBACK}:{self.port}"

    def _prepare(self) -> pwd.struct_passwd | None:
        program = shutil.which(PROGRAM)
        if program is None:
            raise CannotStart(f"{PROGRAM} is not installed: sudo apt-get install --no-install-recommends {PROGRAM}")
        self._program = program
        self.downloads.mkdir(exist_ok=True)
        return None

    def _command(self, port: int) -> list[str | Path]:
        profile = self.folder / "profile"
        profile.mkdir(mode=0o700, exist_ok=True)
        (profile / "settings.json").write_text(json.dumps(self._settings(port)))
        return [self._program, "--foreground", "--config-dir", profile]

    def _settings(self, port: int) -> dict[str, object]:
        """Peers are found only through trackers, several at one address, and connect by TCP."""
        return {
            "rpc-bind-address": LOOPBACK,
            "rpc-port": port,
            "rpc-authentication-required": True,
            "rpc-username": USERNAME,
            "rpc-password": self.password,
            "bind-address-ipv4": LOOPBACK,
            "peer-port": self._peer_port,
            "download-dir": str(self.downloads),
            "download-queue-enabled": False,
            "dht-enabled": False,
            "lpd-enabled": False,
            "pex-enabled": False,
            "utp-enabled": False,
            "port-forwarding-enabled": False,
        }

    def _answers(self) -> bool:
        """Whether it is ready. Without a login it answers 401."""
        try:
            answer = httpx.get(f"{self.url}/transmission/rpc", timeout=2, trust_env=False)
        except httpx.TransportError:
            return False
        return answer.status_code == 401
