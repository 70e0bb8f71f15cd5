"""Who can sign in at the provider."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Person:
    """A person, and what the provider says about that person."""

    name: str
    email: str
    groups: tuple[str, ...] = ()

    def claims(self, *, verified: bool) -> dict[str, Any]:
        """The claims of the scopes profile, email and groups."""
        return {
            "preferred_username": self.name,
            "name": self.name.title(),
            "email": self.email,
            "email_verified": verified,
            "groups": list(self.groups),
        }


PEOPLE = (Person("dorothy", "dorothy@example.net", ("gapless", "kansas")), Person("toto", "toto@example.net"))
