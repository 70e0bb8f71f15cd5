"""The folders that the downloader reads and writes, and their free space."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from shared.contracts.message import Request


class Folder(BaseModel):
    """A folder and the file system that it lies on, as the service that writes there sees it."""

    name: Literal["downloads", "library"]
    path: str = Field(examples=["/downloads"])
    free_bytes: int | None = Field(None, description="what the service may still write; null: not readable")
    size_bytes: int | None = Field(None, description="of the whole file system")
    keep_free_bytes: int = Field(0, description="less than this is not left free: nothing is grabbed before")
    problem: str = Field("", description="why it cannot be read, and what to do")


class ListFolders(Request[list[Folder]]):
    """The folders that the downloader writes to."""

    subject: ClassVar[str] = "rpc.downloads.list_folders"
