"""The unit of work as the handlers see it: what is stored and said together."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from shared.contracts.message import Command, Event
from shared.contracts.runs import Settled

from metadata.domain.ports import (
    KeptBibliographies,
    KeptCorrections,
    KeptDecisions,
    KeptPlans,
    KeptPutOffBooks,
    KeptRefreshes,
)


class Runs(Protocol):
    """The ledger of runs; every method does nothing when there is no run."""

    async def open(
        self, run_id: UUID | None, items: Sequence[str], *, details: dict[str, Any] | None = None
    ) -> bool: ...

    async def settle_all(
        self,
        run_id: UUID | None,
        told: Sequence[Settled],
        *,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> set[str]: ...

    async def unsettled(self, run_id: UUID | None, items: Sequence[str]) -> list[str]: ...


class Work(Protocol):
    """One transaction, committed on the way out."""

    @property
    def runs(self) -> Runs: ...

    @property
    def bibliographies(self) -> KeptBibliographies: ...

    @property
    def corrections(self) -> KeptCorrections: ...

    @property
    def decisions(self) -> KeptDecisions: ...

    @property
    def put_off(self) -> KeptPutOffBooks: ...

    @property
    def planned(self) -> KeptPlans: ...

    @property
    def refreshes(self) -> KeptRefreshes: ...

    def announce(self, event: Event) -> None: ...

    def send(self, command: Command, *, at: datetime | None = None) -> None: ...

    async def first_time(self) -> bool: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
