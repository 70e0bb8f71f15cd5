"""Changes of many downloads at once, and searches for many missing books."""

from typing import ClassVar

from pydantic import ConfigDict

from shared.contracts.bulk import BulkResult, Selection
from shared.contracts.downloads.downloads import DownloadFilters
from shared.contracts.library.missing_books import MissingBookSelection
from shared.contracts.message import Request
from shared.contracts.values import Flag

_SECONDS = 60.0


class DownloadFilter(DownloadFilters):
    """Which downloads are selected, in the body of a call."""

    waiting: Flag | None = None


class DownloadSelection(Selection[DownloadFilter]):
    """Downloads by their ids, or all that a list contains."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"filter": {"status": ["abandoned"]}, "expected": 7}]})


class RetryDownloads(Request[BulkResult]):
    """Retry the selected downloads."""

    subject: ClassVar[str] = "rpc.downloads.retry_downloads"
    timeout_seconds: ClassVar[float] = _SECONDS
    not_repeatable: ClassVar[bool] = True
    selection: DownloadSelection


class CancelDownloads(Request[BulkResult]):
    """Cancel the selected downloads."""

    subject: ClassVar[str] = "rpc.downloads.cancel_downloads"
    timeout_seconds: ClassVar[float] = _SECONDS
    not_repeatable: ClassVar[bool] = True
    selection: DownloadSelection


class DeleteDownloads(Request[BulkResult]):
    """Delete the records of the selected downloads, which must have ended."""

    subject: ClassVar[str] = "rpc.downloads.delete_downloads"
    timeout_seconds: ClassVar[float] = _SECONDS
    not_repeatable: ClassVar[bool] = True
    selection: DownloadSelection


class SearchMissingBooks(Request[BulkResult]):
    """Search the selected missing books now, each as `CreateDownload` does for one that a person asks for."""

    subject: ClassVar[str] = "rpc.downloads.search_missing_books"
    timeout_seconds: ClassVar[float] = _SECONDS
    not_repeatable: ClassVar[bool] = True
    selection: MissingBookSelection
