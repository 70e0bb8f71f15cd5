"""An OpenID Connect provider: `create()` makes it, `Person` is who can sign in there."""

from sandbox.openid.app import OpenIDStandIn, create
from sandbox.openid.people import PEOPLE, Person

__all__ = ["PEOPLE", "OpenIDStandIn", "Person", "create"]
