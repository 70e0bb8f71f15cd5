"""/api/system/keys: keys are created, listed and revoked with the scope admin."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from gateway.api_keys.keys import Keys
from shared.chassis.database import Database, Transaction
from shared.chassis.sealing import SecretKeys
from shared.testing.waiting import until

from .conftest import Gateway

SECRET = "s" * 32


async def made(gateway: Gateway, *scopes: str, name: str = "dashboard") -> dict[str, Any]:
    answer = await gateway.call("POST", "/api/system/keys", json={"name": name, "scopes": list(scopes)})
    assert answer.status_code == 201
    body: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/api/system/keys/{body['id']}"
    return body


async def test_a_created_key_may_do_what_its_scopes_allow(gateway: Gateway) -> None:
    key = (await made(gateway, "read"))["key"]
    assert (await gateway.call("GET", "/api/books", key=key)).json()["code"] == "service_away"
    assert (await gateway.call("GET", "/api/system/keys", key=key)).status_code == 403


async def test_a_key_is_shown_only_when_it_is_created(gateway: Gateway, database_url: str) -> None:
    key = await made(gateway, "write", name="Ozma's shelf")
    listed = await gateway.call("GET", "/api/system/keys")
    assert listed.json()["total"] == 4
    newest = listed.json()["items"][0]
    assert (newest["name"], newest["scopes"]) == ("Ozma's shelf", ["write"])
    assert key["key"] not in listed.text
    with psycopg.connect(database_url) as connection:
        assert key["key"] not in repr(connection.execute("select * from gateway.api_keys").fetchall())


async def test_a_revoked_key_is_refused_at_once(gateway: Gateway) -> None:
    key = await made(gateway, "admin")
    assert (await gateway.call("GET", "/api/system/keys", key=key["key"])).status_code == 200
    assert (await gateway.call("DELETE", f"/api/system/keys/{key['id']}")).status_code == 204
    assert (await gateway.call("GET", "/api/system/keys", key=key["key"])).status_code == 403
    assert (await gateway.call("DELETE", f"/api/system/keys/{key['id']}")).status_code == 404


async def test_a_revoked_key_is_refused_by_another_replica_within_seconds(gateway: Gateway, database: Database) -> None:
    replica = Keys(database.transactions(Transaction), SecretKeys(SECRET))
    key = await made(gateway, "read")
    assert await replica.caller(key["key"]) is not None
    await gateway.call("DELETE", f"/api/system/keys/{key['id']}")

    async def forgotten() -> bool:
        return await replica.caller(key["key"]) is None

    await until(forgotten)


async def test_the_last_admin_key_cannot_be_revoked(gateway: Gateway) -> None:
    (admin,) = [each for each in (await gateway.call("GET", "/api/system/keys")).json()["items"]
                if "admin" in each["scopes"]]  # fmt: skip
    answer = await gateway.call("DELETE", f"/api/system/keys/{admin['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin_key")
    another = await made(gateway, "admin")
    assert (await gateway.call("DELETE", f"/api/system/keys/{admin['id']}", key=another["key"])).status_code == 204


async def test_the_last_use_of_a_key_is_shown(database: Database) -> None:
    keys = Keys(database.transactions(Transaction), SecretKeys(SECRET))
    await keys.first("a-key-from-the-settings")
    assert (await keys.list(50, 0)).items[0].last_used_at is None
    await keys.caller("a-key-from-the-settings")
    await keys.write_uses_now()
    assert (await keys.list(50, 0)).items[0].last_used_at is not None


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "body",
    [
        {}, {"name": ""}, {"name": "x" * 101}, {"name": "a\u0000b"}, {"name": "oz", "scopes": []},
        {"name": "oz", "scopes": ["owner"]}, {"name": "oz", "scopes": ["read"] * 4},
    ],
)  # fmt: skip
async def test_an_invalid_new_key_is_refused(gateway_of_module: Gateway, body: dict[str, Any]) -> None:
    assert (await gateway_of_module.call("POST", "/api/system/keys", json=body)).status_code == 422


@pytest.mark.asyncio(loop_scope="module")
async def test_an_unknown_key_cannot_be_revoked(gateway_of_module: Gateway) -> None:
    assert (await gateway_of_module.call("DELETE", f"/api/system/keys/{uuid4()}")).status_code == 404
