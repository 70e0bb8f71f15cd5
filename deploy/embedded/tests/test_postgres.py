"""The embedded Postgres starts, keeps its data and stops."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from embedded.folder import FolderInUse
from embedded.postgres import Postgres
from embedded.process import CannotStart, free_port


@pytest.fixture
def postgres(server_folder: Path) -> Postgres:
    return Postgres(server_folder / "postgres", durable=False)


def test_it_answers_after_start_and_has_ended_after_stop(postgres: Postgres) -> None:
    with postgres:
        with psycopg.connect(postgres.url()) as client:
            row = client.execute("SELECT current_setting('server_version_num')::int").fetchone()
        assert row is not None
        assert row[0] >= 180000
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.url(), connect_timeout=2)


def test_a_wrong_password_is_refused(postgres: Postgres) -> None:
    with postgres, pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url().replace(postgres.password, "guessed"))


def test_committed_data_survives_a_kill_and_a_restart_on_the_same_port(postgres: Postgres) -> None:
    with postgres:
        with psycopg.connect(postgres.url()) as client:
            client.execute("CREATE TABLE works AS SELECT 'Ozma of Oz' AS title")
        url = postgres.url()
        postgres.kill()
        assert not postgres.running
        postgres.restart()
        assert postgres.url() == url
        with psycopg.connect(url) as client:
            assert client.execute("SELECT title FROM works").fetchone() == ("Ozma of Oz",)


def test_a_later_start_uses_the_stored_port_and_the_same_data(server_folder: Path) -> None:
    with Postgres(server_folder / "postgres", durable=False) as first:
        port = first.port
        with psycopg.connect(first.url()) as client:
            client.execute("CREATE TABLE kept ()")
    with Postgres(server_folder / "postgres", durable=False) as second:
        assert second.port == port
        with psycopg.connect(second.url()) as client:
            assert client.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_stored_port_that_is_in_use_is_replaced_by_a_free_one(server_folder: Path) -> None:
    folder = server_folder / "postgres"
    with Postgres(server_folder / "other", durable=False) as other:
        folder.mkdir()
        (folder / "port").write_text(f"{other.port}\n")
        with Postgres(folder, durable=False) as postgres:
            assert postgres.port != other.port


def test_the_error_names_a_configured_port_that_is_in_use(server_folder: Path) -> None:
    port = free_port()
    with (
        Postgres(server_folder / "first", port=port, durable=False),
        pytest.raises(CannotStart, match=f"port {port} is in use"),
    ):
        Postgres(server_folder / "second", port=port, durable=False).start()


def test_a_second_instance_on_the_same_folder_is_refused(postgres: Postgres) -> None:
    with postgres, pytest.raises(FolderInUse, match=f"another Gapless is using {postgres.folder}"):
        Postgres(postgres.folder, durable=False).start()


def test_a_cluster_whose_creation_was_interrupted_is_created_again(postgres: Postgres) -> None:
    half = postgres.folder / "cluster.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with postgres, psycopg.connect(postgres.url()) as client:
        assert client.execute("SELECT 1").fetchone() == (1,)


def test_it_does_not_run_as_root(postgres: Postgres) -> None:
    with postgres:
        owner = Path(f"/proc/{postgres.pid}").stat().st_uid
    assert owner != 0
    assert owner == os.geteuid() or os.geteuid() == 0


def test_only_its_account_can_read_its_password_and_its_log(postgres: Postgres) -> None:
    with postgres:
        modes = [(postgres.folder / name).stat().st_mode & 0o077 for name in ("password", "log", "cluster")]
    assert modes == [0, 0, 0]


def test_a_setting_with_a_missing_program_is_refused_with_an_example(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_BIN", "/nowhere/bin")
    with pytest.raises(CannotStart, match="POSTGRES_BIN: /nowhere/bin/postgres is not a program"):
        postgres.start()


LAUNCHER = """
import sys
from pathlib import Path
from embedded.postgres import Postgres
with Postgres(Path(sys.argv[1]), durable=False) as postgres:
    print(postgres.url(), flush=True)
    sys.stdin.read()
"""


def test_it_ends_when_its_launcher_is_killed_and_the_next_launcher_waits_for_that(server_folder: Path) -> None:
    folder = server_folder / "postgres"
    command = [sys.executable, "-c", LAUNCHER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout is not None
        url = launcher.stdout.readline().strip()
        client = psycopg.connect(url, autocommit=True)
        launcher.send_signal(signal.SIGKILL)
        launcher.wait()
    with Postgres(folder, durable=False) as postgres:
        deadline = time.monotonic() + 60
        with pytest.raises(psycopg.OperationalError):  # noqa: PT012 - the old server may have one more answer in it
            while time.monotonic() < deadline:
                client.execute("SELECT 1")
        assert postgres.running
