"""Keeps the access to the tracker: idle sessions are used before they expire, and a changed address is registered."""

from dataclasses import dataclass, field
from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import RemoteError, RequestsStopped
from shared.contracts.mam.seedbox import KeepAccess, SeedboxState
from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.contracts.translatable import with_code
from shared.translatable import translatable

from mam_search.domain.ports import AccessControl, Pages
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.seedbox import is_due, not_registered, state_after_refusal
from mam_search.domain.session_ports import Registration, SessionCheck, StoredSeedbox
from mam_search.workflow.egress_reader import EgressReader

USE_API_EVERY = timedelta(hours=20)
USE_BROWSER_EVERY = timedelta(days=5)
"""A page costs a browser, so an idle browser session is used less often. Both expire after 15 days."""
FIRST_PAGE = "/"


@dataclass
class _Upkeep:
    """What a run did."""

    steps: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class KeepAccessHandler:
    """Handles `KeepAccess`. `registers`: whether the address is kept registered (MAM_DYNAMIC_SEEDBOX)."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it keeps, and where it stores it
        self,
        transaction: Transactions[Transaction],
        control: AccessControl,
        check: SessionCheck,
        pages: Pages,
        registration: Registration,
        seedbox: StoredSeedbox,
        egress_reader: EgressReader,
        clock: Clock,
        *,
        registers: bool,
    ) -> None:
        self._transaction = transaction
        self._control = control
        self._check = check
        self._pages = pages
        self._registration = registration
        self._seedbox = seedbox
        self._egress_reader = egress_reader
        self._clock = clock
        self._registers = registers

    async def keep(self, command: KeepAccess) -> None:
        """Use idle sessions and register a changed address. What fails is a problem of the run; the rest is done.

        While a person has stopped all requests, nothing is done, and a note says so.
        """
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
        idle = await self._idle()
        if command.dry_run:
            await self._plan(command, idle)
            return
        upkeep = _Upkeep()
        try:
            for session in idle:
                await self._use(upkeep, session)
            if self._registers:
                await self._register(upkeep)
        except RequestsStopped as stopped:
            upkeep.steps -= 1
            upkeep.notes.append(stopped.detail)
        failed = len(upkeep.problems)
        tally = RunTally(expected=upkeep.steps, processed=upkeep.steps, succeeded=upkeep.steps - failed, failed=failed)
        async with self._transaction() as tx:
            tx.runs.finished(
                command.run_id,
                tally,
                outcome=RunOutcome.FAILED if failed and failed == upkeep.steps else RunOutcome.COMPLETED,
                problems=upkeep.problems,
                details={"notes": upkeep.notes} if upkeep.notes else {},
            )

    async def _idle(self) -> list[TrackerSession]:
        """The sessions that work and were not used for long. A refused session is retried by what needs it."""
        now = self._clock.now()
        used_before = {SessionKind.API: now - USE_API_EVERY, SessionKind.BROWSER: now - USE_BROWSER_EVERY}
        return [
            each
            for each in (await self._control.access()).sessions
            if each.state in (SessionState.OK, SessionState.UNTRIED)
            and (each.last_success_at is None or each.last_success_at <= used_before[each.kind])
        ]

    async def _use(self, upkeep: _Upkeep, session: TrackerSession) -> None:
        """Use one session. Raises `RequestsStopped`."""
        upkeep.steps += 1
        try:
            if session.kind is SessionKind.API:
                await self._check.check_cookie()
            else:
                await self._pages.read(FIRST_PAGE)
        except RequestsStopped:
            raise
        except RemoteError as error:
            words = f"the {session.kind} session could not be used: {error.detail}"
            kind = session.kind.value
            upkeep.problems.append(translatable("run.session_not_used", words, session=kind, why=error.detail))
        else:
            words = f"the {session.kind} session was used"
            upkeep.notes.append(translatable("run.session_used", words, session=session.kind.value))

    async def _register(self, upkeep: _Upkeep) -> None:
        """Register the address if it is due, and store the answer. Raises `RequestsStopped` before it stores one."""
        upkeep.steps += 1
        now = self._clock.now()
        try:
            if not is_due(await self._seedbox.load(), await self._egress_reader.read(), now):
                return
            answer = await self._registration.register(now, lambda: self._seedbox.claim(now))
        except SessionRefused as refused:
            answer = not_registered(state_after_refusal(refused.state), refused.detail)
        except RequestsStopped:
            raise
        except RemoteError as error:
            answer = not_registered(SeedboxState.FAILED, error.detail)
        if answer is None:
            return
        await self._seedbox.save(answer)
        if answer.state is SeedboxState.REGISTERED:
            words = f"the address {answer.address} is registered"
            upkeep.notes.append(translatable("run.address_registered", words, address=answer.address))
            return
        why = with_code(answer.detail, answer.translatable.get("detail"))
        if answer.state is SeedboxState.TOO_RECENT:
            upkeep.notes.append(why)
        else:
            words = f"the address could not be registered: {why}"
            upkeep.problems.append(translatable("run.address_not_registered", words, why=why))

    async def _plan(self, command: KeepAccess, idle: list[TrackerSession]) -> None:
        """Plan with the stored state. Nothing is requested."""
        idle_words = translatable("plan.session_idle", "it was not used for long")
        actions = [PlannedAction.of("use_session", _session(each.kind), idle_words) for each in idle]
        register = translatable("plan.would_register", "A changed address would be registered.")
        notes = [register] if self._registers else []
        async with self._transaction() as tx:
            tx.runs.finished(command.run_id, RunTally(), details=Plan.of(actions, notes=notes).as_details())


def _session(kind: SessionKind) -> str:
    return translatable("plan.session", kind.value, session=kind.value)
