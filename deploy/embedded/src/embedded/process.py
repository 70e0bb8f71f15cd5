"""Starts child processes that end with this process and do not run as root."""

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

LOOPBACK = "127.0.0.1"
UNPRIVILEGED = ("postgres", "nobody")
PR_SET_PDEATHSIG = 1
"""From Linux's prctl.h. The signal is sent when the *thread* that started the child ends, see `spawn`."""


class CannotStart(Exception):
    """A server cannot be started; the message says why and what to do."""


class _RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def account_for(folder: Path) -> pwd.struct_passwd | None:
    """The account that a server with its data in this folder runs as; None means the current account.

    Postgres refuses to run as root and needs an account with a name. An existing folder keeps its owner. Raises
    `CannotStart` if root has no account to use.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat().st_uid):
        return pwd.getpwuid(owner)
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart(f"servers cannot run as root: create one of the accounts {', '.join(UNPRIVILEGED)}")


def run_as(account: pwd.struct_passwd | None) -> _RunAs:
    """The arguments of `subprocess` that make a child run as the account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(path: Path, account: pwd.struct_passwd | None) -> None:
    """Make the account the owner of a file or folder."""
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)


def can_reach(program: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether the account can enter a folder or run a program, and enter all of its parent folders."""
    if account is None:
        return os.access(program, os.X_OK)
    return (
        subprocess.run(["/usr/bin/env", "test", "-x", program], cwd="/", check=False, **run_as(account)).returncode == 0
    )


def spawn(
    command: Sequence[str | Path], *, log: Path, account: pwd.struct_passwd | None, farewell: signal.Signals, hold: int
) -> subprocess.Popen[bytes]:
    """Start a server. It shares the lock `hold`, and gets the signal `farewell` if this process ends first.

    It has its own session, so that Ctrl-C reaches only this process, which decides the order of stopping. Its
    environment contains only what it needs and no secrets. Call this from the main thread: Linux sends the signal when
    the thread that started the child ends.
    """
    log.touch(mode=0o600)
    with log.open("ab") as lines:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            start_new_session=True,
            pass_fds=(hold,),
            preexec_fn=end_with_parent(farewell),  # noqa: PLW1509 - two system calls, no lock is taken
            **run_as(account),
        )


def end_with_parent(farewell: signal.Signals) -> Callable[[], None] | None:
    """What the child runs first, so that it gets the signal `farewell` when this process ends. Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def in_child() -> None:
        prctl(PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:
            os._exit(1)

    return in_child


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A loopback port that is free at this moment."""
    with socket.socket() as candidate:
        candidate.bind((LOOPBACK, 0))
        port: int = candidate.getsockname()[1]
        return port


def last_lines(log: Path, count: int = 8) -> str:
    """The end of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
