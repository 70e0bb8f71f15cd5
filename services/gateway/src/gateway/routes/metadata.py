"""/api/metadata, and the metadata of one book changed by hand"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from shared.contracts.library.books import GetBook
from shared.contracts.library.completeness import Completeness, GetCompleteness
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.metadata.corrections import (
    BookCorrected,
    CorrectBook,
    Correction,
    GetCorrection,
    ListCorrections,
    UndoCorrection,
)
from shared.contracts.metadata.given import AN_EXAMPLE, GivenMetadata, GivenValue
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.metadata.validation import MetadataJudgement, ValidateMetadata
from shared.contracts.page import Page
from shared.contracts.scheduler import Run, RunTask
from shared.contracts.system import Statistics, TellStatistics
from shared.contracts.values import Words

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/metadata", tags=["metadata"], responses=problems())
books_router = APIRouter(prefix="/api/books", tags=["books"], responses=problems())

CallerDep = Annotated[Caller, KEYED]
A_BOOK = "7f1f8a52-8f0b-4d5c-9c1e-2b8f6c0d4e11"


class NewCorrection(BaseModel):
    """One field of one book, as a person wants it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"book_id": A_BOOK, "field": "isbn", "value": "9780306406157", "reason": "as printed on the cover"},
                {"book_id": A_BOOK, "field": "series", "value": [{"name": "Oz", "sequence": "2"}]},
            ]
        }
    )

    book_id: UUID
    field: FieldName
    value: GivenValue = Field(
        union_mode="smart",
        description="a text; for authors, narrators and genres a list of names; for series a list of places; "
        "null or an empty list empties the field",
    )
    reason: Words | None = None


class ToValidate(BaseModel):
    """Metadata to be judged; with `book_id` against what that book has."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"metadata": AN_EXAMPLE}, {"metadata": {"isbn": "0306406152"}, "book_id": A_BOOK}]
        }
    )

    metadata: GivenMetadata
    book_id: UUID | None = None
    ask_providers: bool = Field(False, description="ask the providers too, which takes some seconds")


class BulkRefresh(BaseModel):
    """Which books are put through the pipeline."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"mode": "MISSING", "dry_run": True}]})

    mode: Literal["FULL", "NEW", "MISSING"] = Field(
        description="FULL: every book, and series in doubt are changed too; NEW: books added lately; "
        "MISSING: books that lack a field every book has. NEW and MISSING fill empty fields only"
    )
    dry_run: bool = Field(False, description="say in the run's `plan` what would be changed, and change nothing")


TASKS = {"FULL": "metadata_full_refresh", "NEW": "metadata_new_books", "MISSING": "metadata_missing"}


@router.get("/corrections")
async def list_corrections(bus: BusDep, query: Annotated[ListCorrections, Query()]) -> Page[Correction]:
    """Corrections, newest first."""
    return await bus.ask(query)


@router.post("/corrections", status_code=201, responses=problems(404, 409))
async def create_correction(bus: BusDep, caller: CallerDep, response: Response, body: NewCorrection) -> Correction:
    """Change one field of a book by hand; it is written to Audiobookshelf, and no machine changes it afterwards."""
    asked = CorrectBook(book_id=body.book_id, fields={body.field: body.value}, made_by=caller.name, reason=body.reason)
    (made,) = (await bus.ask(asked)).corrections
    response.headers["Location"] = f"/api/metadata/corrections/{made.id}"
    return made


@router.get("/corrections/{correction_id}", responses=problems(404))
async def get_correction(bus: BusDep, correction_id: UUID) -> Correction:
    """One correction."""
    return await bus.ask(GetCorrection(id=correction_id))


@router.delete("/corrections/{correction_id}", status_code=202, responses=problems(404, 409))
async def undo_correction(bus: BusDep, correction_id: UUID) -> Correction:
    """Take a correction back: the old value goes back, to Audiobookshelf too."""
    return await bus.ask(UndoCorrection(id=correction_id))


@router.post("/validate", responses=problems(404))
async def validate_metadata(bus: BusDep, body: ToValidate) -> MetadataJudgement:
    """Judge given metadata, and change nothing."""
    asked = ValidateMetadata(fields=body.metadata.given(), book_id=body.book_id, ask_providers=body.ask_providers)
    return await bus.ask(asked)


@router.post("/refresh/{book_id}", status_code=202, responses=problems(404, 409))
async def refresh_book(bus: BusDep, response: Response, book_id: UUID) -> Run:
    """Put one book through the metadata pipeline now; refused while another book is."""
    book = await bus.ask(GetBook(id=book_id))
    asked = RunTask(name="metadata_book", parameters={"book_id": str(book.id)})
    return accepted(response, await bus.ask(asked))


@router.post("/bulk-refresh", status_code=202, responses=problems(409))
async def refresh_many_books(bus: BusDep, response: Response, body: BulkRefresh) -> Run:
    """Put many books through the metadata pipeline now; refused while such a run is under way."""
    return accepted(response, await bus.ask(RunTask(name=TASKS[body.mode], dry_run=body.dry_run)))


@router.get("/statistics")
async def get_metadata_statistics(bus: BusDep) -> Statistics:
    """Corrections by status, source and field; refreshes with their confidence; remembered answers by provider."""
    return await bus.ask(TellStatistics(), of="metadata")


@router.get("/status")
async def get_metadata_status(bus: BusDep) -> Completeness:
    """How completely the books are described, field by field."""
    return await bus.ask(GetCompleteness())


@router.get("/providers")
async def list_providers(bus: BusDep) -> list[Provider]:
    """The sources of metadata in the order they are asked: their weight, health, and what is left of their limits."""
    return await bus.ask(ListProviders())


@books_router.post("/{book_id}/metadata", status_code=202, responses=problems(404, 409))
async def correct_book(bus: BusDep, caller: CallerDep, book_id: UUID, body: GivenMetadata) -> BookCorrected:
    """Change a book's metadata by hand: a correction for each field that changes, written to Audiobookshelf."""
    return await bus.ask(CorrectBook(book_id=book_id, fields=body.given(), made_by=caller.name))
