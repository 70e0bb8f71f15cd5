"""API keys: one exists from the start, only hashes are stored, and each key has scopes."""

import asyncio
import hmac
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
from gateway.api_keys.keys import Caller, Keys
from shared.chassis.database import Database, Transaction
from shared.chassis.sealing import SecretKeys
from shared.contracts.gateway.api_keys import NewApiKey, Scope
from structlog.testing import capture_logs

SECRET = "s" * 32
API_KEY = "a-key-from-the-settings"


@pytest.fixture
def keys(database: Database) -> Keys:
    return Keys(database.transactions(Transaction), SecretKeys(SECRET))


async def test_the_key_of_the_settings_may_do_everything(keys: Keys) -> None:
    assert await keys.first(API_KEY) is None
    caller = await keys.caller(API_KEY)
    assert caller is not None
    assert (caller.name, caller.scopes) == ("API_KEY", frozenset({Scope.ADMIN}))


async def test_without_a_key_in_the_settings_one_is_generated_and_shown_once(keys: Keys) -> None:
    made = await keys.first(None)
    assert made is not None
    assert len(made) >= 43
    assert await keys.caller(made) is not None
    assert await keys.first(None) is None


async def test_a_start_with_the_same_key_changes_nothing(keys: Keys, database_url: str) -> None:
    for _ in range(3):
        await keys.first(API_KEY)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from gateway.api_keys").fetchone() == (1,)


async def test_a_revoked_key_of_the_settings_is_not_added_again_at_the_next_start(keys: Keys) -> None:
    await keys.first(API_KEY)
    caller = await keys.caller(API_KEY)
    other = await keys.make(NewApiKey(name="another", scopes=[Scope.ADMIN]))
    assert caller is not None
    await keys.delete(caller.key_id)
    with capture_logs() as logs:
        assert await keys.first(API_KEY) is None
    assert await keys.caller(API_KEY) is None
    assert [each["event"] for each in logs] == ["api_key_was_revoked"]
    await keys.first("another-that-was-set-since")
    assert await keys.caller("another-that-was-set-since") is not None
    assert await keys.caller(other.key) is not None


async def test_replicas_that_start_together_generate_one_key(database: Database, database_url: str) -> None:
    replicas = [Keys(database.transactions(Transaction), SecretKeys(SECRET)) for _ in range(5)]
    made = await asyncio.gather(*(replica.first(None) for replica in replicas))
    assert len([key for key in made if key]) == 1
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from gateway.api_keys").fetchone() == (1,)


async def test_the_database_contains_no_key_in_plain_text(keys: Keys, database_url: str) -> None:
    await keys.first(API_KEY)
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select * from gateway.api_keys").fetchall()
    assert API_KEY not in repr(rows)
    assert API_KEY.encode().hex() not in repr(rows)


async def test_a_key_is_invalid_with_another_secret(keys: Keys, database: Database) -> None:
    await keys.first(API_KEY)
    assert await Keys(database.transactions(Transaction), SecretKeys("another" * 5)).caller(API_KEY) is None


async def test_an_unknown_key_has_no_caller(keys: Keys) -> None:
    await keys.first(API_KEY)
    for wrong in ("", API_KEY[:-1], API_KEY.upper(), f"{API_KEY} ", "ключ"):
        assert await keys.caller(wrong) is None


@pytest.mark.parametrize(
    ("held", "may"),
    [
        (Scope.READ, {Scope.READ}),
        (Scope.WRITE, {Scope.READ, Scope.WRITE}),
        (Scope.ADMIN, {Scope.READ, Scope.WRITE, Scope.ADMIN}),
    ],
)
def test_each_scope_includes_those_before_it(held: Scope, may: set[Scope]) -> None:
    caller = Caller(uuid4(), "dorothy", frozenset({held}))
    assert {scope for scope in Scope if caller.may(scope)} == may


def hashes(database_url: str) -> list[bytes]:
    with psycopg.connect(database_url) as connection:
        return [row[0] for row in connection.execute("select hash from gateway.api_keys").fetchall()]


async def test_a_key_stays_valid_after_a_change_of_the_secret_and_is_hashed_again(
    keys: Keys, database: Database, database_url: str
) -> None:
    await keys.first(API_KEY)
    changed = Keys(database.transactions(Transaction), SecretKeys("another" * 5, SECRET))
    await changed.first(API_KEY)
    assert len(hashes(database_url)) == 1
    assert await changed.caller(API_KEY) is not None
    without_the_former = Keys(database.transactions(Transaction), SecretKeys("another" * 5))
    assert await without_the_former.caller(API_KEY) is not None


async def test_a_key_that_was_stored_before_keys_were_derived_stays_valid(
    keys: Keys, database: Database, database_url: str
) -> None:
    await keys.first(API_KEY)
    before = hmac.new(SECRET.encode(), API_KEY.encode(), sha256).digest()
    with psycopg.connect(database_url) as connection:
        connection.execute("update gateway.api_keys set hash = %s", [before])
    await keys.first(API_KEY)
    assert hashes(database_url) == [before]
    assert await keys.caller(API_KEY) is not None
    assert before not in hashes(database_url)
    other_key = Keys(database.transactions(Transaction), SecretKeys("another" * 5, SECRET))
    assert await other_key.caller(API_KEY) is not None


async def test_a_revoked_key_stays_revoked_after_a_change_of_the_secret(keys: Keys, database: Database) -> None:
    await keys.first(API_KEY)
    forgetful = Keys(database.transactions(Transaction), SecretKeys("another" * 5))
    await forgetful.first(API_KEY)
    caller = await forgetful.caller(API_KEY)
    assert caller is not None
    await forgetful.delete(caller.key_id)
    changed = Keys(database.transactions(Transaction), SecretKeys("another" * 5, SECRET))
    assert await changed.caller(API_KEY) is None
    await changed.first(API_KEY)
    assert await changed.caller(API_KEY) is None
