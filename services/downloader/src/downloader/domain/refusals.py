"""Refusals of the downloader."""

from typing import ClassVar

from shared.chassis.errors import Refused


class AlreadyGrabbed(Refused):
    """The wanted book is being downloaded, or is there already."""

    code: ClassVar[str] = "already_grabbed"
    title: ClassVar[str] = "Already grabbed"


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
