"""Idle sessions are used before they expire, and our address is registered at most once an hour."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from mam_search.adapters.mam.access import TrackerAccessReader
from mam_search.adapters.mam.seedbox import SeedboxRegistration
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.ports import Page
from mam_search.domain.seedbox import INTERVAL
from mam_search.domain.session_credentials import SessionCredentials
from mam_search.handlers.keep_access import USE_API_EVERY, USE_BROWSER_EVERY, KeepAccessHandler
from mam_search.workflow.egress_reader import EgressReader
from shared.chassis.database import Transaction
from shared.chassis.sealing import SecretKeys
from shared.contracts.mam.search import MamSearch
from shared.contracts.mam.seedbox import KeepAccess, Seedbox, SeedboxState
from shared.contracts.mam.sessions import SessionKind
from shared.contracts.runs import RunFinished, RunOutcome
from shared.testing.clocks import ManualClock
from sqlalchemy import select

CHECK, REGISTER = "/json/checkCookie.php", "/json/dynamicSeedbox.php"


@dataclass
class ReadPages:
    """Pages that are read without a browser, which `browser/test_pages.py` tests."""

    sessions: SessionStore
    clock: ManualClock
    paths: list[str] = field(default_factory=list)

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Record the path, and the success of the session."""
        self.paths.append(path)
        health = (await self.sessions.load()).health
        health.succeed(self.clock.now())
        await self.sessions.save(health)
        return Page(url=path, title="", html="")


@dataclass
class Replica:
    """One replica of the handler."""

    handler: KeepAccessHandler
    pages: ReadPages
    transaction: Any
    seedbox: Any

    async def keep(self, *, dry_run: bool = False) -> RunFinished:
        """Run once, and return how the run ended."""
        await self.handler.keep(KeepAccess(run_id=uuid4(), dry_run=dry_run))
        query = select(CHASSIS.outbox.c.payload).where(CHASSIS.outbox.c.subject == RunFinished.subject)
        async with self.transaction() as tx:
            payloads = (await tx.session.scalars(query.order_by(CHASSIS.outbox.c.id))).all()
        return RunFinished.model_validate_json(payloads[-1])


def replica(tracker: Any, clock: ManualClock, *, registers: bool = True, browser: str = "") -> Replica:
    check = tracker.replica()
    transaction = tracker.databases[-1].transactions(Transaction)
    api = SessionStore(transaction, SecretKeys("s" * 32), clock, SessionCredentials("seed-of-the-session"))
    sessions = SessionStore(transaction, SecretKeys("s" * 32), clock, SessionCredentials(browser), SessionKind.BROWSER)
    seedbox = tracker.seedbox()
    pages = ReadPages(sessions, clock)
    handler = KeepAccessHandler(
        transaction,
        TrackerAccessReader(tracker.rate_limiters[-1], (api, sessions), seedbox, clock),
        check,
        pages,
        SeedboxRegistration(tracker.requests_of_replica()),
        seedbox,
        EgressReader(check, seedbox, clock),
        clock,
        registers=registers,
    )
    tracker.site.seedbox.now = clock.now
    return Replica(handler, pages, transaction, seedbox)


async def test_idle_sessions_are_used_before_they_expire(tracker: Any) -> None:
    clock = ManualClock()
    one = replica(tracker, clock, registers=False, browser="a browser session")
    await one.keep()
    assert (tracker.paths(CHECK), one.pages.paths) == (1, ["/"])
    await one.keep()
    assert tracker.paths(CHECK) == 1


async def test_a_session_that_was_used_is_left_alone(tracker: Any) -> None:
    await tracker.replica().search(MamSearch(text="ozma oz"))
    assert USE_API_EVERY < USE_BROWSER_EVERY < timedelta(days=15)
    await replica(tracker, ManualClock(), registers=False).keep()
    assert tracker.paths(CHECK) == 0


async def test_a_refused_session_is_not_tried(tracker: Any) -> None:
    tracker.fails("forbidden", times=1)
    with pytest.raises(Exception, match="403"):
        await tracker.replica().search(MamSearch(text="ozma oz"))
    await replica(tracker, ManualClock(), registers=False).keep()
    assert tracker.requests == 1


async def test_a_dry_run_requests_nothing(tracker: Any) -> None:
    finished = await replica(tracker, ManualClock()).keep(dry_run=True)
    assert finished.details["plan"]["counts"] == {"use_session": 1}
    assert tracker.requests == 0


