"""The settings of signing in with OpenID Connect."""

import json
from hashlib import sha256
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, Field, SecretStr, model_validator
from shared.chassis.setting_groups import Group, Listed
from shared.translatable import translatable

CALLBACK = "/api/session/openid/callback"
"""Where the provider sends the browser back to, below the address of the gateway."""


class OpenIDSettings(BaseModel):
    """The OpenID Connect provider, and who may sign in there."""

    group: ClassVar = Group("openid", "OpenID Connect")

    oidc_issuer: str | None = Field(
        None,
        max_length=500,
        pattern=r"^https?://[^\s?#]+$",
        description="address of the OpenID Connect provider (its issuer), such as Authelia, authentik or Keycloak; if"
        " set, the page for signing in offers it. Register the address of Gapless followed by"
        f" {CALLBACK} as redirect address there",
        examples=["https://auth.example.net"],
    )
    oidc_client_id: str | None = Field(
        None,
        min_length=1,
        max_length=500,
        description="client ID of Gapless at the provider; needed with OIDC_ISSUER",
        examples=["gapless"],
    )
    oidc_client_secret: SecretStr | None = Field(
        None,
        min_length=1,
        description="client secret of Gapless at the provider; not needed if Gapless is a public client there",
        examples=["the-secret-from-the-provider"],
    )
    oidc_name: str = Field(
        "OpenID Connect",
        min_length=1,
        max_length=60,
        description="name of the provider on the page for signing in",
        examples=["Authelia"],
    )
    oidc_user_claim: str = Field(
        "email",
        pattern=r"^[A-Za-z0-9_.:/-]{1,100}$",
        description="claim that names a person in OIDC_ALLOWED_USERS: email (only if the provider has verified it),"
        " sub, or preferred_username if people cannot change it at the provider",
        examples=["preferred_username"],
    )
    oidc_allowed_users: Annotated[str, Listed(",")] = Field(
        "",
        max_length=20_000,
        description="people who may sign in, by OIDC_USER_CLAIM, separated by commas; with neither this nor"
        " OIDC_ALLOWED_GROUPS, nobody may",
        examples=["dorothy@example.net"],
    )
    oidc_groups_claim: str = Field(
        "groups",
        pattern=r"^[A-Za-z0-9_.:/-]{1,100}$",
        description="claim with the groups of a person",
        examples=["roles"],
    )
    oidc_allowed_groups: Annotated[str, Listed(",")] = Field(
        "",
        max_length=20_000,
        description="groups whose members may sign in, separated by commas",
        examples=["gapless-admins"],
    )
    oidc_redirect_url: str | None = Field(
        None,
        max_length=500,
        pattern=r"^https?://[^\s?#]+$",
        description="redirect address that is registered at the provider; if not set, it is made of the address in the"
        " browser. Needed behind a reverse proxy with TLS that is not in TRUSTED_PROXIES",
        examples=[f"https://gapless.example.net{CALLBACK}"],
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.oidc_issuer and not self.oidc_client_id:
            words = "OIDC_ISSUER needs OIDC_CLIENT_ID: the client ID of Gapless at the provider"
            raise ValueError(translatable("setting.no_client_id", words))
        return self

    def allowed_users(self) -> frozenset[str]:
        """The people who may sign in, as the claim names them."""
        return _parts(self.oidc_allowed_users)

    def allowed_groups(self) -> frozenset[str]:
        """The groups whose members may sign in."""
        return _parts(self.oidc_allowed_groups)

    def openid_rule(self) -> str:
        """A digest of the provider and of who may sign in; empty without a provider.

        A session that was started under another rule ends.
        """
        if not self.oidc_issuer:
            return ""
        rule = [
            self.oidc_issuer, self.oidc_client_id,
            self.oidc_user_claim, sorted(self.allowed_users()),
            self.oidc_groups_claim, sorted(self.allowed_groups()),
        ]  # fmt: skip
        return sha256(json.dumps(rule).encode()).hexdigest()


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
