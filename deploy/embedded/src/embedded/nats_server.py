"""A NATS server of our own, for machines without containers and for tests."""

import pwd
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import httpx
from provisioning.nats_config import NatsUser, render_config

from embedded.process import LOOPBACK, account_for, free_port, give
from embedded.programs import nats_program
from embedded.server import Server, require_entry


class NatsServer(Server):
    """nats-server with JetStream on the loopback interface. Without users, everybody may do everything."""

    name: ClassVar[str] = "NATS"
    farewell: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, folder: Path, users: Sequence[NatsUser] = (), *, port: int | None = None) -> None:
        """The folder holds the streams, the configuration with the users' passwords, the log and the port."""
        super().__init__(folder, port=port)
        self.users = tuple(users)
        self._program = Path()
        self._account: pwd.struct_passwd | None = None
        self._monitor_port = 0

    def url(self, user: str | None = None) -> str:
        """The address for one of the users, with its password; for nobody in particular without one."""
        if user is None:
            return f"nats://{LOOPBACK}:{self.port}"
        passwords = {one.name: one.password for one in self.users}
        if user not in passwords:
            raise KeyError(f"no NATS user {user!r}; there are: {', '.join(passwords) or 'none'}")
        return f"nats://{user}:{passwords[user]}@{LOOPBACK}:{self.port}"

    @property
    def monitor_url(self) -> str:
        """The HTTP address of the server's own health and figures."""
        return f"http://{LOOPBACK}:{self._monitor_port}"

    def lose_data(self) -> None:
        """Delete all streams and consumers, as a lost disk would. The server must not run."""
        shutil.rmtree(self._store)

    @property
    def _store(self) -> Path:
        return self.folder / "store"

    def _prepare(self) -> pwd.struct_passwd | None:
        self._account = account_for(self._store)
        require_entry(self.folder, self._account)
        self._program = nats_program(self.folder / "programs", self._account)
        self._store.mkdir(mode=0o700, exist_ok=True)
        give(self._store, self._account)
        return self._account

    def _command(self, port: int) -> list[str | Path]:
        self._monitor_port = free_port()
        config = self.folder / "nats.conf"
        config.unlink(missing_ok=True)
        config.touch(mode=0o600)
        config.write_text(
            render_config(
                self.users,
                listen=f"{LOOPBACK}:{port}",
                store_dir=str(self._store),
                monitor=f"{LOOPBACK}:{self._monitor_port}",
            )
        )
        give(config, self._account)
        return [self._program, "--config", config]

    def _answers(self) -> bool:
        # Plain HTTP needs no certificates, and reading them takes longer than asking.
        url = f"{self.monitor_url}/healthz?js-enabled-only=true"
        try:
            answer = httpx.get(url, timeout=2, trust_env=False, verify=False)  # noqa: S501 - plain HTTP on loopback
        except httpx.TransportError:
            return False
        return answer.status_code == 200
