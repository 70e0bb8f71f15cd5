"""/api/system/backup and /api/system/backups: copies of everything that is stored"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import FileResponse, StreamingResponse
from shared.contracts.gateway.backups import ScheduledBackups
from starlette.types import Receive, Scope, Send

from gateway.backups.folder import NAME, BackupFolder
from gateway.backups.job import BackupJob, RunningBackup
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system", tags=["system"], responses=problems())
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        "description": "the backup, for `gapless restore`",
    },
}


class BackupResponse(StreamingResponse):
    """Sends a backup while it is made, and ends it when the caller goes away."""

    def __init__(self, backup: RunningBackup, headers: Mapping[str, str]) -> None:
        super().__init__(backup.blocks(), media_type="application/zip", headers=headers)
        self._backup = backup

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._backup.close()


async def _job(request: Request) -> BackupJob:
    job: BackupJob = request.app.state.backup_job
    return job


async def _folder(request: Request) -> BackupFolder:
    folder: BackupFolder = request.app.state.backup_folder
    return folder


FolderDep = Annotated[BackupFolder, Depends(_folder)]
BackupName = Annotated[
    str,
    Path(
        pattern=f"^{NAME.pattern}$", max_length=60, description="name of its file",
        examples=["gapless-20260301T013000Z.backup"],
    ),
]  # fmt: skip


@router.get(
    "/backup", summary="Download a backup", response_class=StreamingResponse, responses={**problems(409), **FILE}
)
async def download_backup(job: Annotated[BackupJob, Depends(_job)]) -> StreamingResponse:
    """Everything that all services store, as of one moment, while they keep running. Needs the scope `admin`.

    Secrets in it stay sealed with `SECRET_KEY`, which is not in it. A download that ends too early is not a backup:
    `gapless backup --verify FILE` checks it. One backup is made at a time.
    """
    backup = await job.start()
    name = f"gapless-{datetime.now(UTC):%Y-%m-%d-%H%M}.backup"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return BackupResponse(backup, headers)


@router.get("/backups", summary="List the scheduled backups")
async def list_backups(folder: FolderDep) -> ScheduledBackups:
    """The backups in `BACKUP_PATH`, newest first, and how many are kept. Each was verified after it was written.

    The task `backup` makes them. `POST /api/scheduler/tasks/backup/run` makes one now. Needs the scope `admin`.
    """
    return await asyncio.to_thread(folder.show)


@router.get(
    "/backups/{name}",
    summary="Download a scheduled backup",
    response_class=FileResponse,
    responses={**problems(404), **FILE},
)
async def download_scheduled_backup(folder: FolderDep, name: BackupName) -> FileResponse:
    """The file of one backup. It has no secrets: what is sealed in it stays sealed with `SECRET_KEY`."""
    file = await asyncio.to_thread(folder.file, name)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file, media_type="application/zip", filename=name, headers=headers)


@router.delete("/backups/{name}", status_code=204, responses=problems(404, 409), summary="Delete a scheduled backup")
async def delete_backup(folder: FolderDep, name: BackupName) -> None:
    """Delete one backup. The newest one cannot be deleted."""
    await asyncio.to_thread(folder.delete, name)
