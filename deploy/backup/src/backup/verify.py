"""Verifies a backup: only one that is complete and unchanged is restored."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from backup.manifest import FORMAT, MANIFEST, SECRETS, Manifest, TableRecord, WrongBackup
from backup.sealing import unseal
from backup.write import OnProgress

BLOCK_BYTES = 1 << 18


class Verified:
    """A verified backup. `secrets` is None if the backup has none or no passphrase was given."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, secrets: dict[str, str] | None) -> None:
        self._archive = archive
        self.manifest = manifest
        self.secrets = secrets

    def blocks(self, table: TableRecord) -> Iterator[bytes]:
        """The rows of a table in the text format of Postgres's COPY, in blocks."""
        with self._archive.open(table.entry) as entry:
            while block := entry.read(BLOCK_BYTES):
                yield block


@contextmanager
def verified(file: Path, on_progress: OnProgress, passphrase: str = "") -> Iterator[Verified]:
    """Open a backup and verify it. Raises `WrongBackup` if it is damaged, changed or of another format."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(file))
            backup = _read(archive, passphrase)
            _check_tables(backup, on_progress)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            raise WrongBackup(f"{file} is damaged or not a backup of Gapless: {error}") from error
        except OSError as error:
            raise WrongBackup(f"cannot read {file}: {error.strerror or error}") from error
        yield backup


def _read(archive: zipfile.ZipFile, passphrase: str) -> Verified:
    names = archive.namelist()
    if MANIFEST not in names:
        raise WrongBackup(f"{archive.filename} is not a backup of Gapless: it has no {MANIFEST}")
    text = archive.read(MANIFEST)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise WrongBackup(f"the manifest of {archive.filename} cannot be read: {error.error_count()} errors") from error
    if manifest.format != FORMAT:
        raise WrongBackup(f"the backup has the format {manifest.format}, this version reads {FORMAT}: update Gapless")
    wanted = [MANIFEST, *([SECRETS] if manifest.has_secrets else []), *(table.entry for table in manifest.tables)]
    if sorted(names) != sorted(wanted):
        raise WrongBackup(f"{archive.filename} does not contain what its manifest lists: it was modified")
    secrets = unseal(archive.read(SECRETS), passphrase, text) if manifest.has_secrets and passphrase else None
    return Verified(archive, manifest, secrets)


def _check_tables(backup: Verified, on_progress: OnProgress) -> None:
    tables = backup.manifest.tables
    for done, table in enumerate(tables):
        on_progress(f"{table.schema_name}.{table.table}", done, len(tables))
        digest, rows = sha256(), 0
        for block in backup.blocks(table):
            digest.update(block)
            rows += block.count(b"\n")
        if digest.hexdigest() != table.sha256 or rows != table.rows:
            raise WrongBackup(
                f"the table {table.schema_name}.{table.table} does not match its checksum: it is damaged or modified"
            )
    on_progress("", len(tables), len(tables))
