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

    async def open(
        self, run_id: UUID | None, items: Sequence[str], *, details: dict[str, Any] | None = None
    ) -> bool: ...

    async def settle_all(
        self,
        run_id: UUID | None,
        settled: Sequence[ItemResult],
        *,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> set[str]: ...

    async def unsettled(self, run_id: UUID | None, items: Sequence[str]) -> list[str]: ...


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

    def announce(self, event: Event) -> None: ...

    def send(self, command: Command, *, at: datetime | None = None) -> None: ...

    async def first_time(self) -> bool: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
