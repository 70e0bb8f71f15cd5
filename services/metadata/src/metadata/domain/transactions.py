"""The unit of work: what is stored and sent in one transaction."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from shared.chassis.runs import Runs
from shared.contracts.message import Command, Event

from metadata.domain.genre_map import GenreMapStore
from metadata.domain.import_lists import ImportListStore
from metadata.domain.ports import (
    BibliographyStore,
    CorrectionStore,
    DecisionStore,
    DeferredBookStore,
    MatchStore,
    PlanStore,
    RefreshStore,
)
from metadata.domain.proposals import ProposalStore


class Work(Protocol):
    """One transaction. It is committed at the end of the block."""

    @property
    def runs(self) -> Runs: ...

    @property
    def bibliographies(self) -> BibliographyStore: ...

    @property
    def corrections(self) -> CorrectionStore: ...

    @property
    def decisions(self) -> DecisionStore: ...

    @property
    def deferred(self) -> DeferredBookStore: ...

    @property
    def genre_map(self) -> GenreMapStore: ...

    @property
    def matches(self) -> MatchStore: ...

    @property
    def import_lists(self) -> ImportListStore: ...

    @property
    def planned(self) -> PlanStore: ...

    @property
    def proposals(self) -> ProposalStore: ...

    @property
    def refreshes(self) -> RefreshStore: ...

    def announce(self, event: Event) -> None:
        """Publish an event with the commit."""
        ...

    def send(self, command: Command, *, at: datetime | None = None) -> None:
        """Send a command with the commit, or at a later time."""
        ...

    async def first_time(self) -> bool:
        """Whether the current message is handled for the first time. Records it as handled."""
        ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
