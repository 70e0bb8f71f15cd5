"""A Postgres cluster with the schemas of all services. A process makes it once, and copies it for each installation.

To create and migrate a cluster takes three seconds of processor time, to copy one a tenth.
"""

import atexit
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from embedded.folder import make_enterable, passing_folder
from embedded.installation import Installation
from embedded.postgres import Postgres
from provisioning.roles import SCHEMAS, bootstrap
from provisioning.services import PARTS
from shared.chassis.migrations import upgrade

COPIED = ("cluster", "password")


def copy_migrated_cluster(postgres: Path) -> bool:
    """Put a migrated cluster into the folder of a Postgres that was never started. False if it has a cluster.

    The roles have passwords that `provisioning.roles.bootstrap` replaces at each start of an installation.
    """
    if (postgres / "cluster").exists():
        return False
    make_enterable(postgres)
    subprocess.run(["cp", "-a", *(_template() / name for name in COPIED), postgres], check=True)
    return True


@contextmanager
def migrated_installation(folder: Path) -> Iterator[Installation]:
    """A new installation with migrated schemas, while its Postgres and NATS run."""
    copy_migrated_cluster(folder / "postgres")
    with Installation(folder) as made:
        yield made


@cache
def _template() -> Path:
    """The folder of a migrated and stopped Postgres. It is deleted when this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(passing_folder()) / "postgres"
    with Postgres(folder, durable=False) as server:
        addresses = bootstrap(server.url(), dict.fromkeys(SCHEMAS, "replaced"), backup_password="replaced")
        for part in PARTS:
            upgrade(part.spec.migrations, addresses[part.role])
    return folder
