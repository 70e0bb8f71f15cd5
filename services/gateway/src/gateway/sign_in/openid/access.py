"""Who may sign in: people in a list, and members of groups. If there is no rule, nobody may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.gateway.sessions import OpenIDFault

from gateway.sign_in.openid.failure import SignInFailed
from gateway.sign_in.openid.settings import OpenIDSettings

LONGEST_NAME = 200
EMAIL = "email"


@dataclass(frozen=True)
class Access:
    """The rule. Being in the list or in one of the groups is enough."""

    user_claim: str
    users: frozenset[str]
    groups_claim: str
    groups: frozenset[str]

    @classmethod
    def of(cls, settings: OpenIDSettings) -> "Access":
        """The rule in the settings."""
        return cls(
            settings.oidc_user_claim, settings.allowed_users(), settings.oidc_groups_claim, settings.allowed_groups()
        )

    @property
    def is_open_to_somebody(self) -> bool:
        """Whether anybody may sign in."""
        return bool(self.users or self.groups)

    def needed_claims(self) -> set[str]:
        """The claims without which the rule cannot be applied."""
        of_users = {self.user_claim, *(["email_verified"] if self.user_claim == EMAIL else [])}
        return (of_users if self.users else set()) | ({self.groups_claim} if self.groups else set())

    def check(self, sources: Sequence[Mapping[str, Any]]) -> None:
        """Raises `SignInFailed` if the person may not sign in by the claims of any source.

        The claims of two sources are never combined: one may have verified another address than the other names.
        """
        if not self.is_open_to_somebody:
            raise SignInFailed(OpenIDFault.NOBODY_ALLOWED, "neither OIDC_ALLOWED_USERS nor OIDC_ALLOWED_GROUPS is set")
        refusals = [self._refusal(claims) for claims in sources]
        if all(refusals):
            raise SignInFailed(
                OpenIDFault.NOT_ALLOWED, refusals[-1] if refusals else "nothing is known about the person"
            )

    def _refusal(self, claims: Mapping[str, Any]) -> str:
        """Why a person with these claims may not sign in; empty if the person may."""
        if self.groups & _names(claims.get(self.groups_claim)):
            return ""
        reasons = []
        if self.users:
            reason = self._refusal_by_list(claims)
            if not reason:
                return ""
            reasons.append(reason)
        if self.groups:
            found = "are not allowed" if self.groups_claim in claims else "were not sent"
            reasons.append(f"the groups of the person (claim {self.groups_claim}) {found}")
        return "; ".join(reasons)

    def _refusal_by_list(self, claims: Mapping[str, Any]) -> str:
        """Why the list of people does not let this person in; empty if it does."""
        name = claims.get(self.user_claim)
        if not isinstance(name, str) or not name:
            return f"the provider did not send the claim {self.user_claim}"
        if self.user_claim != EMAIL:
            return "" if name in self.users else f"{shown(name)} is not in OIDC_ALLOWED_USERS"
        if name.casefold() not in {user.casefold() for user in self.users}:
            return f"{shown(name)} is not in OIDC_ALLOWED_USERS"
        if claims.get("email_verified") is not True:
            return f"the provider does not say that the address {shown(name)} is verified"
        return ""


def person_in(claims: Mapping[str, Any]) -> str:
    """The name under which a session shows the person: the first of user name, address, name and id."""
    names = (claims.get(claim) for claim in ("preferred_username", EMAIL, "name", "sub"))
    return next((found for name in names if isinstance(name, str) and (found := shown(name))), "unknown")


def shown(text: str) -> str:
    """A text of the provider, shortened and without characters that cannot be printed or stored."""
    return "".join(character for character in text[:LONGEST_NAME] if character.isprintable()).strip()


def _names(value: object) -> set[str]:
    """The names in a claim: a list, or one name."""
    if isinstance(value, str):
        return {value}
    return {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()
