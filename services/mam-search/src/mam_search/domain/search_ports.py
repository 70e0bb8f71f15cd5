"""What the searches need from outside, besides the tracker."""

from datetime import datetime
from typing import Protocol, TypeVar

from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import FoundPage, ListSeenReleases, MamSearch, SeenRelease
from shared.contracts.page import Page

AnswerT = TypeVar("AnswerT")


class StoredAnswer(Protocol[AnswerT]):
    """The stored answer of one request."""

    async def recent(self) -> AnswerT | None:
        """The stored answer; None if there is none or it is too old."""
        ...

    async def store(self, answer: AnswerT, /) -> None:
        """Replace the stored answer."""
        ...


class SearchCache(Protocol):
    """The stored pages of searches, and every release as it was last seen."""

    async def recent(self, search: MamSearch, no_older_than: datetime) -> FoundPage | None:
        """The stored page of a search; None if there is none or it is older than that."""
        ...

    async def store(self, search: MamSearch, page: FoundPage, now: datetime) -> None:
        """Replace the stored page of a search, and store its releases."""
        ...


class SeenReleases(Protocol):
    """The releases that were seen at the tracker."""

    async def list(self, request: ListSeenReleases) -> Page[SeenRelease]:
        """A page of them. Raises `UnknownSort`."""
        ...

    async def seen_since(self, release_id: str, since: datetime) -> Release | None:
        """The release as it was last seen; None if it was not seen since then."""
        ...
