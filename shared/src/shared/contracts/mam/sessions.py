"""The sessions at MyAnonamouse: one for its JSON interface and one for its pages, each with its own state."""

from enum import StrEnum

from pydantic import Field

from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment


class SessionKind(StrEnum):
    """What a session is for. The site refuses an API session for pages, and a browser session for JSON."""

    API = "api"
    BROWSER = "browser"


class SessionState(StrEnum):
    """Whether a session works, and if not, why."""

    NOT_CONFIGURED = "not_configured"
    UNTRIED = "untried"
    OK = "ok"
    DEAD = "dead"
    WRONG_ADDRESS = "wrong_address"
    WRONG_NETWORK = "wrong_network"
    WRONG_TYPE = "wrong_type"
    NOT_ALLOWED = "not_allowed"
    REFUSED = "refused"
    CHALLENGED = "challenged"
    LOGIN_REFUSED = "login_refused"
    LOGIN_LOCKED = "login_locked"
    PAUSED = "paused"
    THROTTLED = "throttled"
    AWAY = "away"


class TrackerSession(Model):
    """A session as it is stored. It contains no session value."""

    kind: SessionKind
    state: SessionState
    detail: str = Field("", description="what was observed; empty if the session works")
    remedy: str = Field("", description="what to do; empty if there is nothing to do")
    translatable: Translatables = {}
    closed_until: Moment | None = Field(None, description="no request is sent with this session before this time")
    began_at: Moment | None = Field(None, description="when Gapless first saw this MAM_SESSION; null: not yet")
    rotated_at: Moment | None = Field(None, description="when the site last replaced the value")
    last_success_at: Moment | None = Field(None, description="when the site last accepted the session")
    expires_at: Moment | None = Field(None, description="when the session expires unless it is used before")
