"""Whether a release of MyAnonamouse may be grabbed, and the reservation of its slot and bytes.

The rule covers every torrent of MyAnonamouse, also one that was found through Prowlarr.
"""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.mam.account import PersonWaits
from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import Indexer, Moment

GrabId = Annotated[UUID, Field(description="id of one choice of a release; the same for every attempt to grab it")]
MAX_RELEASES = 2_000
MAX_SIZE_RATIO = 1.1
"""A torrent may have this many times its listed size, because listings round sizes. Bytes are reserved for it."""


class OfferedRelease(Model):
    """What the rule for grabs needs to know about a release."""

    model_config = ConfigDict(frozen=True)

    indexer: Indexer
    release_id: str = Field(max_length=200)
    torrent_id: str | None = Field(
        None, max_length=20, description="id at MyAnonamouse of a torrent that Prowlarr found there; null: unknown"
    )
    title: str = Field("", max_length=1_000)
    size_bytes: int = Field(ge=0, description="the size in the listing")
    freeleech: bool = Field(False, description="freeleech or personal freeleech: it costs no ratio")
    vip: bool = Field(False, description="it costs no ratio while the account is VIP")
    vip_until: Moment | None = Field(None, description="when the release stops being VIP; null: never")


class GrabFigures(Model):
    """The figures of the account with which a grab was assessed."""

    unsatisfied: int | None = Field(description="unsatisfied torrents according to the site; null: unknown")
    unsatisfied_limit: int | None = Field(description="the site's limit of unsatisfied torrents; null: unknown")
    reserved_slots: int = Field(description="slots of our grabs that the site's figures do not include yet")
    kept_free: int = Field(description="slots that this grab must leave free")
    slots_left: int | None = Field(description="slots for further grabs like this one, before it; null: unknown")
    ratio: float | None = Field(description="null: infinite")
    ratio_after: float | None = Field(description="the ratio after this grab; null: infinite or unknown")
    min_ratio: float
    reserved_bytes: int = Field(description="bytes of our grabs that the site does not count as downloaded yet")
    paid_bytes: int = Field(description="bytes of this grab that will count as downloaded; 0 if it is free")
    buffer_bytes: int | None = Field(
        description="bytes that can be downloaded before the ratio reaches the floor, less the reserved bytes;"
        " null: unlimited or unknown"
    )
    free: bool = Field(description="the grab costs no ratio")
    wedge: bool = Field(False, description="a freeleech wedge was or will be spent for this grab")
    standing_read_at: Moment


class GrabAssessment(Model):
    """Whether a release may be grabbed now, with the words and figures of the decision."""

    allowed: bool
    found: str = Field(description="the state of the account in words")
    needed: str = Field(description="what a grab needs, in words")
    figures: GrabFigures
    translatable: Translatables = {}


class AssessGrabs(Request[list[GrabAssessment]]):
    """Assess releases, in order, without a reservation. `planned` are grabs that count as if they were made."""

    subject: ClassVar[str] = "rpc.mam.assess_grabs"
    timeout_seconds: ClassVar[float] = 60.0
    releases: list[OfferedRelease] = Field(max_length=MAX_RELEASES)
    planned: list[OfferedRelease] = Field([], max_length=MAX_RELEASES)
    by_person: bool = Field(False, description="a person grabs: the slots kept for a person's grabs may be used")
    person_waits: PersonWaits = False


class ReserveGrab(Request[GrabAssessment]):
    """Reserve the slot and the bytes of a grab, if it is allowed now. Repeating the request has no further effect.

    A freeleech wedge is spent if the policy for wedges says so.
    """

    subject: ClassVar[str] = "rpc.mam.reserve_grab"
    timeout_seconds: ClassVar[float] = 90.0
    grab_id: GrabId
    release: OfferedRelease
    by_person: bool = Field(False, description="a person grabs: the slots kept for a person's grabs may be used")
    requested_at: Moment = Field(description="by the clock that also dates `ReportGrab`")
    person_waits: PersonWaits = False


class GrabStage(StrEnum):
    """The stage that a grab has reached."""

    GRABBED = "grabbed"
    """The download client has the torrent."""
    ENDED = "ended"
    """The transfer is complete or was stopped."""
    DROPPED = "dropped"
    """The release was not added to the client: its reservation is returned."""


class ReportGrab(Command):
    """Record the stage of a grab, so that its reservation ends when the site's figures include it."""

    subject: ClassVar[str] = "cmd.mam.report_grab"
    grab_id: GrabId
    stage: GrabStage
    at: Moment
