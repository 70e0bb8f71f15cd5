"""The blocklist: releases that are never grabbed again."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.translatable import Translatables
from shared.contracts.values import (
    Indexer,
    Moment,
    Words,
)

BY_PERSON = "blocked by a person"
"""The reason of a block without another one."""


class BlockedRelease(Model):
    """A release that is never grabbed again."""

    id: UUID
    indexer: Indexer
    release_id: str
    title: str
    reason: str
    blocked_at: Moment
    translatable: Translatables = {}


class ListBlocklist(Request[Page[BlockedRelease]]):
    """List the blocked releases, newest first."""

    subject: ClassVar[str] = "rpc.downloads.list_blocklist"
    indexer: Indexer | None = None
    query: Words | None = Field(None, description="words in the title or the reason")
    limit: Limit = 50
    offset: Offset = 0


class BlockRelease(Request[BlockedRelease]):
    """Block a release, so that it is never grabbed. Blocking it twice changes nothing.

    Downloads that would grab the release, or wait for a decision about it, are searched again.
    """

    subject: ClassVar[str] = "rpc.downloads.block_release"
    indexer: Indexer = Field(examples=["MAM"])
    release_id: Words = Field(description="the indexer's id, as returned by a search", examples=["900002"])
    title: Words = Field(examples=["The Marvelous Land of Oz"])
    reason: Words = Field(BY_PERSON, examples=["the narrator reads another book"])


class BlockCandidate(Request[BlockedRelease]):
    """Block the release of a stored candidate without grabbing it. Blocking it twice changes nothing."""

    subject: ClassVar[str] = "rpc.downloads.block_candidate"
    candidate_id: UUID = Field(description="id of a candidate of a download")
    reason: Words = Field(BY_PERSON, examples=["the narrator reads another book"])


class UnblockRelease(Request[BlockedRelease]):
    """Unblock a release, so that it can be grabbed again."""

    subject: ClassVar[str] = "rpc.downloads.unblock_release"
    id: UUID
