"""The manifest of a backup: where and when it was made, and the checksums of its tables."""

from datetime import datetime

from pydantic import BaseModel

FORMAT = 1
MANIFEST = "manifest.json"
SECRETS = "secrets.sealed"


class WrongBackup(Exception):
    """A backup cannot be made or restored; the message says why and what to do. Nothing was changed."""


class TableRecord(BaseModel):
    """One table, stored in the text format of Postgres's COPY: one line per row, with the columns in this order."""

    schema_name: str
    table: str
    columns: list[str]
    rows: int
    size_bytes: int
    sha256: str

    @property
    def entry(self) -> str:
        """The name of its entry in the archive."""
        return f"tables/{self.schema_name}.{self.table}.copy"


class SequenceRecord(BaseModel):
    """The state of one sequence."""

    schema_name: str
    name: str
    last_value: int
    is_called: bool


class Manifest(BaseModel):
    """The contents of a backup. `revisions` has the schema revision of each service that has ever run."""

    format: int = FORMAT
    gapless: str
    made_at: datetime
    revisions: dict[str, str]
    tables: list[TableRecord]
    sequences: list[SequenceRecord]
    has_secrets: bool

    @property
    def rows(self) -> int:
        """The number of rows in all tables."""
        return sum(table.rows for table in self.tables)
