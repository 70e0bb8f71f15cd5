"""Finds the installation to back up or restore: its database and its secrets.

The first of these that exists: the database in ADMIN_DATABASE_URL, the keys of a compose installation, the folder of an
embedded installation.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from provisioning import compose
from provisioning.roles import DATABASE

from backup.manifest import WrongBackup
from backup.places import FIRST_KEY, SEALING, Place


@contextmanager
def find_place(environment: Mapping[str, str], *, to_restore: bool) -> Iterator[Place]:
    """The installation of this machine. For a restore an embedded one must not be running: it is started for that.

    Raises `WrongBackup` if there is none or it cannot be used.
    """
    if url := environment.get("ADMIN_DATABASE_URL"):
        yield Place(url, _from_environment(environment), None)
    elif (compose.FOLDER / "setup" / "postgres").exists():
        yield _composed(compose.FOLDER)
    else:
        yield from _local(environment, to_restore=to_restore)


def _local(environment: Mapping[str, str], *, to_restore: bool) -> Iterator[Place]:
    """The installation in the folder GAPLESS_DATA. Raises `WrongBackup` if the embedded servers are not installed."""
    if find_spec("embedded") is None:
        raise WrongBackup("no installation found: set ADMIN_DATABASE_URL, or mount the keys of the containers")
    # Production images do not contain the embedded servers.
    from backup.local_installation import local_place  # noqa: PLC0415

    with local_place(environment, to_restore=to_restore) as found:
        yield found


def _composed(folder: Path) -> Place:
    url = f"postgresql://postgres:{(folder / 'setup' / 'postgres').read_text()}@{compose.POSTGRES}/{DATABASE}"
    files = {name: folder / name.partition(":")[2] / "secret_key" for name in SEALING}
    files[FIRST_KEY] = folder / "gateway" / "api_key"
    if missing := [str(file) for file in files.values() if not file.exists()]:
        raise WrongBackup(f"missing: {', '.join(missing)}. Mount the volumes with the keys of these services")

    def store_secrets(others: Mapping[str, str]) -> None:
        for name, value in others.items():
            if name in files and files[name].read_text() != value:
                compose.write_key(files[name], value)

    return Place(url, {name: file.read_text() for name, file in files.items()}, store_secrets)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """SECRET_KEY and API_KEY, or the contents of the files in SECRET_KEY_FILE and API_KEY_FILE."""
    found: dict[str, str] = {}
    for setting, names in (("SECRET_KEY", SEALING), ("API_KEY", (FIRST_KEY,))):
        value = environment.get(setting)
        if not value and (file := environment.get(f"{setting}_FILE")):
            value = Path(file).read_text(encoding="utf-8").strip()
        if value:
            found |= dict.fromkeys(names, value)
    return found
