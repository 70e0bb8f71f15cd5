"""Failed attempts: the permanent record of failures."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.downloads.downloads import Download, ErrorType
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.translatable import Translatables
from shared.contracts.values import (
    DownloadId,
    Moment,
)


class FailedAttempt(Model):
    """A failure in the permanent record, with its number of occurrences."""

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
    translatable: Translatables = {}


class ListFailedAttempts(Request[Page[FailedAttempt]]):
    """List all failed attempts of a download."""

    subject: ClassVar[str] = "rpc.downloads.list_failed_attempts"
    download_id: DownloadId
    limit: Limit = 50
    offset: Offset = 0


class HideFailedAttempts(Request[Download]):
    """Hide the earlier failed attempts of a download. The permanent record keeps them."""

    subject: ClassVar[str] = "rpc.downloads.hide_failed_attempts"
    download_id: DownloadId
