"""What this service needs of the outside, in its own words."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from shared.contracts.metadata import CataloguedWork, CollectBibliography, Provider


@dataclass(frozen=True, slots=True)
class SeriesWanted:
    """A series whose works are asked for, with what is known of it."""

    name: str
    authors: Sequence[str] = ()
    known_asins: Sequence[str] = ()
    known_titles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a provider answered. `cut` says in words what was left out of a list too long to be read whole."""

    works: list[CataloguedWork] = field(default_factory=list)
    cut: str | None = None


class MetadataProvider(Protocol):
    """A catalogue of books. Every method raises the `RemoteError` family; an empty answer means "none known"."""

    @property
    def name(self) -> str: ...

    async def search(self, title: str, authors: Sequence[str]) -> Found:
        """Entries whose title has these words, by one of these authors where any is given."""
        ...

    async def by_asin(self, asin: str) -> Found: ...

    async def by_isbn(self, isbn: str) -> Found: ...

    async def series_works(self, wanted: SeriesWanted) -> Found: ...

    async def author_works(self, name: str) -> Found: ...

    async def check(self) -> str:
        """Make a small real call; what was seen, in words."""
        ...


class Memory(Protocol):
    """Answers of the providers, remembered."""

    async def recall(self, key: str, now: datetime) -> Found | None: ...

    async def remember(self, key: str, found: Found, now: datetime) -> None: ...


class Line(Protocol):
    """One request at a time to one provider over all replicas, at its pace."""

    def turn(self, *, knock: bool = False) -> AbstractAsyncContextManager[None]:
        """Wait for our turn and hold it. Raises `RemoteThrottled` or `RemoteRefusedUs` while the provider is closed
        to us; with `knock` only while it said itself until when."""
        ...


class States(Protocol):
    """How the providers did so far."""

    async def all(self) -> list[Provider]: ...


class KeptBibliographies(Protocol):
    """The lists of works that the providers told."""

    async def keep(
        self, subject: CollectBibliography, provider: str, works: list[CataloguedWork], now: datetime
    ) -> None: ...
