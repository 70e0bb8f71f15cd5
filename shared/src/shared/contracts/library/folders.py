"""The folders of the Audiobookshelf libraries, as Audiobookshelf sees them."""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from shared.contracts.message import Request
from shared.contracts.model import Model


class LibraryFolderView(Model):
    """Whether Audiobookshelf sees a file in one folder of a library."""

    library: str
    path: str = Field(description="the folder, as Audiobookshelf sees it")
    exists: bool | None = Field(description="null: Audiobookshelf did not say; `detail` is the reason")
    detail: str = ""


class LookInLibraryFolders(Request[list[LibraryFolderView]]):
    """Ask Audiobookshelf in which folders of its libraries it sees a file. Fails while it is unavailable."""

    subject: ClassVar[str] = "rpc.library.look_in_folders"
    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^/\\]+$")]
