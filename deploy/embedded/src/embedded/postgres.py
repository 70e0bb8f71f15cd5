"""An embedded Postgres server, for machines without containers and for tests."""

import pwd
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from typing import ClassVar

import psycopg

from embedded.process import LOOPBACK, CannotStart, account_for, give, run_as
from embedded.programs import postgres_programs
from embedded.server import Server, require_entry

SUPERUSER = "postgres"
SMALL = {
    "shared_buffers": "32MB",
    "max_connections": "100",
    "io_method": "sync",  # no worker processes for reading: the library fits in memory
    "max_parallel_workers": "0",
    "autovacuum_naptime": "60s",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
"""Settings for a small database on a shared machine: about 20 MB of memory."""
FAST = {"fsync": "off", "full_page_writes": "off", "scram_iterations": "1", "autovacuum": "off"}
"""Settings for tests. A login then takes a third of the processor time. No statistics change meanwhile."""


class Postgres(Server):
    """PostgreSQL on the loopback interface, over TCP with a password. The superuser's password is stored in the folder.

    After `kill` a `restart` recovers every committed transaction. With `durable=False` tests go faster, but a crash of
    the machine (not of the server) may cost data, and stored passwords are easy to guess.
    """

    name: ClassVar[str] = "Postgres"
    farewell: ClassVar[signal.Signals] = signal.SIGINT
    """Postgres's fast shutdown: it disconnects the clients and needs no recovery at the next start."""

    def __init__(self, folder: Path, *, port: int | None = None, durable: bool = True) -> None:
        """The folder contains the cluster, the password, the log and the port."""
        super().__init__(folder, port=port)
        self.durable = durable
        self._programs = Path()

    @property
    def password(self) -> str:
        """The superuser's password."""
        return self._password_file.read_text().strip()

    def url(self, database: str = "postgres") -> str:
        """The superuser's address of a database on this server."""
        return f"postgresql://{SUPERUSER}:{self.password}@{LOOPBACK}:{self.port}/{database}"

    @property
    def _cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    def _prepare(self) -> pwd.struct_passwd | None:
        account = account_for(self._cluster)
        require_entry(self.folder, account)
        self._programs = postgres_programs(self.folder / "programs", account)
        if not self._cluster.exists():
            self._create_cluster(account)
        return account

    def _create_cluster(self, account: pwd.struct_passwd | None) -> None:
        """Create the cluster under a temporary name and rename it when complete, so that a start can be repeated."""
        self._password_file.unlink(missing_ok=True)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        give(self._password_file, account)
        unfinished = self.folder / "cluster.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        give(unfinished, account)
        done = subprocess.run(
            [
                self._programs / "initdb",
                *("--pgdata", unfinished, "--username", SUPERUSER, "--pwfile", self._password_file),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"),
                *([] if self.durable else ["--no-sync"]),
            ],
            cwd="/",
            text=True,
            capture_output=True,
            check=False,
            **run_as(account),
        )
        if done.returncode != 0:
            raise CannotStart(f"initdb could not create a cluster in {self.folder}: {done.stderr.strip()}")
        unfinished.rename(self._cluster)

    def _command(self, port: int) -> list[str | Path]:
        settings = SMALL if self.durable else SMALL | FAST
        command: list[str | Path] = [self._programs / "postgres", "-D", self._cluster]
        command += ["-h", LOOPBACK, "-p", str(port), "-k", ""]
        for key, value in settings.items():
            command += ["-c", f"{key}={value}"]
        return command

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True
