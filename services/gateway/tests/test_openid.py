"""Signing in with OpenID Connect: the gateway and a provider that signs tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from gateway.app import SPEC
from gateway.settings import GatewaySettings
from gateway.sign_in.openid.attempt import ATTEMPT_COOKIE
from gateway.sign_in.openid.setting_test import openid_facts
from gateway.sign_in.sessions import BrowserSessions, caller_of
from sandbox.openid import OpenIDStandIn
from sandbox.openid.app import CLIENT_ID, CLIENT_SECRET
from sandbox.outcomes import Outcome
from sandbox.testing import served
from shared.chassis.database import Database, Transaction
from shared.chassis.sealing import SecretKeys
from shared.chassis.service import Service
from shared.chassis.settings import SettingsProblem
from shared.contracts.gateway.sessions import BrowserSession
from shared.testing.clocks import ManualClock

from .conftest import SECRET, Gateway

CALLBACK = "/api/session/openid/callback"


@pytest.fixture(scope="module")
def keys() -> OpenIDStandIn:
    """One provider for all tests, because making its keys takes a moment."""
    made = OpenIDStandIn()
    made.keys.published()
    return made


@pytest.fixture
async def provider(keys: OpenIDStandIn) -> AsyncIterator["Provider"]:
    keys.outcomes.clear()
    async with served(keys) as url:
        yield Provider(keys, url)
    keys.outcomes.clear()


@dataclass
class Provider:
    """The provider and its address."""

    app: OpenIDStandIn
    url: str

    def fail(self, kind: str, path: str = "*") -> None:
        self.app.outcomes.clear()
        self.app.outcomes.switch_on(Outcome(kind=kind, path=path))

    @property
    def settings(self) -> dict[str, str]:
        return {
            "OIDC_ISSUER": self.url,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "OIDC_ALLOWED_USERS": "Dorothy@example.net",
            "OIDC_NAME": "Emerald City",
        }


@pytest.fixture
def access_settings() -> dict[str, str]:
    """Settings of a test class that differ from those of the provider."""
    return {}


@pytest.fixture
def more_settings(provider: Provider, access_settings: dict[str, str]) -> dict[str, str]:
    return provider.settings | access_settings


@asynccontextmanager
async def browser(gateway: Gateway, address: str = "192.168.1.20", **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A browser. Each address has a limit of its own for attempts to sign in."""
    transport = httpx.ASGITransport(gateway.app, raise_app_exceptions=False, client=(address, 50_000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://gateway", headers={"Origin": "http://gateway"}, **options
    ) as client:
        yield client


async def approved(start: httpx.Response, person: str | None = "dorothy") -> str:
    """What the person does at the provider: sign in, or decline. Returns the address to which the browser is sent."""
    assert start.status_code == 303, start.text
    async with httpx.AsyncClient(timeout=60) as http:
        page = (await http.get(start.headers["location"])).text
        words = f"Sign in as {person}" if person else "Decline"
        link = next(part for part in page.split("<p>") if words in part).split('"')[1]
        parts = urlsplit(start.headers["location"])
        answer = await http.get(f"{parts.scheme}://{parts.netloc}{unescape(link)}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def signed_in(client: httpx.AsyncClient, person: str | None = "dorothy", **start: str) -> httpx.Response:
    """Go to the provider and come back. Returns the gateway's last answer."""
    begun = await client.get("/api/session/openid", params=start)
    return await client.get(await approved(begun, person))


def fault(answer: httpx.Response) -> str | None:
    """What the page for signing in is told."""
    assert answer.status_code == 303, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query).get("sign_in_fault", [None])[0]


async def test_a_person_signs_in_at_the_provider_and_out_again(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        assert (await client.get("/api/session")).json()["openid_name"] == "Emerald City"
        answer = await signed_in(client, return_to="/library?sort=title")
        assert answer.headers["location"] == "/library?sort=title"
        assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in answer.headers["set-cookie"].split(";")}
        state = (await client.get("/api/session")).json()
        assert (state["state"], state["session"]["person"]) == ("signed_in", "dorothy")
        assert caller_of(BrowserSession.model_validate(state["session"])).name == "dorothy"
        assert ATTEMPT_COOKIE not in client.cookies
        assert (await client.get("/api/sessions")).json()["total"] == 1
        assert (await client.delete("/api/session")).status_code == 204
        assert (await client.get("/api/sessions")).status_code == 401


async def test_the_provider_gets_a_challenge_a_nonce_and_the_redirect_address(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        address = (await client.get("/api/session/openid")).headers["location"]
    sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
    assert sent["redirect_uri"] == f"http://gateway{CALLBACK}"
    assert sent["scope"].split() == ["openid", "profile", "email"]
    assert min(len(sent[name]) for name in ("state", "nonce", "code_challenge")) >= 43


async def test_what_the_provider_answers_wrongly_is_refused_and_named(gateway: Gateway, provider: Provider) -> None:
    expected = {
        ("wrong_nonce", "/token"): "token_invalid",
        ("wrong_audience", "/token"): "token_invalid",
        ("wrong_issuer", "/token"): "token_invalid",
        ("expired", "/token"): "token_invalid",
        ("wrong_hash", "/token"): "token_invalid",
        ("foreign_key", "/token"): "token_invalid",
        ("shared_secret", "/token"): "token_invalid",
        ("unsigned", "/token"): "token_invalid",
        ("unverified", "/token"): "not_allowed",
        ("away", "/token"): "provider_unavailable",
        ("throttled", "/token"): "provider_unavailable",
        ("html", "/token"): "provider_wrong",
        ("half", "/token"): "provider_wrong",
        ("unauthorized", "/token"): "provider_wrong",
        ("other_person", "*"): "provider_wrong",
        ("scarce", "/token"): None,  # the rest comes from /userinfo
        ("broken", "/jwks"): None,  # the keys are remembered
        ("new_key", "/token"): None,  # and fetched again for an unknown one
    }
    found = {}
    for number, (kind, path) in enumerate(expected):
        async with browser(gateway, f"192.168.2.{number}") as client:
            begun = await client.get("/api/session/openid")
            address = await approved(begun)
            provider.fail(kind, path)
            if kind == "other_person":  # /userinfo is needed only for claims that the ID token lacks
                provider.app.outcomes.switch_on(Outcome(kind="scarce"))
            answer = await client.get(address)
            found[kind, path] = fault(answer)
            signed = (await client.get("/api/session")).json()["state"] == "signed_in"
            assert signed == (found[kind, path] is None)
            provider.app.outcomes.clear()
            if number == 0:  # remember the keys
                assert fault(await signed_in(client)) is None
    assert found == expected


async def test_without_a_discovery_document_nobody_is_sent_away(gateway: Gateway, provider: Provider) -> None:
    async with browser(gateway) as client:
        for kind, expected in (("away", "unavailable"), ("html", "wrong"), ("empty", "wrong"), ("forbidden", "wrong")):
            provider.fail(kind)
            assert fault(await client.get("/api/session/openid")) == f"provider_{expected}"
        provider.app.outcomes.clear()
        assert fault(await signed_in(client)) is None


async def test_only_the_browser_that_started_can_finish_and_only_once(gateway: Gateway) -> None:
    async with browser(gateway) as client, browser(gateway, "192.168.1.21") as other:
        address = await approved(await client.get("/api/session/openid"))
        assert fault(await other.get(address)) == "attempt_expired"
        await other.get("/api/session/openid")
        assert fault(await other.get(address)) == "attempt_expired"
        assert fault(await client.get(address.partition("&iss=")[0])) == "token_invalid"
        address = await approved(await client.get("/api/session/openid"))
        cookie = client.cookies[ATTEMPT_COOKIE]
        assert fault(await client.get(address)) is None
        client.cookies.set(ATTEMPT_COOKIE, cookie)
        assert fault(await client.get(address)) == "attempt_expired"
        assert fault(await client.get(CALLBACK)) == "attempt_expired"
        assert fault(await client.get(CALLBACK, params={"error": "<script>", "state": "x"})) == "attempt_expired"


async def test_a_person_who_declines_or_is_not_allowed_is_told_so(gateway: Gateway) -> None:
    async with browser(gateway) as client:
        assert fault(await signed_in(client, None)) == "declined"
        assert fault(await signed_in(client, "toto")) == "not_allowed"
        assert (await client.get("/api/session")).json()["state"] == "first_run"


def gateway_settings(**values: str) -> GatewaySettings:
    """The settings of a gateway that is not started."""
    return GatewaySettings.read(
        {"DATABASE_URL": "postgresql://x", "NATS_URL": "nats://x", "SECRET_KEY": SECRET} | values
    )


async def facts(**values: str) -> dict[str, str]:
    """What the test of these settings says."""
    settings = gateway_settings(**values)
    found = await openid_facts(settings, Service.of(SPEC, settings))
    assert CLIENT_SECRET not in str(found)
    return {each.code: each.state.value for each in found}


async def test_a_test_of_the_settings_says_what_is_wrong(provider: Provider) -> None:
    good = {
        "reachable": "passed", "answers": "passed", "keys": "passed", "credentials": "passed", "allowed": "passed",
        "redirect": "not_tested",
    }  # fmt: skip
    assert await facts(**provider.settings) == good
    assert await facts(**provider.settings | {"OIDC_ALLOWED_USERS": ""}) == good | {"allowed": "failed"}
    assert await facts(**provider.settings | {"OIDC_CLIENT_SECRET": "wrong"}) == good | {"credentials": "failed"}
    assert await facts() == {"reachable": "not_tested"}
    provider.fail("away")
    assert (await facts(**provider.settings))["reachable"] == "failed"
    provider.fail("html")
    assert (await facts(**provider.settings))["answers"] == "failed"


class TestBelowAPath:
    """Behind a reverse proxy with TLS, at a path."""

    @pytest.fixture
    def access_settings(self) -> dict[str, str]:
        return {"BASE_PATH": "/gapless", "TRUSTED_PROXIES": "10.1.1.1"}

    async def test_the_browser_comes_back_to_the_path(self, gateway: Gateway) -> None:
        forwarded = {"X-Forwarded-Proto": "https", "Host": "shelf.example.net"}
        async with browser(gateway, "10.1.1.1") as client:
            begun = await client.get("/gapless/api/session/openid", params={"return_to": "/wanted"}, headers=forwarded)
            assert "Secure" in begun.headers["set-cookie"]
            address = await approved(begun)
            assert address.startswith(f"https://shelf.example.net/gapless{CALLBACK}?")
            cookie = begun.headers["set-cookie"].partition(";")[0]
            path = address.removeprefix("https://shelf.example.net")
            answer = await client.get(path, headers=forwarded | {"Cookie": cookie})
        assert answer.headers["location"] == "/gapless/wanted"
        assert "Secure" in answer.headers["set-cookie"]


class TestGroups:
    """Only members of a group may sign in."""

    @pytest.fixture
    def access_settings(self) -> dict[str, str]:
        return {"OIDC_ALLOWED_USERS": "", "OIDC_ALLOWED_GROUPS": "gapless"}

    async def test_only_a_member_of_the_group_may_sign_in(self, gateway: Gateway) -> None:
        async with browser(gateway) as client:
            begun = await client.get("/api/session/openid")
            assert "groups" in parse_qs(urlsplit(begun.headers["location"]).query)["scope"][0].split()
            assert fault(await client.get(await approved(begun, "toto"))) == "not_allowed"
            assert fault(await signed_in(client)) is None
            faults = [fault(await client.get(CALLBACK)) for _ in range(10)]
        assert faults[-1] == "too_many_attempts"


class TestNobody:
    """Neither people nor groups are named."""

    @pytest.fixture
    def access_settings(self) -> dict[str, str]:
        return {"OIDC_ALLOWED_USERS": ""}

    async def test_without_a_rule_nobody_may_sign_in(self, gateway: Gateway) -> None:
        async with browser(gateway) as client:
            assert fault(await client.get("/api/session/openid")) == "nobody_allowed"


class TestWrongSecret:
    """The provider does not accept the client."""

    @pytest.fixture
    def access_settings(self) -> dict[str, str]:
        return {"OIDC_CLIENT_SECRET": "a-wrong-secret"}

    async def test_wrong_credentials_of_gapless_are_named(self, gateway: Gateway) -> None:
        async with browser(gateway) as client:
            assert fault(await signed_in(client)) == "client_refused"


class TestWithoutProvider:
    """OpenID Connect is not set up."""

    @pytest.fixture
    def more_settings(self) -> dict[str, str]:
        return {}

    async def test_without_a_provider_there_is_nothing_to_open(self, gateway: Gateway) -> None:
        async with browser(gateway) as client:
            assert (await client.get("/api/session")).json()["openid_name"] is None
            assert (await client.get("/api/session/openid")).status_code == 404
            assert (await client.get(CALLBACK)).status_code == 404


async def test_a_session_ends_when_the_rule_changes_under_which_it_started(database: Database) -> None:
    transaction, clock = database.transactions(Transaction), ManualClock()

    def sessions(rule: str) -> BrowserSessions:
        return BrowserSessions(transaction, SecretKeys(SECRET), clock, rule)

    value, _ = await sessions("one").start(address="192.0.2.1", browser="", person="dorothy")
    by_password, _ = await sessions("one").start(address="192.0.2.1", browser="")
    assert await sessions("one").of(value) is not None
    assert await sessions("two").of(value) is None
    assert await sessions("").of(value) is None
    assert await sessions("").of(by_password) is not None
    assert (await sessions("two").list(10, 0)).total == 1


def test_a_provider_needs_the_id_of_the_client() -> None:
    with pytest.raises(SettingsProblem, match="OIDC_ISSUER needs OIDC_CLIENT_ID"):
        gateway_settings(OIDC_ISSUER="https://auth.example.net")
