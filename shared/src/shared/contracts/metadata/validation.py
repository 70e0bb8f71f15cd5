"""Validation: given metadata is judged, and nothing is changed."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.message import Request
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.given import GivenValue
from shared.contracts.values import Confidence, Reason


class FieldJudgement(BaseModel):
    """Whether a given value can be a field's, and as what it would be written."""

    field: FieldName
    ok: bool
    problem: str | None = None
    value: FieldValue = Field(None, union_mode="smart")


class FieldDifference(BaseModel):
    """A field that a book has otherwise than given."""

    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")


class EntryJudgement(BaseModel):
    """A provider's entry, and how surely it speaks of the book that was described."""

    entry: CataloguedWork
    confidence: Confidence
    reasons: list[Reason]


class MetadataJudgement(BaseModel):
    """What was found out about given metadata. Nothing was changed."""

    ok: bool
    fields: list[FieldJudgement]
    differences: list[FieldDifference] = Field([], description="with a book: what it has otherwise")
    entries: list[EntryJudgement] = Field([], description="with `ask_providers`: the likeliest entries, surest first")
    failures: dict[str, str] = Field({}, description="with `ask_providers`: who could not be asked, and why")


class ValidateMetadata(Request[MetadataJudgement]):
    """Judge given metadata, and change nothing; providers are asked only when told so."""

    subject: ClassVar[str] = "rpc.metadata.validate_metadata"
    timeout_seconds: ClassVar[float] = 30.0
    fields: dict[FieldName, Annotated[GivenValue, Field(union_mode="smart")]]
    book_id: UUID | None = None
    ask_providers: bool = False
