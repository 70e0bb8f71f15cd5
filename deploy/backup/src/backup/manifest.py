"""What stands in a backup beside the tables: what it is of, and how to know that it is whole."""

from datetime import datetime

from pydantic import BaseModel

FORMAT = 1
MANIFEST = "manifest.json"
SECRETS = "secrets.sealed"


class WrongBackup(Exception):
    """A backup that cannot be taken or used as asked; the message says why and what to do. Nothing was changed."""


class TableRecord(BaseModel):
    """One table as it was copied: in Postgres's text format, a line a row, columns in this order."""

    schema_name: str
    table: str
    columns: list[str]
    rows: int
    size_bytes: int
    sha256: str

    @property
    def entry(self) -> str:
        """Its name within the file."""
        return f"tables/{self.schema_name}.{self.table}.copy"


class SequenceRecord(BaseModel):
    """Where the numbers of a column had got to."""

    schema_name: str
    name: str
    last_value: int
    is_called: bool


class Manifest(BaseModel):
    """Of which installation and moment a backup is. `revisions`: of each schema that was ever made."""

    format: int = FORMAT
    gapless: str
    made_at: datetime
    revisions: dict[str, str]
    tables: list[TableRecord]
    sequences: list[SequenceRecord]
    has_secrets: bool

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables)
