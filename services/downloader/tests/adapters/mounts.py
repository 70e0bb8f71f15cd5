"""Small and read-only disks for tests, in a mount namespace of their own."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
"""The command that runs a program in a mount namespace."""


@cache
def _namespaces_are_allowed() -> bool:
    try:
        return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def skip_without_namespaces() -> None:
    """Skip the test if this machine forbids mount namespaces."""
    if not _namespaces_are_allowed():
        pytest.skip("this machine forbids mount namespaces")


def tmpfs(folder: Path, options: str) -> str:
    """The shell command that mounts a disk in memory."""
    return f"mount -t tmpfs -o {options} tmpfs '{folder}'"
