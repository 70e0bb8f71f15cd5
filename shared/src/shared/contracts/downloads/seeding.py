"""The torrents that we grabbed, and how long each still has to seed."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event, Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.runs import DryRun
from shared.contracts.translatable import Translatables
from shared.contracts.values import DownloadId, Indexer, Moment, RunId


class SeedingState(StrEnum):
    """What a torrent of ours is doing for its seeding duty."""

    DOWNLOADING = "downloading"
    """It is not complete, so it has no duty yet."""
    SEEDING = "seeding"
    STOPPED = "stopped"
    """It is complete, but paused, errored or without its files."""
    GONE = "gone"
    """It is not in the client, although its duty is not met."""
    ENDED = "ended"
    """It is not in the client, and need not be."""


class SeedingTorrent(Model):
    """A torrent that we grabbed, with the client's figures when it was last checked."""

    info_hash: str
    download_id: DownloadId = Field(description="the download that grabbed it last; it may have been deleted since")
    title: str = Field(description="the title of the book")
    release_title: str
    indexer: Indexer
    release_id: str
    size_bytes: int
    state: SeedingState
    grabbed_at: Moment
    completed_at: Moment | None = Field(None, description="null: not complete yet")
    checked_at: Moment | None = Field(None, description="null: not checked yet")
    seeded_seconds: int = Field(description="seeding time in total, also over several times in the client")
    required_seconds: int = Field(description="the seeding time that the tracker requires")
    remaining_seconds: int = Field(
        description="seeding time that is still due, by the client and by the tracker's own list: the longer one"
    )
    due_at: Moment | None = Field(None, description="30 days after completion, when the duty must be met")
    ratio: float = Field(description="uploaded by downloaded bytes")
    uploaded_bytes: int
    safe_to_remove: bool = Field(description="whether removing it from the client breaks no rule of the tracker")
    words: str = Field(description="its seeding duty in words", examples=["seeded for 30.0 of 72 hours: 42.0 more"])
    translatable: Translatables = {}


class ListSeeding(Request[Page[SeedingTorrent]]):
    """List the torrents that we grabbed, those that are not safe to remove first, then newest first."""

    subject: ClassVar[str] = "rpc.downloads.list_seeding"
    state: SeedingState | None = None
    safe_to_remove: bool | None = None
    limit: Limit = 50
    offset: Offset = 0


class CheckSeeding(Command):
    """Update the seeding times from the client and the tracker, warn of interrupted ones, and clean up by rule."""

    subject: ClassVar[str] = "cmd.downloads.check_seeding"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class SeedingInterrupted(Event):
    """A torrent stopped seeding before its duty is met."""

    subject: ClassVar[str] = "evt.downloads.seeding_interrupted"
    info_hash: str
    download_id: DownloadId
    title: str
    words: str = Field(description="what happened, how long it still has to seed, and what to do")
