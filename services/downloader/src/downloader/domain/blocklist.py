"""The store of the releases that are never grabbed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.contracts.downloads.blocklist import BlockedRelease, ListBlocklist
from shared.contracts.mam.releases import Release
from shared.contracts.page import Page


class Blocklist(Protocol):
    """The releases that are never grabbed."""

    async def add(self, release: Release, reason: str, now: datetime) -> None:
        """Block a release; a blocked one keeps its first reason."""

    async def reasons(self, releases: Sequence[Release]) -> dict[tuple[str, str], str]:
        """Why releases are blocked, by indexer and id; only the blocked ones."""

    async def block(self, indexer: str, release_id: str, *, title: str, reason: str, now: datetime) -> BlockedRelease:
        """Block a release by its id at the indexer; a blocked one keeps its first reason."""

    async def remove(self, blocked_id: UUID) -> BlockedRelease | None:
        """Unblock a release and return it; None if there is no such entry."""

    async def page(self, query: ListBlocklist) -> Page[BlockedRelease]:
        """One page, newest first."""
