"""/api/imports"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict
from shared.contracts.downloads.downloads import Download
from shared.contracts.downloads.imports import (
    DecideImport,
    FoundBooks,
    ImportFolder,
    ListWaitingImports,
    PathPreview,
    PreviewPaths,
    ScanImportFolder,
    WaitingImport,
)
from shared.contracts.page import Page
from shared.contracts.values import Words

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/imports", tags=["imports"], responses=problems())

CallerDep = Annotated[Caller, KEYED]


class ImportDecision(BaseModel):
    """The key of one of the choices of a waiting import."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"choice": "beside"}]})

    choice: Words


@router.post("/preview-paths", summary="Preview the folders of a template")
async def preview_paths(bus: BusDep, request: PreviewPaths) -> PathPreview:
    """The folders that a template gives to books of the library. Nothing is moved.

    `{Author}`, `{Series}`, `{Sequence}`, `{Sequence:00}`, `{Title}`, `{Narrator}`, `{Year}` and `{ASIN}` stand for the
    values of the book. Text in `<` and `>` is left out if a field in it has no value. `{{` and `}}` are braces.
    """
    return await bus.ask(request)


@router.get("/waiting", summary="List imports that need a person")
async def list_waiting_imports(bus: BusDep, query: Annotated[ListWaitingImports, Query()]) -> Page[WaitingImport]:
    """The imports that wait for a decision, oldest first: why, and what can be decided."""
    return await bus.ask(query)


@router.post("/waiting/{waiting_id}/decide", responses=problems(404, 409), summary="Decide about an import")
async def decide_import(bus: BusDep, caller: CallerDep, waiting_id: UUID, decision: ImportDecision) -> WaitingImport:
    """Decide about an import that waits. `choice` is the key of one of its choices. The import then continues.

    Repeating a decision changes nothing. To give up the book, cancel its download instead.
    """
    return await bus.ask(DecideImport(id=waiting_id, choice=decision.choice, decided_by=caller.name))


@router.post("/manual/scan", summary="Find the books in a folder")
async def scan_import_folder(bus: BusDep, request: ScanImportFolder) -> FoundBooks:
    """The books in a folder below `IMPORT_FOLDERS`, each with the missing and owned books that it may be, with reasons.

    Nothing is changed. `confidence` is HIGH if the names fit one book and the playing time is that of a known edition.
    """
    return await bus.ask(request)


@router.post("/manual", status_code=202, responses=problems(404, 409), summary="Import files by hand")
async def import_folder(bus: BusDep, response: Response, request: ImportFolder) -> Download:
    """Import a folder or a file as a missing book, or as the book that you name. The files stay where they are.

    They are verified and placed like those of a download. The answer is the download to follow.
    """
    download = await bus.ask(request)
    response.headers["Location"] = f"/api/downloads/{download.id}"
    return download