async def test_the_address_is_registered_once_and_confirmed_daily(tracker: Any) -> None:
    clock = ManualClock()
    one = replica(tracker, clock)
    await one.keep()
    assert tracker.site.seedbox.registered == "127.0.0.1"
    stored = await one.seedbox.load()
    assert (stored.state, stored.address) == (SeedboxState.REGISTERED, "127.0.0.1")
    for _ in range(5):
        clock.forward(hours=3)
        await one.keep()
    assert tracker.paths(REGISTER) == 1
    clock.forward(hours=10)
    await one.keep()
    assert tracker.paths(REGISTER) == 2
    assert (await one.seedbox.load()).registered_at == clock.now()


async def test_a_new_address_is_sent_at_most_once_an_hour_over_all_replicas(tracker: Any) -> None:
    clock = ManualClock()
    await replica(tracker, clock).keep()
    tracker.site.seedbox.public_address = "203.0.113.7"
    for _ in range(4):
        clock.forward(minutes=14)
        await replica(tracker, clock).keep()
    assert tracker.paths(REGISTER) == 1
    clock.forward(minutes=4)
    await replica(tracker, clock).keep()
    assert tracker.paths(REGISTER) == 2
    assert tracker.site.seedbox.registered == "203.0.113.7"
    assert clock.now() - (await replica(tracker, clock).seedbox.load()).sent_at < INTERVAL


async def test_a_change_that_is_too_recent_is_sent_again_an_hour_later(tracker: Any) -> None:
    clock = ManualClock()
    tracker.site.seedbox.now = clock.now
    tracker.site.seedbox._changed_at = clock.now()
    one = replica(tracker, clock)
    finished = await one.keep()
    assert (finished.outcome, finished.problems) == (RunOutcome.COMPLETED, [])
    stored = await one.seedbox.load()
    assert (stored.state, stored.translatable["detail"].code) == (SeedboxState.TOO_RECENT, "account.too_recent")
    clock.forward(hours=1, seconds=1)
    await one.keep()
    assert (await one.seedbox.load()).state is SeedboxState.REGISTERED
    assert await tracker.replica().search(MamSearch(text="ozma oz"))


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        ("ip_mismatch", SeedboxState.WRONG_ADDRESS, "another IP address"),
        ("asn_mismatch", SeedboxState.WRONG_NETWORK, "another network"),
        ("not_allowed", SeedboxState.NOT_ALLOWED, "dynamic seedbox allowed"),
        ("session_burnt", SeedboxState.DEAD, "MAM_SESSION"),
        ("html", SeedboxState.DEAD, "MAM_SESSION"),
        ("throttled", SeedboxState.FAILED, "429"),
        ("away", SeedboxState.FAILED, "503"),
        ("half", SeedboxState.FAILED, "unexpected"),
    ],
)
async def test_each_refusal_of_the_registration_has_its_own_state(
    kind: str, state: SeedboxState, words: str, tracker: Any
) -> None:
    one = replica(tracker, ManualClock())
    tracker.fails(kind, path=REGISTER)
    finished = await one.keep()
    assert len(finished.problems) == 1
    stored: Seedbox = await one.seedbox.load()
    assert (stored.state, stored.address) == (state, "")
    assert words in stored.detail


async def test_a_session_that_may_not_register_is_used_for_everything_else(tracker: Any) -> None:
    one = replica(tracker, ManualClock())
    tracker.fails("not_allowed", path=REGISTER)
    await one.keep()
    assert await tracker.replica().search(MamSearch(text="ozma oz"))


async def test_nothing_is_done_and_nothing_is_stored_while_a_person_has_stopped_all_requests(tracker: Any) -> None:
    clock = ManualClock()
    one = replica(tracker, clock)
    await one.keep()
    registered = await one.seedbox.load()
    tracker.site.seedbox.public_address = "203.0.113.7"
    clock.forward(days=2)
    await tracker.rate_limiters[0].stop("anna")
    finished = await one.keep()
    assert (finished.outcome, finished.problems) == (RunOutcome.COMPLETED, [])
    assert finished.details["notes"] == ["anna has stopped all requests; resume them first"]
    assert await one.seedbox.load() == registered
    await tracker.rate_limiters[0].resume()
    await one.keep()
    assert tracker.site.seedbox.registered == "203.0.113.7"
