"""Signing in with a browser, and the sessions that this makes."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, SecretStr, StringConstraints, model_validator

from shared.contracts.model import Model
from shared.contracts.values import Moment

MIN_PASSWORD = 10
MAX_PASSWORD = 200

Password = Annotated[SecretStr, Field(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)]
Attempt = Annotated[SecretStr, Field(min_length=1, max_length=MAX_PASSWORD)]


class SignInState(StrEnum):
    """Whether the browser is signed in."""

    FIRST_RUN = "first_run"
    SIGNED_OUT = "signed_out"
    SIGNED_IN = "signed_in"


class OpenIDFault(StrEnum):
    """Why a person could not sign in with OpenID Connect, as the page for signing in gets it."""

    PROVIDER_UNAVAILABLE = "provider_unavailable"
    PROVIDER_WRONG = "provider_wrong"
    PROVIDER_REFUSED = "provider_refused"
    CLIENT_REFUSED = "client_refused"
    DECLINED = "declined"
    ATTEMPT_EXPIRED = "attempt_expired"
    TOKEN_INVALID = "token_invalid"  # noqa: S105 - not a password
    NOT_ALLOWED = "not_allowed"
    NOBODY_ALLOWED = "nobody_allowed"
    TOO_MANY_ATTEMPTS = "too_many_attempts"


class BrowserSession(Model):
    """One browser that is signed in. The value of its cookie is not shown."""

    id: UUID
    address: str = Field(description="where it signed in from", examples=["192.0.2.7"])
    browser: str = Field(description="as the browser describes itself", examples=["Mozilla/5.0 … Firefox/140.0"])
    person: str | None = Field(
        None,
        description="who signed in with OpenID Connect; null: with the password or an API key",
        examples=["dorothy"],
    )
    created_at: Moment
    last_used_at: Moment = Field(description="accurate to a minute")


class SignInStatus(Model):
    """What the page for signing in needs to know."""

    state: SignInState = Field(description="first_run: no password was set yet")
    needs_api_key: bool = Field(
        description="the first password cannot be set from this address without an API key, because it is a public one"
    )
    session: BrowserSession | None = Field(description="the session of this browser; null: not signed in by a cookie")
    openid_name: str | None = Field(
        None,
        description="the OpenID Connect provider where a browser can sign in at /api/session/openid; null: none",
        examples=["Authelia"],
    )


class SignIn(Model):
    """The password, or an API key with the scope admin."""

    password: Attempt | None = Field(None, description="the password of this installation")
    api_key: Attempt | None = Field(None, description="an API key with the scope admin, instead of the password")

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.password is None) == (self.api_key is None):
            raise ValueError("send either password or api_key")
        return self


class FirstPassword(Model):
    """The password to set when there is none yet."""

    password: Password = Field(examples=["a long sentence is a good password"])


class ChangePassword(Model):
    """The password that replaces the present one."""

    password: Password = Field(examples=["a long sentence is a good password"])
    current: Annotated[str, StringConstraints(max_length=MAX_PASSWORD)] | None = Field(
        None,
        description="the present password, or an API key with the scope admin; not needed in a call with an API key",
    )
