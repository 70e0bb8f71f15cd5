"""/api/imports"""

from fastapi import APIRouter
from shared.contracts.downloads.imports import PathPreview, PreviewPaths

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/imports", tags=["imports"], responses=problems())


@router.post("/preview-paths", summary="Preview the folders of a template")
async def preview_paths(bus: BusDep, request: PreviewPaths) -> PathPreview:
    """The folders that a template gives to books of the library. Nothing is moved.

    `{Author}`, `{Series}`, `{Sequence}`, `{Sequence:00}`, `{Title}`, `{Narrator}`, `{Year}` and `{ASIN}` stand for the
    values of the book. Text in `<` and `>` is left out if a field in it has no value. `{{` and `}}` are braces.
    """
    return await bus.ask(request)
