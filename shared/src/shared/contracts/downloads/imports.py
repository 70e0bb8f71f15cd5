"""Imports: the folders in which books are placed, and the imports that need a person."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.message import Request
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import BookId, DownloadId, Moment, Whole, Words

TemplateText = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class PreviewedPath(BaseModel):
    """The folder that a template gives to one book of the library. The book is not moved."""

    book_id: BookId
    title: str
    current_path: str = Field(description="its folder now, relative to the library folder")
    path: str = Field(
        description="its folder by the template", examples=["L. Frank Baum/Oz/03 - Ozma of Oz {Phil Chenevert}"]
    )


class PathPreview(BaseModel):
    """The folders that a template gives to books of the library."""

    template: str
    items: list[PreviewedPath]
    total: int = Field(description="number of books in the library")


class PreviewPaths(Request[PathPreview]):
    """Preview the folders that a template gives to books of the library, newest first. Nothing is moved."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"template": "{Author}/<{Series}/>{Title}< ({Year})>", "limit": 5}]}
    )
    subject: ClassVar[str] = "rpc.downloads.preview_paths"
    template: TemplateText | None = Field(
        None,
        description="a template as in the setting PATH_TEMPLATE; null: that setting",
        examples=["{Author}/<{Series}/>{Title}< ({Year})>"],
    )
    limit: Annotated[Whole, Field(ge=1, le=50, description="maximum number of books")] = 20
    offset: Annotated[Whole, Field(ge=0, le=10_000_000, description="number of books to skip")] = 0


class WaitingImportKind(StrEnum):
    """Why an import needs a person."""

    NAME_TAKEN = "name_taken"
    OTHER_BOOK = "other_book"
    PLAYING_TIME = "playing_time"


class ImportChoice(BaseModel):
    """One thing that a person can decide about an import."""

    key: str = Field(examples=["beside"])
    words: str = Field(description="what happens then", examples=["place it in a folder of its own with a number"])


class WaitingImport(BaseModel):
    """An import that needs a person: why, and what can be decided."""

    id: UUID
    download_id: DownloadId
    kind: WaitingImportKind
    title: str
    authors: list[str] = []
    reasons: list[str] = Field(description="why it needs a person, with the figures")
    choices: list[ImportChoice]
    asked_at: Moment
    answer: str | None = Field(None, description="the key of the choice that was made; null: none yet")
    answered_at: Moment | None = None
    answered_by: str | None = None


class ListWaitingImports(Request[Page[WaitingImport]]):
    """List the imports that need a person, oldest first."""

    subject: ClassVar[str] = "rpc.downloads.list_waiting_imports"
    kind: WaitingImportKind | None = None
    answered: bool = Field(False, description="true: those that were decided, instead of those that wait")
    limit: Limit = 50
    offset: Offset = 0


class DecideImport(Request[WaitingImport]):
    """Decide about an import that needs a person. Repeating the same decision changes nothing."""

    subject: ClassVar[str] = "rpc.downloads.decide_import"
    id: UUID
    choice: Words
    decided_by: Words
