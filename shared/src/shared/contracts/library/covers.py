"""The covers of books, in a few sizes."""

from base64 import b64encode
from enum import IntEnum
from typing import Annotated, ClassVar

from pydantic import Base64Bytes, Field, StringConstraints

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import BookId

MAX_COVER_BYTES = 512 * 1024
"""The largest resized cover. With base64 it is far below the size limit of a message."""

CoverVersion = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class CoverWidth(IntEnum):
    """The widths of covers in pixels. A screen of high resolution needs the next larger one."""

    ROW = 96
    TILE = 192
    PAGE = 384
    LARGE = 768


class CoverImage(Model):
    """A cover as a JPEG, PNG or WebP picture. `version` changes when the book's item changes in Audiobookshelf."""

    version: CoverVersion
    media_type: str | None = None
    content: Base64Bytes | None = Field(None, description="null: the caller has this version already")

    @classmethod
    def of(cls, version: str, media_type: str, content: bytes) -> "CoverImage":
        """The image with this content."""
        return cls(version=version, media_type=media_type, content=b64encode(content))


class GetCover(Request[CoverImage]):
    """Get the cover of a book, scaled to a width. Refused as not found when the book has none."""

    subject: ClassVar[str] = "rpc.library.get_cover"
    timeout_seconds: ClassVar[float] = 15.0
    book_id: BookId
    width: CoverWidth = CoverWidth.TILE
    known: list[CoverVersion] = Field([], max_length=20, description="versions that the caller has already")
