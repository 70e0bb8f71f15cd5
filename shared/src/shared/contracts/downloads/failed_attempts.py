"""Failed attempts: the permanent record of what went wrong."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from shared.contracts.downloads.downloads import Download, ErrorType
from shared.contracts.message import Request
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import (
    DownloadId,
    Moment,
)


class FailedAttempt(BaseModel):
    """A row of the permanent tally of failures."""

    id: UUID
    task: str
    item: str
    release_id: str | None = None
    error_type: ErrorType
    reason: str
    first_attempt_at: Moment
    last_attempt_at: Moment
    count: int
    permanent: bool


class ListFailedAttempts(Request[Page[FailedAttempt]]):
    """What failed for a download, ever."""

    subject: ClassVar[str] = "rpc.downloads.list_failed_attempts"
    download_id: DownloadId
    limit: Limit = 50
    offset: Offset = 0


class HideFailedAttempts(Request[Download]):
    """Hide what failed so far from a download; the permanent tally keeps it."""

    subject: ClassVar[str] = "rpc.downloads.hide_failed_attempts"
    download_id: DownloadId
