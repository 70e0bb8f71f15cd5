"""How completely the books of the library are described."""

from typing import ClassVar

from pydantic import BaseModel, Field

from shared.contracts.library.findings import LibraryFinding
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.message import Request


class FieldCompleteness(BaseModel):
    """How many books have something in a field."""

    field: FieldName
    books: int
    percent: float = Field(ge=0, le=100)


class Completeness(BaseModel):
    """The active books by what their descriptions hold, and what is wrong with the library as a whole."""

    books: int
    complete: int = Field(description="books that lack nothing which every book has")
    percent: float = Field(ge=0, le=100, description="of the books, how many are complete; 100 when there is no book")
    fields: list[FieldCompleteness]
    findings: list[LibraryFinding] = []


class GetCompleteness(Request[Completeness]):
    """How completely the active books are described, field by field, and what is wrong with the library."""

    subject: ClassVar[str] = "rpc.library.get_completeness"
