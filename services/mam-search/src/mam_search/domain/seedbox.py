"""When our address has to be registered at the tracker, and what a refusal of it means."""

from datetime import datetime, timedelta

from shared.contracts.mam.account import Egress
from shared.contracts.mam.seedbox import Seedbox, SeedboxState
from shared.contracts.mam.sessions import SessionState
from shared.contracts.translatable import translatables

CONFIRM_EVERY = timedelta(days=1)
"""An address that has not changed is confirmed after this time."""
INTERVAL = timedelta(hours=1)
"""The site allows one change in a rolling hour."""


def is_due(seedbox: Seedbox, egress: Egress, now: datetime) -> bool:
    """Whether the address has to be sent: it is new, was never confirmed, or was confirmed a day ago."""
    if seedbox.sent_at is not None and timedelta() <= now - seedbox.sent_at < INTERVAL:
        return False
    if seedbox.state is not SeedboxState.REGISTERED or seedbox.address != egress.address:
        return True
    return seedbox.registered_at is None or now - seedbox.registered_at >= CONFIRM_EVERY


def not_registered(state: SeedboxState, detail: str) -> Seedbox:
    """The answer that the address was not registered, and why."""
    return Seedbox(state=state, detail=detail, translatable=translatables(detail=detail))


def state_after_refusal(state: SessionState) -> SeedboxState:
    """The state of the registration after the site refused the session for this reason."""
    return SeedboxState(state.value) if state.value in {*SeedboxState} else SeedboxState.FAILED
