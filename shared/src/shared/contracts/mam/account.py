"""The account at MyAnonamouse: its standing and its access."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.mam.seedbox import Seedbox
from shared.contracts.mam.sessions import TrackerSession
from shared.contracts.message import Command, Event, Request
from shared.contracts.model import Model
from shared.contracts.runs import DryRun
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment, RunId

PersonWaits = Annotated[bool, Field(description="true: a person waits, so the request goes before those of a schedule")]


class Standing(Model):
    """The standing of the account at MyAnonamouse."""

    username: str
    uid: int | None = Field(None, description="the number of the member; null: not reported by the site")
    classname: str
    ratio: float | None = Field(description="null: infinite, because nothing was downloaded yet")
    uploaded_bytes: int | None = Field(None, description="null: not reported by the site")
    downloaded_bytes: int | None = Field(None, description="null: not reported by the site")
    bonus_points: float
    wedges: int = 0
    vip_until: Moment | None = None
    unsatisfied: int | None = Field(description="torrents whose seeding duty of 72 hours is not met yet")
    unsatisfied_limit: int | None
    hit_and_runs: int | None = Field(None, description="null: not reported by the site")
    connectable: str | None = Field(None, description="`yes`, `no` or `offline`; null: not reported by the site")
    read_at: Moment


class GetStanding(Request[Standing]):
    """Get the standing of the account, at most `max_age_seconds` old."""

    subject: ClassVar[str] = "rpc.mam.get_standing"
    timeout_seconds: ClassVar[float] = 60.0
    max_age_seconds: int = Field(600, ge=0)
    person_waits: PersonWaits = False


class AccountRisk(StrEnum):
    """What can go wrong with the account."""

    SLOTS = "slots"
    """The limit of unsatisfied torrents is near."""
    RATIO = "ratio"
    """The ratio is near the floor for grabs."""
    VIP_END = "vip_end"
    """The VIP status ends soon."""
    SESSION_AGE = "session_age"
    """The session was not used for so long that the site will end it soon."""
    HIT_AND_RUN = "hit_and_run"
    """A torrent may not meet its seeding duty in time."""


class AccountWarning(Model):
    """One risk of the account, and whether it is near."""

    risk: AccountRisk
    near: bool
    words: str = Field(description="the figures, and what to do")
    translatable: Translatables = {}


class AccountChecked(Event):
    """The account was checked. `standing` is null if it could not be read; then only some risks are known."""

    subject: ClassVar[str] = "evt.mam.account_checked"
    checked_at: Moment
    standing: Standing | None = None
    warnings: list[AccountWarning] = Field([], max_length=20)


class AccountRoom(Model):
    """The room for further grabs. A value is null if the site does not report what it depends on."""

    reserved_slots: int = Field(description="slots of our grabs that the site's figures do not include yet")
    reserved_bytes: int = Field(description="bytes of our grabs that the site does not count as downloaded yet")
    slots_left: int | None = Field(description="slots for automatic grabs")
    slots_left_for_person: int | None = Field(description="slots for grabs of a person")
    min_ratio: float
    buffer_bytes: int | None = Field(
        description="bytes that can be downloaded before the ratio reaches `min_ratio`; null: unlimited or unknown"
    )


class SpendingPolicies(Model):
    """What is spent automatically. Every policy is off by default."""

    wedges: bool
    wedges_today: int = Field(description="wedges spent since midnight UTC")
    vip: bool
    upload: bool


class Account(Model):
    """The account at MyAnonamouse: its newest standing, the room for grabs, the risks and the state of its session."""

    standing: Standing | None = Field(description="null: it was never read")
    room: AccountRoom | None = Field(description="null: the standing was never read")
    warnings: list[AccountWarning]
    seeding_duties: int = Field(description="torrents that still have to seed, when the list was last read")
    seeding_read_at: Moment | None = Field(None, description="null: the list was never read")
    spending: SpendingPolicies
    sessions: list[TrackerSession] = []
    paused_until: Moment | None = Field(None, description="no request is sent before this time; null: not paused")
    paused_because: str = ""
    translatable: Translatables = {}


class GetAccount(Request[Account]):
    """Get what is known about the account. Sends no request to MyAnonamouse."""

    subject: ClassVar[str] = "rpc.mam.get_account"


class AccountPoint(Model):
    """The account at one time: the last standing of a span."""

    at: Moment
    ratio: float | None
    uploaded_bytes: int | None
    downloaded_bytes: int | None
    bonus_points: float
    wedges: int
    unsatisfied: int | None
    unsatisfied_limit: int | None
    hit_and_runs: int | None = None


class AccountHistory(Model):
    """The account over time, oldest first. Spans without a standing have no point."""

    seconds_between: int = Field(description="length of a span; each has at most one point")
    points: list[AccountPoint]


class GetAccountHistory(Request[AccountHistory]):
    """Get the standing over the last days, with at most `points` points."""

    subject: ClassVar[str] = "rpc.mam.get_account_history"
    days: int = Field(30, ge=1, le=3_650)
    points: int = Field(200, ge=2, le=1_000)


class CareForAccount(Command):
    """Read the standing, renew and buy what the policies say, and check the risks of the account."""

    subject: ClassVar[str] = "cmd.mam.care_for_account"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class Egress(Model):
    """Our public IP address. A session at the tracker is bound to it or to its network."""

    address: str = Field(examples=["203.0.113.7"])
    network: str = Field("", description="the network of the address", examples=["AS64500 Example Net"])
    seen_at: Moment


class DailyBudget(Model):
    """How many requests of one kind are sent in a day, over all replicas. A day begins with its first request."""

    kind: str = Field(examples=["pages"])
    limit: int
    left: int
    renewed_at: Moment | None = Field(None, description="when the whole budget is available again; null: it is now")


class TrackerAccess(Model):
    """The current access to the tracker: one request at a time, at a limited rate."""

    seconds_between: float = Field(description="minimum time between two requests, over all replicas")
    next_request_at: Moment | None = Field(
        None, description="no request is sent before this time; null: no request was ever sent"
    )
    closed_until: Moment | None = Field(
        None, description="no request is sent before this time, because of `closed_because`"
    )
    closed_because: str = ""
    stopped_at: Moment | None = Field(None, description="since when a person has paused all requests; null: not paused")
    stopped_by: str | None = Field(None, description="the API key with which they were paused")
    budgets: list[DailyBudget] = Field(default=[], description="the requests and the pages that are left today")
    sessions: list[TrackerSession] = Field(default=[], description="the API session and the browser session")
    seedbox: Seedbox | None = Field(None, description="the address that is registered for the torrent client")
    egress: Egress | None = Field(None, description="at most ten minutes old; null: unknown")
    egress_problem: str = Field("", description="why the address is unknown")
    translatable: Translatables = {}


class PauseTracker(Request[TrackerAccess]):
    """Pause all requests to MyAnonamouse, of every replica, until `ResumeTracker`."""

    subject: ClassVar[str] = "rpc.mam.pause_tracker"
    by: str = Field(min_length=1, max_length=200, description="who pauses them")


class ResumeTracker(Request[TrackerAccess]):
    """Resume all requests to MyAnonamouse, and try refused sessions again."""

    subject: ClassVar[str] = "rpc.mam.resume_tracker"


class GetTrackerAccess(Request[TrackerAccess]):
    """Get our public address as the tracker sees it, and when the next request is allowed."""

    subject: ClassVar[str] = "rpc.mam.get_tracker_access"
    timeout_seconds: ClassVar[float] = 30.0
