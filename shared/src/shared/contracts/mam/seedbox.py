"""The address that is registered at MyAnonamouse for the torrent client."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.model import Model
from shared.contracts.runs import DryRun
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment, RunId


class SeedboxState(StrEnum):
    """What the site answered to the last registration."""

    OFF = "off"
    NOT_YET = "not_yet"
    REGISTERED = "registered"
    TOO_RECENT = "too_recent"
    DEAD = "dead"
    WRONG_ADDRESS = "wrong_address"
    WRONG_NETWORK = "wrong_network"
    WRONG_TYPE = "wrong_type"
    NOT_ALLOWED = "not_allowed"
    FAILED = "failed"


class Seedbox(Model):
    """The registration of the address, which the site accepts at most once an hour."""

    state: SeedboxState
    address: str = Field("", description="the registered address; empty: unknown", examples=["203.0.113.7"])
    network: str = Field("", description="its network", examples=["AS64500 Example Net"])
    registered_at: Moment | None = Field(None, description="when the site last confirmed this address")
    sent_at: Moment | None = Field(None, description="when it was last sent; the next time is an hour later")
    detail: str = Field("", description="what the site answered, and what to do")
    translatable: Translatables = {}


class KeepAccess(Command):
    """Use each session before it expires, and register a changed address at MyAnonamouse."""

    subject: ClassVar[str] = "cmd.mam.keep_access"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False
