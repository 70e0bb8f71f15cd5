"""The run ledger as handlers use it. `RunLedger` implements it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

from shared.contracts.runs import ItemResult, RunOutcome, RunTally


class Runs(Protocol):
    """The runs of one service, within one transaction. Without a run id, every method does nothing."""

    async def open(self, run_id: UUID | None, items: Sequence[str], *, details: dict[str, Any] | None = None) -> bool:
        """Start a run that ends when all `items` are settled. Returns False if it was opened before, else True.

        Without items, the run ends at once with `details`.
        """
        ...

    async def settle(
        self,
        run_id: UUID | None,
        item: str,
        *,
        succeeded: bool = True,
        words: str | None = None,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> None:
        """Record the result of one item. The last item ends the run, with the result of `details`."""
        ...

    async def settle_all(
        self,
        run_id: UUID | None,
        results: Sequence[ItemResult],
        *,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> set[str]:
        """Record the results of several items at once. Returns the items that were not settled before."""
        ...

    async def unsettled(self, run_id: UUID | None, items: Sequence[str]) -> list[str]:
        """The items that still have to be handled: none if the run has ended, all without a run."""
        ...

    async def cancelled(self, run_id: UUID | None) -> bool:
        """Whether the run was cancelled, so that its work can stop."""
        ...

    async def started(self, run_id: UUID | None) -> None:
        """Announce the start of a run without items."""
        ...

    def progressed(self, run_id: UUID | None, tally: RunTally, line: str | None = None) -> None:
        """Announce the progress of a run without items."""
        ...

    def finished(
        self,
        run_id: UUID | None,
        tally: RunTally,
        *,
        outcome: RunOutcome = RunOutcome.COMPLETED,
        problems: Sequence[str] = (),
        details: dict[str, Any] | None = None,
    ) -> None:
        """Announce the end of a run without items."""
        ...
