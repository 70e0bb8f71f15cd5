"""/api/metadata, and corrections of one book by hand"""

from typing import Annotated, Any, Literal
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
    CorrectionSelection,
    CorrectionsUndone,
    GetCorrection,
    ListCorrections,
    UndoCorrection,
    UndoCorrections,
)
from shared.contracts.metadata.entered_metadata import METADATA_EXAMPLE, GivenMetadata, GivenValue
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.metadata.refreshes import MAX_BOOKS, RefreshScope
from shared.contracts.metadata.validation import MetadataJudgement, ValidateMetadata
from shared.contracts.page import Page
from shared.contracts.scheduler import Run, RunTask
from shared.contracts.system import Statistics, TellStatistics
from shared.contracts.values import BookId, Flag, Words

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
    """The new value of one field of one book."""

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
        description="a text; a list of names for authors, narrators and genres; a list of names and sequences for "
        "series; true or false for abridged; null or an empty list clears the field",
    )
    reason: Words | None = None


class ToValidate(BaseModel):
    """Metadata to validate; with `book_id`, it is compared with that book."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"metadata": METADATA_EXAMPLE}, {"metadata": {"isbn": "0306406152"}, "book_id": A_BOOK}]
        }
    )

    metadata: GivenMetadata
    book_id: UUID | None = None
    ask_providers: Flag = Field(False, description="also query the providers; takes some seconds")


class Refresh(RefreshScope):
    """Selects the books to refresh: by a mode, and by further conditions."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"mode": "MISSING"}, {"mode": "FULL", "author": "L. Frank Baum"}]}
    )

    mode: Literal["FULL", "NEW", "MISSING"] = Field(
        description="FULL: every book, including changes to doubtful series; NEW: recently added books; "
        "MISSING: books that lack a required field. NEW and MISSING only fill empty fields"
    )
    books: list[BookId] | None = Field(
        None,
        min_length=1,
        max_length=MAX_BOOKS,
        description="only the books with these ids, such as some of those in the `plan` of a preview",
    )

    def parameters(self) -> dict[str, Any]:
        """The conditions as parameters of the task."""
        return self.model_dump(mode="json", include={*RefreshScope.model_fields, "books"}, exclude_none=True)


class BulkRefresh(Refresh):
    """Selects the books to refresh, and whether anything is changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"mode": "MISSING", "dry_run": True}]})

    dry_run: Flag = Field(False, description="change nothing, and list in the `plan` of the run what would change")


TASKS = {"FULL": "metadata_full_refresh", "NEW": "metadata_new_books", "MISSING": "metadata_missing"}


@router.get("/corrections", summary="List corrections")
async def list_corrections(bus: BusDep, query: Annotated[ListCorrections, Query()]) -> Page[Correction]:
    """Corrections, newest first by default."""
    return await bus.ask(query)


@router.post("/corrections", status_code=201, responses=problems(404, 409), summary="Correct one field")
async def create_correction(bus: BusDep, caller: CallerDep, response: Response, body: NewCorrection) -> Correction:
    """Correct one field of a book by hand. The value is written to Audiobookshelf and no refresh changes it later."""
    request = CorrectBook(
        book_id=body.book_id, fields={body.field: body.value}, made_by=caller.name, reason=body.reason
    )
    (made,) = (await bus.ask(request)).corrections
    response.headers["Location"] = f"/api/metadata/corrections/{made.id}"
    return made


@router.post("/corrections/undo", status_code=202, summary="Undo corrections")
async def undo_corrections(bus: BusDep, body: CorrectionSelection) -> CorrectionsUndone:
    """Undo the corrections with these ids, or all applied ones of a run, of a day or of another filter.

    The old values are restored, also in Audiobookshelf, and the fields are never changed automatically again. At most
    5,000 are undone in one request; `remaining` counts the others.
    """
    return await bus.ask(UndoCorrections(selection=body))


@router.get("/corrections/{correction_id}", responses=problems(404), summary="Show a correction")
async def get_correction(bus: BusDep, correction_id: UUID) -> Correction:
    """One correction, with the old and the new value."""
    return await bus.ask(GetCorrection(id=correction_id))


@router.delete(
    "/corrections/{correction_id}", status_code=202, responses=problems(404, 409), summary="Undo a correction"
)
async def undo_correction(bus: BusDep, correction_id: UUID) -> Correction:
    """Undo a correction. The old value is restored, also in Audiobookshelf."""
    return await bus.ask(UndoCorrection(id=correction_id))


@router.post("/validate", responses=problems(404), summary="Validate metadata")
async def validate_metadata(bus: BusDep, body: ToValidate) -> MetadataJudgement:
    """Validate the given metadata. Changes nothing."""
    request = ValidateMetadata(fields=body.metadata.entered(), book_id=body.book_id, ask_providers=body.ask_providers)
    return await bus.ask(request)


@router.post("/refresh/{book_id}", status_code=202, responses=problems(404, 409), summary="Refresh a book")
async def refresh_book(bus: BusDep, response: Response, book_id: UUID) -> Run:
    """Refresh the metadata of one book now. Refused while another book is being refreshed by hand."""
    book = await bus.ask(GetBook(id=book_id))
    request = RunTask(name="metadata_book", parameters={"book_id": str(book.id)})
    return accepted(response, await bus.ask(request))


@router.post("/bulk-refresh", status_code=202, responses=problems(409), summary="Refresh many books")
async def refresh_many_books(bus: BusDep, response: Response, body: BulkRefresh) -> Run:
    """Refresh the metadata of many books now: of an author, of a series, or of every book that matches.

    Refused while such a run is in progress.
    """
    request = RunTask(name=TASKS[body.mode], dry_run=body.dry_run, parameters=body.parameters())
    return accepted(response, await bus.ask(request))


@router.post("/preview", status_code=202, responses=problems(409), summary="Preview a refresh")
async def preview_refresh(bus: BusDep, response: Response, body: Refresh) -> Run:
    """Find out what a refresh would change, and change nothing. The `plan` of the run lists the changes.

    The books are looked up and judged as in the refresh itself. Refused while a refresh of this mode is in progress.
    """
    return accepted(response, await bus.ask(RunTask(name=TASKS[body.mode], dry_run=True, parameters=body.parameters())))


@router.get("/statistics", summary="Show the metadata statistics")
async def get_metadata_statistics(bus: BusDep) -> Statistics:
    """Corrections by status, source and field, refreshes by confidence, and cached answers by provider."""
    return await bus.ask(TellStatistics(), of="metadata")


@router.get("/status", summary="Show the completeness of metadata")
async def get_metadata_status(bus: BusDep) -> Completeness:
    """How complete the metadata of the library is, field by field."""
    return await bus.ask(GetCompleteness())


@router.get("/providers", summary="List the metadata providers")
async def list_providers(bus: BusDep) -> list[Provider]:
    """The metadata providers in the order of use: weight, health, and what is left of their limits."""
    return await bus.ask(ListProviders())


@books_router.post("/{book_id}/metadata", status_code=202, responses=problems(404, 409), summary="Correct a book")
async def correct_book(bus: BusDep, caller: CallerDep, book_id: UUID, body: GivenMetadata) -> BookCorrected:
    """Correct the metadata of a book by hand. Each change is a correction and is written to Audiobookshelf."""
    return await bus.ask(CorrectBook(book_id=book_id, fields=body.entered(), made_by=caller.name))
