"""An embedded NATS server, for machines without containers and for tests."""

import pwd
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import httpx
from provisioning.nats_config import ClusterMember, NatsUser, render_config

from embedded.process import LOOPBACK, account_for, free_port, give
from embedded.programs import nats_program
from embedded.server import Server, require_entry


class NatsServer(Server):
    """nats-server with JetStream on the loopback interface. Without users there is no authorization."""

    name: ClassVar[str] = "NATS"
    farewell: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(
        self,
        folder: Path,
        users: Sequence[NatsUser] = (),
        *,
        port: int | None = None,
        member: ClusterMember | None = None,
    ) -> None:
        """The folder contains the streams, the configuration with the users' passwords, the log and the port.

        With `member`, the server is part of a cluster.
        """
        super().__init__(folder, port=port)
        self.users = tuple(users)
        self._member = member
        self._program = Path()
        self._account: pwd.struct_passwd | None = None
        self._monitor_port = 0

    def url(self, user: str | None = None) -> str:
        """The address with the name and password of this user, or without any.

        Raises `KeyError` for an unknown user.
        """
        if user is None:
            return f"nats://{LOOPBACK}:{self.port}"
        passwords = {one.name: one.password for one in self.users}
        if user not in passwords:
            raise KeyError(f"no NATS user {user!r}; there are: {', '.join(passwords) or 'none'}")
        return f"nats://{user}:{passwords[user]}@{LOOPBACK}:{self.port}"

    @property
    def monitor_url(self) -> str:
        """The HTTP address for health and metrics."""
        return f"http://{LOOPBACK}:{self._monitor_port}"

    def lose_data(self) -> None:
        """Delete all streams and consumers, as if the disk was lost. The server must be stopped."""
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
                member=self._member,
            )
        )
        give(config, self._account)
        return [self._program, "--config", config]

    def _answers(self) -> bool:
        # Over plain HTTP no certificates are needed, and loading them takes longer than the request.
        url = f"{self.monitor_url}/healthz?js-enabled-only=true"
        try:
            response = httpx.get(url, timeout=2, trust_env=False, verify=False)  # noqa: S501 - plain HTTP on loopback
        except httpx.TransportError:
            return False
        return response.status_code == 200
