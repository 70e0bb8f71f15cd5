"""Imports: the folders in which books are placed, the imports that need a person, and imports by hand."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.downloads.downloads import Download
from shared.contracts.library.entered_values import GivenPlace
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.translatable import Translatables
from shared.contracts.values import BookId, Confidence, DownloadId, MissingBookId, Moment, Reason, Whole, Words

TemplateText = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class PreviewedPath(Model):
    """The folder that a template gives to one book of the library. The book is not moved."""

    book_id: BookId
    title: str
    current_path: str = Field(description="its folder now, relative to the library folder")
    path: str = Field(
        description="its folder by the template", examples=["L. Frank Baum/Oz/03 - Ozma of Oz {Phil Chenevert}"]
    )


class PathPreview(Model):
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
    FOUND_FOLDER = "found_folder"


class ImportChoice(Model):
    """One thing that a person can decide about an import."""

    key: str = Field(examples=["beside"])
    words: str = Field(description="what happens then", examples=["place it in a folder of its own with a number"])


class WaitingImport(Model):
    """An import that needs a person: why, and what can be decided."""

    id: UUID
    download_id: DownloadId | None = Field(None, description="null: new files, of which no book has a download yet")
    path: str | None = Field(None, description="where new files were found")
    kind: WaitingImportKind
    title: str
    authors: list[str] = []
    reasons: list[str] = Field(description="why it needs a person, with the figures")
    translatable: Translatables = Field({}, description="code and figures of the reasons, by `reasons.0` and so on")
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


FolderPath = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^/[^\x00]*$")]


class FoundMatch(Model):
    """A missing book, or a book of the library, that found files may be."""

    missing_book_id: MissingBookId | None = None
    book_id: BookId | None = Field(None, description="set if the library has the book already")
    title: str
    authors: list[str] = []
    confidence: Confidence
    reasons: list[Reason] = Field(description="what speaks for and against it")


class FoundBook(Model):
    """Audio files in a folder that are one book, as Audiobookshelf would see them."""

    path: str = Field(description="the folder or the file", examples=["/data/incoming/Ozma of Oz"])
    files: int = Field(description="number of audio files")
    size_bytes: int
    duration_minutes: float = Field(description="playing time by the headers of the files")
    title: str = Field(description="from the tags, or the name of the folder or file")
    authors: list[str] = []
    narrators: list[str] = []
    problem: str = Field("", description="why it cannot be imported; empty if it can")
    matches: list[FoundMatch] = Field([], description="best first; empty if nothing fits")


class FoundBooks(Model):
    """What was found in a folder."""

    books: list[FoundBook]
    truncated: bool = Field(description="true: there are more; scan a folder below this one")


class ScanImportFolder(Request[FoundBooks]):
    """Find the books in a folder and match them to missing and owned books. Nothing is changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"folder": "/data/incoming"}]})
    subject: ClassVar[str] = "rpc.downloads.scan_import_folder"
    timeout_seconds: ClassVar[float] = 60.0
    folder: FolderPath = Field(description="a folder below one of IMPORT_FOLDERS")


class ImportFolder(Request[Download]):
    """Import the files of a folder, or one file, as a missing book or as the named book. The files stay there."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"path": "/data/incoming/Ozma", "missing_book_id": "6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10"},
                {"path": "/data/incoming/Ozma", "title": "Ozma of Oz", "authors": ["L. Frank Baum"]},
            ]
        }
    )
    subject: ClassVar[str] = "rpc.downloads.import_folder"
    timeout_seconds: ClassVar[float] = 60.0
    path: FolderPath = Field(description="a folder or an audio file below one of IMPORT_FOLDERS")
    missing_book_id: UUID | None = Field(None, description="null: the book that `title` and `authors` name")
    title: Words | None = None
    authors: list[Words] = Field([], max_length=20)
    series: GivenPlace | None = None

    @model_validator(mode="after")
    def _one_book(self) -> Self:
        if (self.missing_book_id is None) is (self.title is None):
            raise ValueError("either missing_book_id or title is needed")
        return self
