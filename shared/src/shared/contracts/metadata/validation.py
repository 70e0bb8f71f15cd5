"""Validation of metadata, without changing anything."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.message import Request
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.entered_metadata import GivenValue
from shared.contracts.model import Model
from shared.contracts.values import Confidence, Reason


class FieldJudgement(Model):
    """Whether a value is valid for a field, and the value that would be written."""

    field: FieldName
    ok: bool
    problem: str | None = None
    value: FieldValue = Field(None, union_mode="smart")


class FieldDifference(Model):
    """A field in which the book differs from the given metadata."""

    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")


class EntryJudgement(Model):
    """A provider's entry, and the confidence that it describes the same book."""

    entry: CataloguedWork
    confidence: Confidence
    reasons: list[Reason]


class MetadataJudgement(Model):
    """The result of validating metadata. Nothing was changed."""

    ok: bool
    fields: list[FieldJudgement]
    differences: list[FieldDifference] = Field([], description="with `book_id`: the fields in which the book differs")
    entries: list[EntryJudgement] = Field(
        [], description="with `ask_providers`: the best matches, highest confidence first"
    )
    failures: dict[str, str] = Field({}, description="with `ask_providers`: the providers that failed, and why")


class ValidateMetadata(Request[MetadataJudgement]):
    """Validate metadata without changing anything. Providers are queried only with `ask_providers`."""

    subject: ClassVar[str] = "rpc.metadata.validate_metadata"
    timeout_seconds: ClassVar[float] = 30.0
    fields: dict[FieldName, Annotated[GivenValue, Field(union_mode="smart")]]
    book_id: UUID | None = None
    ask_providers: bool = False
