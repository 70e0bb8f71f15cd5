"""The two steps that the Helm chart needs.

`prepare` is safe to repeat. `secrets` makes new secrets each time.

`python -m provisioning.kubernetes prepare` runs in a Job before the services of a new version start. It creates the
roles in Postgres, migrates the schemas, and creates the streams and consumers in NATS.

`python -m provisioning.kubernetes secrets POSTGRES NATS [PREFIX]` prints a Secret for each service and one for
`prepare`, for installations whose Secrets do not come from the chart. POSTGRES and NATS are addresses as
HOST:PORT; NATS may be several, separated by commas.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from shared.chassis.migrations import upgrade
from shared.chassis.streams import TooFewServers

from provisioning.broker import provision_at, replicas_in
from provisioning.compose import keys
from provisioning.roles import SCHEMAS, bootstrap
from provisioning.services import PARTS

SETUP = Path("/keys")
"""The folder with the Secret `PREFIX-setup`: the passwords of all roles and NATS users."""
ADMIN = Path("/admin")
"""The folder with `username` and `password` of a superuser of Postgres."""
PREFIX = "gapless-keys"
USAGE = "usage: python -m provisioning.kubernetes {prepare | secrets POSTGRES NATS [PREFIX]}"


def prepare(setup: Path, admin: Path, *, postgres_address: str, nats_address: str, replicas: int = 1) -> None:
    """Create or update roles, schemas, streams and consumers, and migrate the schemas to the newest revision.

    `replicas` is how many NATS servers have a copy of each stream. Raises `OSError` if a key is missing,
    `psycopg.Error`, `sqlalchemy.exc.SQLAlchemyError` or `nats.errors.Error` if a server refuses, and `TooFewServers` if
    NATS cannot have so many replicas.
    """
    name, password = (quote((admin / part).read_text().strip(), safe="") for part in ("username", "password"))
    urls = bootstrap(
        f"postgresql://{name}:{password}@{postgres_address}/postgres",
        {role: (setup / f"database-{role}").read_text().strip() for role in SCHEMAS},
        backup_password=(setup / "database-backup").read_text().strip(),
    )
    for part in PARTS:
        upgrade(part.spec.migrations, urls[part.role])
    setup_url = f"nats://setup:{(setup / 'nats-setup').read_text().strip()}@{nats_address}"
    asyncio.run(provision_at(setup_url, replicas=replicas))


def secrets(postgres_address: str, nats_address: str, prefix: str = PREFIX) -> str:
    """New Secrets as a List in JSON, for `kubectl apply -f -`. Their names begin with `prefix`."""
    with TemporaryDirectory() as folder:
        keys(Path(folder), postgres_address=postgres_address, nats_address=nats_address)
        listed = [_secret(f"{prefix}-{name}", Path(folder) / name) for name in ("setup", *(p.name for p in PARTS))]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": listed}, indent=1) + "\n"


def _secret(name: str, folder: Path) -> dict[str, object]:
    content = {file.name: file.read_text() for file in sorted(folder.iterdir())}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": content}


def main(arguments: list[str]) -> None:
    """Run the step that is named. Exits with the usage for anything else.

    `prepare` reads the addresses from POSTGRES_ADDRESS and NATS_ADDRESS, and the replicas from NATS_REPLICAS.
    """
    match arguments:
        case ["prepare"]:
            _prepare_from(os.environ)
        case ["secrets", postgres_address, nats_address, *prefix] if len(prefix) <= 1:
            sys.stdout.write(secrets(postgres_address, nats_address, *prefix))
        case _:
            sys.exit(USAGE)


def _prepare_from(environment: Mapping[str, str]) -> None:
    try:
        prepare(
            SETUP,
            ADMIN,
            postgres_address=environment["POSTGRES_ADDRESS"],
            nats_address=environment["NATS_ADDRESS"],
            replicas=replicas_in(environment),
        )
    except (ValueError, TooFewServers) as error:
        sys.exit(f"prepare: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
