"""The folders that the downloader reads and writes, and their free space."""

from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model


class Folder(Model):
    """A folder and its file system, as the downloader sees them."""

    name: Literal["downloads", "library"]
    path: str = Field(examples=["/downloads"])
    free_bytes: int | None = Field(None, description="space that the service can use; null: not readable")
    size_bytes: int | None = Field(None, description="size of the whole file system")
    keep_free_bytes: int = Field(0, description="nothing is grabbed that would leave less than this free")
    problem: str = Field("", description="why the folder cannot be read, and what to do")


class ListFolders(Request[list[Folder]]):
    """List the folders that the downloader writes to."""

    subject: ClassVar[str] = "rpc.downloads.list_folders"
