"""The stored session values survive an upgrade and a change of SECRET_KEY."""

import asyncio
import base64
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from cryptography.fernet import Fernet
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.domain.refusals import SessionRefused
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database
from shared.chassis.errors import RemoteRefusedUs
from shared.contracts.mam.search import MamSearch

SEED = "seed-of-the-session"
QUERY = MamSearch(text="ozma oz")
SECRET, OTHER = "s" * 32, "o" * 32


async def test_the_values_stay_readable_after_a_change_of_the_secret(tracker: Any, database: Database) -> None:
    store = tracker.sessions(database)
    await store.replace(await store.load(), SEED, "rotated")
    changed = tracker.sessions(database, secret=OTHER, former=SECRET)
    assert (await changed.load()).values == ["rotated", SEED]
    await changed.replace(await changed.load(), "rotated", "newest")
    without_the_former = tracker.sessions(database, secret=OTHER)
    assert (await without_the_former.load()).values == ["newest", "rotated", SEED]


async def test_values_that_were_stored_before_keys_were_derived_stay_readable(
    tracker: Any, database: Database, database_url: str
) -> None:
    seal = Fernet(base64.urlsafe_b64encode(sha256(SECRET.encode()).digest()))
    fingerprint = sha256(f"{SECRET}:{SEED}".encode()).hexdigest()
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into mam.sessions (kind, seed_fingerprint, session, previous) values ('api', %s, %s, %s)",
            [fingerprint, seal.encrypt(b"rotated"), seal.encrypt(b"older")],
        )
    store = tracker.sessions(database)
    assert (await store.load()).values == ["rotated", "older", SEED]


async def test_a_new_session_in_the_setting_replaces_all_values(tracker: Any, database: Database) -> None:
    store = tracker.sessions(database)
    await store.replace(await store.load(), SEED, "rotated")
    changed = tracker.sessions(database, "a new seed", secret=OTHER, former=SECRET)
    assert (await changed.load()).values == ["a new seed"]


async def test_unreadable_values_are_kept_until_the_setting_is_accepted(tracker: Any, database: Database) -> None:
    store = tracker.sessions(database)
    await store.replace(await store.load(), SEED, "rotated")
    changed = tracker.sessions(database, secret=OTHER)
    known = await changed.load()
    assert (known.values, known.unreadable) == ([SEED], True)
    assert (await store.load()).values == ["rotated", SEED]
    await changed.replace(known, SEED, "accepted")
    known = await changed.load()
    assert (known.values, known.unreadable) == (["accepted", SEED], False)


async def test_a_refusal_names_the_former_secret_if_newer_values_are_unreadable(tracker: Any) -> None:
    await tracker.replica().search(QUERY)
    with pytest.raises(RemoteRefusedUs, match="SECRET_KEY_PREVIOUS"):
        await tracker.replica(secret=OTHER).search(QUERY)


async def test_a_cancellation_waits_until_the_new_value_is_stored(tracker: Any, database: Database) -> None:
    store = tracker.sessions(database)
    replacing = asyncio.create_task(store.replace(await store.load(), SEED, "rotated"))
    for _ in range(2):
        await asyncio.sleep(0)
        replacing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await replacing
    assert (await store.load()).values == ["rotated", SEED]


async def test_a_session_that_was_tested_continues_with_the_value_that_the_test_received(tracker: Any) -> None:
    test = MyAnonamouse(tracker.requests_of_replica(tested=True))
    now = SystemClock().now()
    assert (await test.standing(now, person_waits=True, probe=True)).username
    assert (await tracker.replica().standing(now)).username, "the given value does not work any more"


async def test_a_refused_test_of_a_session_changes_nothing_for_the_one_in_use(tracker: Any) -> None:
    replica, now = tracker.replica(), SystemClock().now()
    await replica.standing(now)
    test = MyAnonamouse(tracker.requests_of_replica(seed="a-value-that-the-site-does-not-know", tested=True))
    with pytest.raises(SessionRefused):
        await test.standing(now, person_waits=True, probe=True)
    assert (await replica.standing(now)).username
    status = await tracker.rate_limiters[0].status()
    assert status.account.health == "ok"
