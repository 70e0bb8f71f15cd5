"""Signing in with a browser: the password, the sessions, and calls that other sites make with the cookie."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from gateway.middleware.rate_limits import SIGN_INS_PER_MINUTE
from gateway.settings import GatewaySettings
from gateway.sign_in.password import PasswordIsSet, PasswordStore
from gateway.sign_in.sessions import COOKIE, SESSION_DAYS, BrowserSessions
from shared.chassis.database import Database, Transaction
from shared.chassis.sealing import SecretKeys
from shared.chassis.settings import SettingsProblem
from shared.testing.clocks import ManualClock
from sqlalchemy import text

from .conftest import ADMIN_KEY, READ_KEY, SECRET, Gateway

PASSWORD = "no place like home"
OWN_PAGE = {"Origin": "http://gateway"}
PRIVATE, PUBLIC = "192.168.1.20", "8.8.8.8"


@asynccontextmanager
async def browser(gateway: Gateway, address: str = PRIVATE, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with cookies, whose calls come from pages of the gateway unless a test says otherwise."""
    transport = httpx.ASGITransport(gateway.app, raise_app_exceptions=False, client=(address, 50_000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://gateway", headers=OWN_PAGE | headers, follow_redirects=False
    ) as client:
        yield client


async def first_password(client: httpx.AsyncClient, **headers: str) -> httpx.Response:
    return await client.post("/api/session/first-password", json={"password": PASSWORD}, headers=headers)


async def sign_in(client: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/session", json={"password": password})


async def state(client: httpx.AsyncClient) -> str:
    answer = (await client.get("/api/session")).raise_for_status().json()
    return str(answer["state"])


async def test_a_browser_sets_the_first_password_signs_out_and_in_again(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        assert await state(client) == "first_run"
        assert (await first_password(client)).status_code == 200
        assert await state(client) == "signed_in"
        assert (await client.get("/api/books")).json()["code"] == "service_away"

        assert (await client.delete("/api/session")).status_code == 204
        assert await state(client) == "signed_out"
        assert (await client.get("/api/books")).status_code == 401

        assert (await sign_in(client, "another password")).json()["code"] == "wrong_password"
        assert (await sign_in(client)).status_code == 200
        assert await state(client) == "signed_in"


async def test_the_cookie_is_hidden_from_scripts_and_other_sites(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        cookie = (await first_password(client)).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie


async def test_behind_tls_the_cookie_is_only_sent_over_tls(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        answer = await client.post("https://gateway/api/session/first-password", json={"password": PASSWORD},
                                   headers={"Origin": "https://gateway"})  # fmt: skip
    assert "Secure" in answer.headers["set-cookie"]


async def test_there_is_only_one_first_password(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        await first_password(client)
        assert (await first_password(client)).json()["code"] == "password_is_set"


async def test_from_a_public_address_the_first_password_needs_an_api_key(gateway: Gateway) -> None:
    async with browser(gateway, PUBLIC) as client:
        assert (await client.get("/api/session")).json()["needs_api_key"]
        assert (await first_password(client)).json()["code"] == "no_key"
        assert (await first_password(client, **{"X-Api-Key": READ_KEY})).json()["code"] == "no_key"
        assert (await first_password(client, **{"X-Api-Key": ADMIN_KEY})).status_code == 200


async def test_a_browser_signs_in_with_an_api_key_of_an_administrator(gateway: Gateway) -> None:
    async with browser(gateway, PUBLIC) as client:
        refused = await client.post("/api/session", json={"api_key": READ_KEY})
        assert refused.json()["code"] == "wrong_password"
        assert (await client.post("/api/session", json={"api_key": ADMIN_KEY})).status_code == 200
        assert await state(client) == "signed_in"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
async def test_a_page_of_another_site_changes_nothing(gateway: Gateway, headers: dict[str, str]) -> None:
    async with browser(gateway) as client:
        await first_password(client)
        refused = await client.post("/api/trigger/rescan", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "other_origin")
        assert (await client.delete("/api/session", headers=headers)).json()["code"] == "other_origin"
        assert await state(client) == "signed_in"


async def test_a_page_of_another_site_signs_nobody_in(gateway: Gateway) -> None:
    async with browser(gateway, **{"Origin": "http://evil.example"}) as client:
        assert (await first_password(client)).json()["code"] == "other_origin"
        assert (await sign_in(client)).json()["code"] == "other_origin"


async def test_a_program_with_a_key_needs_no_origin(gateway: Gateway) -> None:
    answer = await gateway.call("PUT", "/api/session/password", json={"password": PASSWORD})
    assert answer.status_code == 204


async def test_passwords_are_guessed_ten_times_a_minute_at_most(gateway: Gateway) -> None:
    async with browser(gateway) as client, browser(gateway, "10.0.0.9") as other:
        await first_password(other)
        guesses = [await sign_in(client, "a wrong guess") for _ in range(SIGN_INS_PER_MINUTE + 1)]
        assert [each.status_code for each in guesses] == [401] * SIGN_INS_PER_MINUTE + [429]
        assert int(guesses[-1].headers["retry-after"]) > 0
        assert (await sign_in(other)).status_code == 200


async def test_a_revoked_session_is_refused(gateway: Gateway) -> None:
    async with browser(gateway) as client, browser(gateway) as other:
        await first_password(client)
        await sign_in(other)
        sessions = (await client.get("/api/sessions")).json()["items"]
        own = (await client.get("/api/session")).json()["session"]["id"]
        (others,) = [each for each in sessions if each["id"] != own]
        assert (await client.delete(f"/api/sessions/{others['id']}")).status_code == 204
        assert (await other.get("/api/books")).json()["code"] == "session_ended"
        assert (await client.delete(f"/api/sessions/{others['id']}")).status_code == 404
        assert await state(client) == "signed_in"


async def test_a_browser_replaces_a_lost_password_with_an_api_key_that_may_do_it(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        await first_password(client)
        await client.delete("/api/session")
        assert (await client.post("/api/session", json={"api_key": ADMIN_KEY})).status_code == 200
        change = {"password": "somewhere over the rainbow"}
        for refused in (READ_KEY, ""):
            answer = await client.put("/api/session/password", json=change | {"current": refused})
            assert answer.json()["code"] == "wrong_password"
        assert (await client.put("/api/session/password", json=change | {"current": ADMIN_KEY})).status_code == 204
        assert (await sign_in(client, change["password"])).status_code == 200


async def test_a_browser_replaces_the_password_with_the_present_one_and_signs_others_out(gateway: Gateway) -> None:
    async with browser(gateway) as client, browser(gateway) as other:
        await first_password(client)
        await sign_in(other)
        change = {"password": "somewhere over the rainbow"}
        assert (await client.put("/api/session/password", json=change)).json()["code"] == "wrong_password"
        assert (await client.put("/api/session/password", json=change | {"current": PASSWORD})).status_code == 204
        assert (await client.get("/api/sessions")).status_code == 200
        assert (await other.get("/api/sessions")).status_code == 401
        assert (await sign_in(other)).status_code == 401
        assert (await sign_in(other, change["password"])).status_code == 200


@pytest.mark.parametrize("body", [{}, {"password": "x", "api_key": "y"}, {"password": "x" * 201}, {"password": 1}])
async def test_an_invalid_attempt_is_refused(gateway: Gateway, body: dict[str, Any]) -> None:
    async with browser(gateway) as client:
        assert (await client.post("/api/session", json=body)).status_code == 422


async def test_a_short_password_is_refused(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        answer = await client.post("/api/session/first-password", json={"password": "short"})
    assert (answer.status_code, answer.json()["detail"].partition(":")[0]) == (422, "body.password")


async def test_neither_the_password_nor_the_cookie_is_stored_in_clear(gateway: Gateway, database: Database) -> None:
    async with browser(gateway) as client:
        await first_password(client)
        value = client.cookies[COOKIE]
    async with database.engine.connect() as connection:
        stored = [
            str(row)
            for table in ("passwords", "browser_sessions")
            for row in await connection.execute(text(f"select t::text from gateway.{table} t"))
        ]
    assert len(stored) == 2
    assert "$argon2id$" in stored[0]
    assert not [row for row in stored if PASSWORD in row or value in row or value.encode().hex() in row]


async def test_a_session_ends_when_it_is_not_used(database: Database) -> None:
    clock = ManualClock()
    sessions = BrowserSessions(database.transactions(Transaction), SecretKeys(SECRET), clock)
    value, _ = await sessions.start(address=PRIVATE, browser="Firefox")

    def replica() -> BrowserSessions:
        return BrowserSessions(database.transactions(Transaction), SecretKeys(SECRET), clock)

    for _ in range(3):
        clock.forward(seconds=timedelta(days=SESSION_DAYS - 1).total_seconds())
        assert await replica().of(value) is not None
    clock.forward(seconds=timedelta(days=SESSION_DAYS).total_seconds())
    assert await replica().of(value) is None


async def test_a_session_survives_a_change_of_the_secret_key(database: Database) -> None:
    transaction, clock = database.transactions(Transaction), ManualClock()
    value, made = await BrowserSessions(transaction, SecretKeys(SECRET), clock).start(address=PRIVATE, browser="")
    changed = BrowserSessions(transaction, SecretKeys("another" * 5, SECRET), clock)
    assert await changed.of(value) == made


async def test_of_two_first_passwords_at_once_one_is_set(database: Database) -> None:
    transaction = database.transactions(Transaction)
    await PasswordStore(transaction).set_first(PASSWORD)
    with pytest.raises(PasswordIsSet):
        await PasswordStore(transaction).set_first("another password")
    assert await PasswordStore(transaction).is_right(PASSWORD)


class TestForwardAuthentication:
    """The proxy at 10.1.1.1 signs people in."""

    @pytest.fixture
    def more_settings(self) -> dict[str, str]:
        return {"FORWARD_AUTH_HEADER": "Remote-User", "TRUSTED_PROXIES": "10.1.1.1"}

    async def test_a_user_of_the_trusted_proxy_is_signed_in(self, gateway: Gateway) -> None:
        async with browser(gateway, "10.1.1.1", **{"Remote-User": "dorothy"}) as client:
            assert await state(client) == "signed_in"
            assert (await client.get("/api/sessions")).status_code == 200
            refused = await client.post("/api/trigger/rescan", headers={"Origin": "http://evil.example"})
            assert refused.json()["code"] == "other_origin"

    async def test_nobody_else_may_name_a_user(self, gateway: Gateway) -> None:
        forwarded = {"Remote-User": "dorothy", "X-Forwarded-For": "10.1.1.1"}
        async with browser(gateway, PRIVATE, **forwarded) as client:
            assert await state(client) == "first_run"
            assert (await client.get("/api/sessions")).status_code == 401

    async def test_the_header_needs_a_trusted_proxy(self) -> None:
        environment = {"DATABASE_URL": "postgresql://x", "NATS_URL": "nats://x", "SECRET_KEY": SECRET}
        with pytest.raises(SettingsProblem, match="FORWARD_AUTH_HEADER needs TRUSTED_PROXIES"):
            GatewaySettings.read(environment | {"FORWARD_AUTH_HEADER": "Remote-User"})
