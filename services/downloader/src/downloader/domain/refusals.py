"""Refusals of the downloader."""

from typing import ClassVar
from uuid import UUID

from shared.chassis.errors import Refused
from shared.contracts.problem import Problem


class AlreadyGrabbed(Refused):
    """The wanted book is being downloaded, or is there already."""

    code: ClassVar[str] = "already_grabbed"
    title: ClassVar[str] = "Already grabbed"

    def __init__(self, detail: str, download_id: UUID) -> None:
        super().__init__(detail)
        self.download_id = download_id

    def problem(self, service: str | None = None) -> Problem:
        return super().problem(service).model_copy(update={"existing_id": self.download_id})


class NotAMagnet(Refused):
    """A link that names no torrent."""

    code: ClassVar[str] = "not_a_magnet"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Not a magnet link"


class ReleaseRejected(Refused):
    """A rejected release is not grabbed, not even by a person."""

    code: ClassVar[str] = "release_rejected"
    title: ClassVar[str] = "Release rejected"


class NotNow(Refused):
    """The download is in a status that has no such move."""

    code: ClassVar[str] = "not_now"
    title: ClassVar[str] = "Not possible in this status"


class UnknownSort(Refused):
    """Sorting by a field that cannot be sorted by."""

    code: ClassVar[str] = "unknown_sort"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Unknown sort"
