"""Remembers in Postgres what is not well, so that all replicas tell it once, over restarts."""

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
    """A part as it was seen just now; `detail` says what was seen and what to do."""

    name: str
    part: PartKind
    state: IntegrationState
    detail: str = ""


class HealthMonitor:
    """Takes what was seen, and tells what changed: an event for who listens, news for people."""

    def __init__(self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock

    async def my_turn(self, round_name: str, every: timedelta) -> bool:
        """Whether this replica is the one that looks this time."""
        now, row = self._clock.now(), WatchTurnRow
        entered = insert(row).values(name=round_name, taken_at=now)
        taken = entered.on_conflict_do_update(
            index_elements=[row.name], set_={"taken_at": now}, where=row.taken_at <= now - 0.9 * every
        )
        async with self._transaction() as tx:
            return (await tx.session.execute(taken.returning(row.name))).first() is not None

    async def saw(self, sighting: Observation, manner: AlertPolicy) -> None:
        """Remember what was seen, and tell it when it is news."""
        now = self._clock.now()
        async with self._transaction() as tx:
            well = sighting.state is IntegrationState.OK
            before, change = await observe(tx, sighting.name, manner, now, well=well)
            if before is None or change is None:
                return
            if change is Change.DOWN:
                tx.announce(
                    WentDown(
                        name=sighting.name, part=sighting.part, state=sighting.state, since=before.bad_since,
                        detail=sighting.detail,
                    )
                )  # fmt: skip
            else:
                back_at = before.good_since or now
                tx.announce(CameBack(name=sighting.name, part=sighting.part, since=before.bad_since, back_at=back_at))
            told_as = await self._ledger.kind_of(tx, _key(Change.DOWN, sighting, before))
            news = _news(sighting, before, change, now)
            await self._ledger.note(tx, news.model_copy(update={"kind": told_as or news.kind}), now)
        log = logger(service="gateway")
        (log.warning if change is Change.DOWN else log.info)("part_changed", part=sighting.name, change=change.value)


async def observe(
    tx: Transaction, name: str, manner: AlertPolicy, now: datetime, *, well: bool
) -> tuple[Outage | None, Change | None]:
    """Look at one part by the rule. Returns what is known of its illness, and what is news."""
    row = WatchedPartRow
    if not well:
        entered = insert(row).values(name=name, bad_since=now, seen_at=now)
        await tx.session.execute(entered.on_conflict_do_nothing())
    found = await tx.session.scalar(select(row).where(row.name == name).with_for_update())
    if found is None:
        return None, None
    before = Outage(found.bad_since, found.seen_at, found.told_at, found.good_since)
    after, change = update_outage(before, manner, now, well=well)
    if after is None:
        await tx.session.execute(delete(row).where(row.name == name))
    else:
        await tx.session.execute(update(row).where(row.name == name).values(asdict(after)))
    return after or before, change


def _key(change: Change, sighting: Observation, illness: Outage) -> str:
    return f"{change}:{sighting.name}:{illness.bad_since.isoformat()}"


def _news(sighting: Observation, illness: Outage, change: Change, now: datetime) -> Notification:
    refused = sighting.state in (IntegrationState.REFUSED, IntegrationState.NONSENSE)
    down = change is Change.DOWN
    return Notification(
        key=_key(change, sighting, illness),
        kind=NewsKind.NEEDS_PERSON if refused else NewsKind.SERVICE_DOWN,
        at=now,
        title=sighting.name,
        words=sighting.detail or "it does not answer",
        since=illness.bad_since,
        until=None if down else illness.good_since or now,
    )
