"""Metadata that a person enters, to be written or validated."""

from typing import Annotated, Any, get_args

from pydantic import ConfigDict, Field

from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.model import Model
from shared.contracts.values import Flag, LongWords, Words

METADATA_EXAMPLE: dict[str, Any] = {
    "narrators": ["Phil Chenevert"],
    "series": [{"name": "Oz", "sequence": "2"}],
    "isbn": "9780306406157",
    "published_year": "1904",
}


class GivenPlace(Model):
    """A series and the sequence in it, as a person enters them."""

    name: Words
    sequence: Words | None = Field(None, description='a number such as "2" or "2.5", or a range such as "1-3"')


Names = Annotated[list[Words], Field(max_length=100)]


Places = Annotated[list[GivenPlace], Field(max_length=50)]


GivenValue = LongWords | Names | Places | Flag | None


class GivenMetadata(Model):
    """Fields of a book as a person enters them. Fields left out do not change; null or an empty list clears a field."""

    model_config = ConfigDict(json_schema_extra={"examples": [METADATA_EXAMPLE]})

    title: Words | None = Field(None, description="cannot be cleared")
    subtitle: Words | None = None
    authors: Names | None = None
    narrators: Names | None = None
    series: Places | None = None
    isbn: Words | None = Field(None, description="ten or thirteen digits with a valid check digit")
    asin: Words | None = Field(None, description='"B0" followed by eight letters or digits, or an ISBN of ten digits')
    publisher: Words | None = None
    published_year: Words | None = Field(None, description="four digits")
    language: Words | None = Field(None, description="the name of a language, or its ISO 639 code")
    description: LongWords | None = None
    genres: Names | None = None
    tags: Names | None = None
    cover: Words | None = Field(None, description="the http or https address of a picture")
    chapters: LongWords | None = Field(
        None, description='one line for each chapter, with its start and title: "0:12:30 The Wooden Horse"'
    )
    abridged: Flag | None = Field(None, description="whether the recording is abridged; null: it is not")

    def entered(self) -> dict[FieldName, GivenValue]:
        """The fields that were entered, including those to clear."""
        return {name: getattr(self, name) for name in get_args(FieldName) if name in self.model_fields_set}
