"""Signing in with OpenID Connect: attempts, tokens, and who may sign in."""

from typing import Any

import pytest
from gateway.sign_in.openid.access import Access
from gateway.sign_in.openid.attempt import ATTEMPT_SECONDS, Attempts, local_path
from gateway.sign_in.openid.failure import SignInFailed
from gateway.sign_in.openid.id_token import Expected, UnknownKey, verified_claims
from sandbox.openid.app import CLIENT_ID
from sandbox.openid.tokens import SigningKeys
from shared.chassis.sealing import SecretKeys
from shared.testing.clocks import ManualClock

from .conftest import SECRET

CALLBACK = "http://gateway/api/session/openid/callback"


@pytest.fixture(scope="module")
def keys() -> SigningKeys:
    """The keys of a provider. Making them takes a moment."""
    return SigningKeys()


def test_an_attempt_is_valid_for_some_minutes() -> None:
    clock = ManualClock()
    attempts = Attempts(SecretKeys(SECRET), clock)
    attempt = attempts.start(CALLBACK, "/")
    value = attempts.sealed(attempt)
    clock.forward(seconds=ATTEMPT_SECONDS - 1)
    assert attempts.opened(value) == attempt
    assert attempts.opened(value[:-8] + "AAAAAAA=") is None
    assert attempts.opened("ü" * 10) is None
    assert Attempts(SecretKeys("another" * 5), clock).opened(value) is None
    clock.forward(seconds=2)
    assert attempts.opened(value) is None


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/\t/evil", "/ü", "/" + "x" * 600],
)
def test_a_page_of_another_site_is_never_opened(path: str) -> None:
    assert local_path(path) == "/"


@pytest.mark.parametrize(
    ("claims", "allowed"),
    [
        ({"email": "A@x.example", "email_verified": True}, True),
        ({"email": "a@x.example"}, False),
        ({"email": "a@x.example", "email_verified": "true"}, False),
        ({"email": "b@x.example", "email_verified": True}, False),
        ({"email": ["a@x.example"], "email_verified": True}, False),
        ({"groups": ["readers"]}, True),
        ({"groups": "readers"}, True),
        ({"groups": ["Readers", 7, None]}, False),
        ({"groups": {"readers": True}}, False),
        ({}, False),
    ],
)
def test_who_may_sign_in(claims: dict[str, Any], allowed: bool) -> None:
    access = Access("email", frozenset({"a@x.example"}), "groups", frozenset({"readers"}))
    try:
        access.check([claims])
    except SignInFailed:
        assert not allowed
    else:
        assert allowed


def test_the_address_of_one_source_is_not_verified_by_another() -> None:
    access = Access("email", frozenset({"a@x.example"}), "groups", frozenset())
    with pytest.raises(SignInFailed):
        access.check([{"email": "a@x.example"}, {"email": "b@x.example", "email_verified": True}])
    access.check([{"sub": "1"}, {"email": "a@x.example", "email_verified": True}])


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "[" * 20_000, "e30.e30.e30"])
def test_a_token_that_is_none_is_refused(token: str, keys: SigningKeys) -> None:
    published = keys.published()["keys"]
    with pytest.raises(SignInFailed):
        verified_claims(token, published, Expected("http://x", CLIENT_ID, "nonce", None, 0))


@pytest.mark.parametrize("keys_of_provider", [[], [{"kty": "RSA"}], [{"kty": 1}], [{"kty": "RSA", "n": [], "e": {}}]])
def test_keys_that_cannot_be_read_are_ignored(keys_of_provider: list[dict[str, Any]], keys: SigningKeys) -> None:
    token = keys.signed({"sub": "dorothy"})
    with pytest.raises((UnknownKey, SignInFailed)):
        verified_claims(token, keys_of_provider, Expected("http://x", CLIENT_ID, "nonce", None, 0))
