"""Reads the standing, renews and buys what the policies say, and checks the risks of the account."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import CareForAccount, Standing
from shared.contracts.mam.spending import Spending
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import translatable

from mam_search.domain.account_ports import AccountTransactions, SnatchList, Standings
from mam_search.domain.grab_rule import GrabLimits, Reserved
from mam_search.domain.spending import Purchase, SpendingPolicy, upload_credit, vip_renewal
from mam_search.domain.warnings import seeding_warning, session_warning
from mam_search.workflow.spender import Spender
from mam_search.workflow.standing_reader import StandingReader

LIST_EVERY = timedelta(hours=20)
"""The detailed list is read once a day: by every second run, also if a run is a little early."""


@dataclass
class _Care:
    """What a run did so far. Reading the standing is its first step."""

    steps: int = 1
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def tally(self) -> RunTally:
        failed = len(self.problems)
        return RunTally(expected=self.steps, processed=self.steps, succeeded=self.steps - failed, failed=failed)


class CareForAccountHandler:
    """Handles `CareForAccount`."""

    def __init__(  # noqa: PLR0913 - one for each part of the care
        self,
        transaction: AccountTransactions,
        standings: Standings,
        standing_reader: StandingReader,
        snatch_list: SnatchList,
        spender: Spender,
        *,
        limits: GrabLimits,
        policy: SpendingPolicy,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._standings = standings
        self._standing_reader = standing_reader
        self._snatch_list = snatch_list
        self._spender = spender
        self._limits = limits
        self._policy = policy
        self._clock = clock

    async def care(self, command: CareForAccount) -> None:
        """Care for the account. What cannot be done is a problem of the run, and the rest is done. A dry run plans."""
        if command.dry_run:
            await self._plan(command)
            return
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
        care = _Care()
        standing = await self._read_standing(care)
        if standing is not None:
            await self._spender.settle(standing)
            await self._read_duties(care, standing)
            for decide in await self._decisions():
                if decide(standing, 0) is not None:
                    await self._buy(care, decide)
        await self._warn(standing_was_read=standing is not None)
        await self._finish(command, care, failed=standing is None)

    async def _read_standing(self, care: _Care) -> Standing | None:
        try:
            return await self._standing_reader.read()
        except RemoteError as error:
            words = f"the standing could not be read: {error}"
            care.problems.append(translatable("run.standing_not_read", words, why=error.words))
            return None

    async def _read_duties(self, care: _Care, standing: Standing) -> None:
        """Read the detailed list if the last reading is a day old, and keep the old list if that fails."""
        now = self._clock.now()
        async with self._transaction() as tx:
            read_at = await tx.duties.read_at()
        if standing.uid is None or (read_at is not None and now - read_at < LIST_EVERY):
            return
        care.steps += 1
        try:
            duties = await self._snatch_list.duties(standing.uid, now)
        except RemoteError as error:
            words = f"the list of torrents could not be read: {error}"
            care.problems.append(translatable("run.torrents_not_read", words, why=error.words))
            return
        async with self._transaction() as tx:
            await tx.duties.replace(duties, now)
        count = len(duties)
        care.notes.append(translatable("run.torrents_to_seed", f"{count} torrents still have to seed", count=count))

    async def _decisions(self) -> list[Callable[[Standing, int], Purchase | None]]:
        async with self._transaction() as tx:
            newest = await self._standings.latest()
            reserved = Reserved() if newest is None else await tx.reservations.total(newest, self._clock.now())
        return [
            lambda standing, _: vip_renewal(standing, self._policy, self._clock.now()),
            lambda standing, _: upload_credit(standing, reserved, self._limits, self._policy),
        ]

    async def _buy(self, care: _Care, decide: Callable[[Standing, int], Purchase | None]) -> None:
        care.steps += 1
        try:
            entry = await self._spender.spend(decide)
        except RemoteError as error:
            words = f"nothing was bought, because the balance could not be read: {error}"
            care.problems.append(translatable("run.nothing_bought", words, why=error.words))
            return
        if entry is not None:
            care.notes.append(_words(entry))

    async def _warn(self, *, standing_was_read: bool) -> None:
        """Announce the risks that a reading of the standing does not announce."""
        now = self._clock.now()
        async with self._transaction() as tx:
            warnings = [seeding_warning(await tx.duties.all(), now)]
        if not standing_was_read and (newest := await self._standings.latest()) is not None:
            warnings.append(session_warning(newest.read_at, now))
        await self._standings.announce(now, warnings)

    async def _finish(self, command: CareForAccount, care: _Care, *, failed: bool) -> None:
        async with self._transaction() as tx:
            tx.runs.finished(
                command.run_id,
                care.tally,
                outcome=RunOutcome.FAILED if failed else RunOutcome.COMPLETED,
                problems=care.problems,
                details={"notes": care.notes} if care.notes else {},
            )

    async def _plan(self, command: CareForAccount) -> None:
        """Plan with the newest stored standing. Nothing is requested."""
        newest = await self._standings.latest()
        purchases: list[Purchase] = []
        left = newest
        for decide in await self._decisions():
            if left is not None and (purchase := decide(left, 0)) is not None:
                purchases.append(purchase)
                left = left.model_copy(update={"bonus_points": left.bonus_points - purchase.points})
        actions = [PlannedAction.of(each.kind.value, f"{each.amount:g}", each.why) for each in purchases]
        notes = [] if newest is not None else [translatable("plan.no_standing", "The standing was never read.")]
        plan = Plan.of(actions, notes=notes).model_copy(update={"points": sum(each.points for each in purchases)})
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            tx.runs.finished(command.run_id, RunTally(), details=plan.as_details())


def _words(entry: Spending) -> str:
    amount, kind, state, why = f"{entry.amount:g}", entry.kind.value, entry.state.value, entry.why
    words = f"{kind} {amount}: {state}, because of {why}"
    return translatable("run.purchase", words, kind=kind, amount=amount, state=state, why=why)
