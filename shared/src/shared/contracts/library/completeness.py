"""The completeness of the metadata of the library."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.library.findings import LibraryFinding
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.message import Request
from shared.contracts.model import Model


class FieldCompleteness(Model):
    """How many books have a value in one field."""

    field: FieldName
    books: int
    percent: float = Field(ge=0, le=100)


class Completeness(Model):
    """How complete the metadata of the active books is, and the findings about the library as a whole."""

    books: int
    complete: int = Field(description="books that have every field that any book should have")
    percent: float = Field(
        ge=0, le=100, description="percentage of the books that are complete; 100 when there are none"
    )
    fields: list[FieldCompleteness]
    findings: list[LibraryFinding] = []


class GetCompleteness(Request[Completeness]):
    """Get the completeness of the active books, field by field, and the findings about the library."""

    subject: ClassVar[str] = "rpc.library.get_completeness"
