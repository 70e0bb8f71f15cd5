"""The unit of work: what is stored and sent in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from shared.contracts.message import Command, Event
from shared.contracts.runs import ItemResult

from metadata.domain.ports import (
    BibliographyStore,
    CorrectionStore,
    DecisionStore,
    DeferredBookStore,
    PlanStore,
    RefreshStore,
)


class Runs(Protocol):
    """The ledger of runs. Without a run id every method does nothing."""

    async def open(self, run_id: UUID | None, items: Sequence[str], *, details: dict[str, Any] | None = None) -> bool:
        """Open a run with these items. Returns whether there is anything to do; an empty run finishes at once."""
        ...

    async def settle_all(
        self,
        run_id: UUID | None,
        settled: Sequence[ItemResult],
        *,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> set[str]:
        """Record the results of items. The last one finishes the run. Returns the items not settled before."""
        ...

    async def unsettled(self, run_id: UUID | None, items: Sequence[str]) -> list[str]:
        """Those of the items that have no result yet."""
        ...


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
    def planned(self) -> PlanStore: ...

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
