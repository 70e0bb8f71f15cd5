"""Stores outages in Postgres, so that all replicas together report each one once, across restarts."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.logging import logger
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.health import CameBack, PartKind, WentDown
from shared.contracts.system import IntegrationState
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.health_monitor.outage_rule import AlertPolicy, Change, Outage, update_outage
from gateway.notifications.ledger import Ledger
from gateway.notifications.messages import Notification
from gateway.postgres.tables import WatchedPartRow, WatchTurnRow


@dataclass(frozen=True)
class Observation:
    """The result of a check of one part. `detail` says what was found and what to do."""

    name: str
    part: PartKind
    state: IntegrationState
    detail: str = ""


class HealthMonitor:
    """Records observations and reports changes, as an event and as a notification."""

    def __init__(self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock

    async def acquire_round(self, round_name: str, every: timedelta) -> bool:
        """Return whether this replica does the checks of this round. It is true for one replica in each interval."""
        now, row = self._clock.now(), WatchTurnRow
        added = insert(row).values(name=round_name, taken_at=now)
        acquired = added.on_conflict_do_update(
            index_elements=[row.name], set_={"taken_at": now}, where=row.taken_at <= now - 0.9 * every
        )
        async with self._transaction() as tx:
            return (await tx.session.execute(acquired.returning(row.name))).first() is not None

    async def record(self, observation: Observation, policy: AlertPolicy) -> None:
        """Store an observation and report the change, if there is one."""
        now = self._clock.now()
        async with self._transaction() as tx:
            healthy = observation.state is IntegrationState.OK
            before, change = await update_stored_outage(tx, observation.name, policy, now, healthy=healthy)
            if before is None or change is None:
                return
            if change is Change.DOWN:
                tx.announce(
                    WentDown(
                        name=observation.name, part=observation.part, state=observation.state, since=before.bad_since,
                        detail=observation.detail,
                    )
                )  # fmt: skip
            else:
                back_at = before.good_since or now
                tx.announce(
                    CameBack(name=observation.name, part=observation.part, since=before.bad_since, back_at=back_at)
                )
            reported_kind = await self._ledger.kind_of(tx, _key(Change.DOWN, observation, before))
            notification = _notification(observation, before, change, now)
            update = {"kind": reported_kind or notification.kind}
            await self._ledger.add(tx, notification.model_copy(update=update), now)
        log = logger(service="gateway")
        (log.warning if change is Change.DOWN else log.info)("part_changed", part=observation.name, change=change.value)


async def update_stored_outage(
    tx: Transaction, name: str, policy: AlertPolicy, now: datetime, *, healthy: bool
) -> tuple[Outage | None, Change | None]:
    """Apply `update_outage` to the stored state of one part. Returns its outage, if any, and the change to report."""
    row = WatchedPartRow
    if not healthy:
        added = insert(row).values(name=name, bad_since=now, seen_at=now)
        await tx.session.execute(added.on_conflict_do_nothing())
    found = await tx.session.scalar(select(row).where(row.name == name).with_for_update())
    if found is None:
        return None, None
    before = Outage(found.bad_since, found.seen_at, found.told_at, found.good_since)
    after, change = update_outage(before, policy, now, healthy=healthy)
    if after is None:
        await tx.session.execute(delete(row).where(row.name == name))
    else:
        await tx.session.execute(update(row).where(row.name == name).values(asdict(after)))
    return after or before, change


def _key(change: Change, observation: Observation, outage: Outage) -> str:
    return f"{change}:{observation.name}:{outage.bad_since.isoformat()}"


def _notification(observation: Observation, outage: Outage, change: Change, now: datetime) -> Notification:
    refused = observation.state in (IntegrationState.REFUSED, IntegrationState.BLOCKED, IntegrationState.NONSENSE)
    down = change is Change.DOWN
    return Notification(
        key=_key(change, observation, outage),
        kind=NewsKind.NEEDS_PERSON if refused else NewsKind.SERVICE_DOWN,
        at=now,
        title=observation.name,
        words=observation.detail or "it does not answer",
        since=outage.bad_since,
        until=None if down else outage.good_since or now,
    )
