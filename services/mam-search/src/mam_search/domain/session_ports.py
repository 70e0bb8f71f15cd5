"""What the upkeep of the sessions and of the registered address needs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from shared.contracts.mam.account import Egress
from shared.contracts.mam.seedbox import Seedbox


class SessionCheck(Protocol):
    """Cheap requests to the tracker. Both raise the `RemoteError` family."""

    async def check_cookie(self) -> None:
        """Use the API session, so that it does not expire."""
        ...

    async def egress(self, now: datetime) -> Egress:
        """Our address as the tracker sees it."""
        ...


class Registration(Protocol):
    """The registration of our address at the tracker."""

    async def register(self, now: datetime, claim: Callable[[], Awaitable[bool]]) -> Seedbox | None:
        """Register our address if `claim` returns True when the turn has come; else return None.

        Raises `SessionRefused` with the reason of the site, and the other `RemoteError`s.
        """
        ...


class StoredEgress(Protocol):
    """Our address as the tracker saw it, stored for all replicas."""

    async def egress(self, no_older_than: datetime) -> Egress | None:
        """The address; None if it was not seen since then."""
        ...

    async def save_egress(self, egress: Egress) -> None:
        """Store the address."""
        ...


class StoredSeedbox(Protocol):
    """The stored registration, the same for all replicas."""

    async def load(self) -> Seedbox:
        """The registration as it is stored."""
        ...

    async def claim(self, now: datetime) -> bool:
        """Record that the address is sent now. Returns False if it was sent in the last hour."""
        ...

    async def save(self, seedbox: Seedbox) -> None:
        """Store what the site answered. A failure keeps the address that was registered before."""
        ...
