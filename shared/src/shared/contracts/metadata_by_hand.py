"""Metadata given by a person: to be written, or only to be judged."""

from typing import Annotated, Any, ClassVar, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.library.books import FieldName, FieldValue
from shared.contracts.message import Request
from shared.contracts.metadata import CataloguedWork, Correction
from shared.contracts.values import BookId, Confidence, LongWords, Reason, Words

AN_EXAMPLE: dict[str, Any] = {
    "narrators": ["Phil Chenevert"],
    "series": [{"name": "Oz", "sequence": "2"}],
    "isbn": "9780306406157",
    "published_year": "1904",
}


class GivenPlace(BaseModel):
    """A series and the place in it, as somebody typed them."""

    name: Words
    sequence: Words | None = Field(None, description='a number such as "2" or "2.5", or a range such as "1-3"')


Names = Annotated[list[Words], Field(max_length=100)]
Places = Annotated[list[GivenPlace], Field(max_length=50)]
GivenValue = LongWords | Names | Places | None


class GivenMetadata(BaseModel):
    """Fields of a book as a person gives them. What is left out stays as it is; null, or an empty list, empties."""

    model_config = ConfigDict(json_schema_extra={"examples": [AN_EXAMPLE]})

    title: Words | None = Field(None, description="cannot be emptied")
    subtitle: Words | None = None
    authors: Names | None = None
    narrators: Names | None = None
    series: Places | None = None
    isbn: Words | None = Field(None, description="ten or thirteen digits with a right check digit")
    asin: Words | None = Field(None, description='"B0" and eight letters or digits, or an ISBN of ten digits')
    publisher: Words | None = None
    published_year: Words | None = Field(None, description="four digits")
    language: Words | None = Field(None, description="a name or a code of ISO 639")
    description: LongWords | None = None
    genres: Names | None = None

    def given(self) -> dict[FieldName, GivenValue]:
        """The fields that were given, also those to be emptied."""
        return {name: getattr(self, name) for name in get_args(FieldName) if name in self.model_fields_set}


class BookCorrected(BaseModel):
    """What became of a change by hand: a correction for each field that changes, and the fields that are so already."""

    corrections: list[Correction]
    unchanged: list[FieldName] = []


class CorrectBook(Request[BookCorrected]):
    """Change fields of a book by hand. Refused when the book is unknown, a value cannot be, or nothing would change."""

    subject: ClassVar[str] = "rpc.metadata.correct_book"
    not_twice: ClassVar[bool] = True
    book_id: BookId
    fields: dict[FieldName, Annotated[GivenValue, Field(union_mode="smart")]]
    made_by: str = Field(description="the name of the key with which it was asked")
    reason: Words | None = None


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
