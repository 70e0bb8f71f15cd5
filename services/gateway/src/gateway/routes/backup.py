"""/api/system/backup: a copy of everything that is stored"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from gateway.backups.job import BackupJob, RunningBackup
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system/backup", tags=["system"], responses=problems())


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


@router.get(
    "",
    summary="Download a backup",
    response_class=StreamingResponse,
    responses={
        **problems(409),
        200: {
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            "description": "the backup, for `gapless restore`",
        },
    },
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
