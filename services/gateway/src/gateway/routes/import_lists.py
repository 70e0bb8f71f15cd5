"""/api/import-lists"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from shared.chassis.errors import Refused
from shared.contracts.metadata.import_lists import (
    MOST_FILE_BYTES,
    CreateImportList,
    DecideImportListEntry,
    DeleteImportList,
    EntryDecision,
    EntryState,
    FileReading,
    GetImportList,
    ImportList,
    ImportListEntry,
    ImportListKind,
    ImportListUpdate,
    ListImportListEntries,
    ListImportListKinds,
    ListImportLists,
    NewImportList,
    ReadImportListFile,
    UpdateImportList,
)
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.scheduler import Run, RunTask
from shared.translatable import translatable

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/import-lists", tags=["import lists"], responses=problems())
CallerDep = Annotated[Caller, KEYED]
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"the file itself, at most {MOST_FILE_BYTES // 2**20} MiB",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("text/csv", "text/plain", "application/octet-stream")
        },
    }
}


class FileTooLarge(Refused):
    """The uploaded file is larger than one message may be."""

    code = "too_large"
    status = 413
    title = "Body too large"


class PageOfEntries(BaseModel):
    """Which entries of an import list."""

    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-added_at"
    state: EntryState | None = None
    removed: bool | None = Field(False, description="entries that the list no longer names")


@router.get("", summary="List import lists")
async def list_import_lists(bus: BusDep) -> list[ImportList]:
    """The lists of wanted books, with the number of their entries by state."""
    return await bus.ask(ListImportLists())


@router.post("", status_code=201, responses=problems(409), summary="Add an import list")
async def create_import_list(bus: BusDep, response: Response, new: NewImportList) -> ImportList:
    """Add a list of books at another site, or one whose file is uploaded afterwards.

    It is read by the task `import_lists`, daily by default, or at once with `/sync`. Nothing is downloaded without an
    approval unless `auto_download` is true.
    """
    created = await bus.ask(CreateImportList(new=new))
    response.headers["Location"] = f"/api/import-lists/{created.id}"
    return created


@router.get("/kinds", summary="List kinds of import lists")
async def list_import_list_kinds(bus: BusDep) -> list[ImportListKind]:
    """The kinds of lists that can be imported, and whether they need an address or a file."""
    return await bus.ask(ListImportListKinds())


@router.post("/entries/{entry_id}", responses=problems(404), summary="Decide about an entry")
async def decide_import_list_entry(
    bus: BusDep, caller: CallerDep, entry_id: UUID, decision: EntryDecision
) -> ImportListEntry:
    """Choose a candidate, want the book as it is listed, ignore it, or have it matched again.

    The decision stays when the list is imported again. A wanted book that the library lacks becomes a missing book.
    """
    return await bus.ask(DecideImportListEntry(id=entry_id, decision=decision, decided_by=caller.name))


@router.get("/{list_id}", responses=problems(404), summary="Show an import list")
async def get_import_list(bus: BusDep, list_id: UUID) -> ImportList:
    """One list, with the number of its entries by state."""
    return await bus.ask(GetImportList(id=list_id))


@router.put("/{list_id}", responses=problems(404, 409), summary="Change an import list")
async def update_import_list(bus: BusDep, list_id: UUID, update: ImportListUpdate) -> ImportList:
    """Change the name, the address or the settings of a list. The next run applies them."""
    return await bus.ask(UpdateImportList(id=list_id, update=update))


@router.delete("/{list_id}", status_code=204, responses=problems(404), summary="Delete an import list")
async def delete_import_list(bus: BusDep, list_id: UUID) -> None:
    """Delete a list with its entries. Its missing books stay."""
    await bus.ask(DeleteImportList(id=list_id))


@router.put(
    "/{list_id}/file", responses=problems(404, 413), openapi_extra=_FILE, summary="Upload the file of an import list"
)
async def upload_import_list_file(bus: BusDep, request: Request, list_id: UUID) -> FileReading:
    """Replace the entries of a list with the books of a file. The body is the file, without a form.

    Books that are in the file again keep their match and their decision. A file that is invalid, or that names no book,
    changes nothing. The next run matches the new books.
    """
    content = await request.body()
    if len(content) > MOST_FILE_BYTES:
        raise FileTooLarge(
            translatable(
                "refused.large_list",
                f"the file has more than {MOST_FILE_BYTES} bytes: split it into several lists",
                most=MOST_FILE_BYTES,
            )
        )
    return await bus.ask(ReadImportListFile.of(list_id, content))


@router.post("/{list_id}/sync", status_code=202, responses=problems(404, 409), summary="Import a list now")
async def sync_import_list(bus: BusDep, response: Response, list_id: UUID) -> Run:
    """Run the task `import_lists` now for this list, also if it is disabled."""
    await bus.ask(GetImportList(id=list_id))
    order = RunTask(name="import_lists", parameters={"list_ids": [str(list_id)]})
    return accepted(response, await bus.ask(order))


@router.get("/{list_id}/entries", responses=problems(404), summary="List the entries of an import list")
async def list_import_list_entries(
    bus: BusDep, list_id: UUID, query: Annotated[PageOfEntries, Query()]
) -> Page[ImportListEntry]:
    """The books of one list: what they were matched with, and what became of them."""
    return await bus.ask(ListImportListEntries(list_id=list_id, **query.model_dump()))
