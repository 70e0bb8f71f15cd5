"""Downloads as people make and change them."""

from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.downloads import Download
from shared.contracts.message import Event, Request
from shared.contracts.values import DownloadId, Indexer, MissingBookId, Sequence, Words

Magnet = Annotated[str, StringConstraints(pattern=r"^magnet:\?[\x21-\x7e]+$", max_length=4000)]


class ReleaseReference(BaseModel):
    """A release as a search named it."""

    model_config = ConfigDict(frozen=True)

    indexer: Indexer
    id: Words = Field(description="the indexer's own id, as a search told it")


class CreateDownload(Request[Download]):
    """Download a missing book, a release that a search found, or what a magnet link leads to.

    Exactly one of `missing_book_id`, `release` and `magnet` is given. A magnet link needs a title; a release has one.
    """

    subject: ClassVar[str] = "rpc.downloads.create_download"
    timeout_seconds: ClassVar[float] = 10.0
    missing_book_id: MissingBookId | None = Field(None, examples=["6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10"])
    release: ReleaseReference | None = None
    magnet: Magnet | None = Field(None, description="a magnet link with a version 1 info hash")
    title: Words | None = Field(None, description="the book's title; with a release: instead of the release's own")
    authors: list[Words] = Field([], max_length=20)
    series: Words | None = None
    sequence: Sequence | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        given = [name for name in ("missing_book_id", "release", "magnet") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"give exactly one of missing_book_id, release and magnet; got {', '.join(given) or 'none'}"
            )
        if self.magnet is not None and self.title is None:
            raise ValueError("title: needed with a magnet, as the link does not tell the book")
        return self


class DownloadCancelled(Event):
    """A download was given up: by a person, or because its book is no longer wanted."""

    subject: ClassVar[str] = "evt.downloads.download_cancelled"
    download_id: DownloadId
    missing_book_id: UUID | None
    why: str
