"""What the top lists need from outside, besides the tracker and its pages."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from shared.chassis.runs import Runs
from shared.contracts.library.listed_works import AddedWork, AddListedWorks, KnownWork, ListedWork
from shared.contracts.mam.releases import Release
from shared.contracts.mam.top_lists import Genre, TopList, TopListEntry, TopListSource

from mam_search.domain.genres import GenreSettings


class GenreStore(Protocol):
    """The settings of the genres that a person changed."""

    async def all(self) -> Mapping[str, GenreSettings]:
        """The changed settings by name of the genre."""
        ...

    async def save(self, name: str, settings: GenreSettings) -> None:
        """Replace the changed settings of a genre."""
        ...


class TopListStore(Protocol):
    """The top lists as they were last read."""

    async def newest(self, genre: str, source: TopListSource) -> TopList | None:
        """The newest list of a genre from a source, or None."""
        ...

    async def save(self, top_list: TopList) -> None:
        """Store a list. It replaces the one that was read in the same week."""
        ...


class TopListPage(Protocol):
    """The page of the site with its top list."""

    async def releases(self, *, person_waits: bool = False) -> list[Release]:
        """The releases of the page, the most popular first. Raises the `RemoteError` family."""
        ...


class Catalogue(Protocol):
    """The external catalogue with top lists by genre."""

    async def top(self, genre: Genre) -> list[TopListEntry] | None:
        """Its top list of a genre, the most popular first; None if it has no such genre.

        Raises the `RemoteError` family.
        """
        ...


class Library(Protocol):
    """The library, which knows what it owns and lacks. Every method raises the `RemoteError` family and `Refused`."""

    async def look_up(self, works: list[ListedWork]) -> list[KnownWork]:
        """What the library knows of each work, in their order."""
        ...

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        """Make missing books of the works that the library lacks."""
        ...


class RunTransaction(Protocol):
    """A transaction that records the progress of a run."""

    @property
    def runs(self) -> Runs: ...


RunTransactions = Callable[[], AbstractAsyncContextManager[RunTransaction]]
