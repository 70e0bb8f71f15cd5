"""The downloader's errors for people's requests."""

from typing import ClassVar
from uuid import UUID

from shared.chassis.errors import Refused
from shared.contracts.problem import Problem


class AlreadyGrabbed(Refused):
    """The wanted book is being downloaded or is imported."""

    code: ClassVar[str] = "already_grabbed"
    title: ClassVar[str] = "Already grabbed"

    def __init__(self, detail: str, download_id: UUID) -> None:
        super().__init__(detail)
        self.download_id = download_id

    def problem(self, service: str | None = None) -> Problem:
        return super().problem(service).model_copy(update={"existing_id": self.download_id})


class NotAMagnet(Refused):
    """The link has no valid info hash."""

    code: ClassVar[str] = "not_a_magnet"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Not a magnet link"


class NotATorrentFile(Refused):
    """The torrent file is not valid, or could not be fetched from its address."""

    code: ClassVar[str] = "not_a_torrent"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Not a torrent file"


class ReleaseRejected(Refused):
    """The rules rejected the release; not even a person can grab it."""

    code: ClassVar[str] = "release_rejected"
    title: ClassVar[str] = "Release rejected"


class NotNow(Refused):
    """The request is not possible in the download's current status."""

    code: ClassVar[str] = "not_now"
    title: ClassVar[str] = "Not possible in this status"


class NotImportable(Refused):
    """Files may not be imported from this path, or cannot be read."""

    code: ClassVar[str] = "not_importable"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Not importable"


class UnknownChoice(Refused):
    """The question about the import has no such choice."""

    code: ClassVar[str] = "unknown_choice"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Unknown choice"


class BadPathTemplate(Refused):
    """The template of the folders is not valid."""

    code: ClassVar[str] = "bad_template"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Not a valid template"


class NameTaken(Refused):
    """Another quality profile has the name."""

    code: ClassVar[str] = "name_taken"
    title: ClassVar[str] = "Name taken"


class DefaultProfile(Refused):
    """The default quality profile cannot be deleted or assigned."""

    code: ClassVar[str] = "default_profile"
    title: ClassVar[str] = "Default profile"


class TooMany(Refused):
    """No more entries of this kind can be added."""

    code: ClassVar[str] = "too_many"
    title: ClassVar[str] = "Too many"


class UnknownSort(Refused):
    """The list cannot be sorted by this field."""

    code: ClassVar[str] = "unknown_sort"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Unknown sort"
