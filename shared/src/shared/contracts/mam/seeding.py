"""The torrents of the account that still have to seed."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import Moment


class SeedingDuty(Model):
    """A torrent whose seeding duty is not met yet."""

    torrent_id: str
    title: str
    size_bytes: int
    seeding: bool = Field(description="it seeds now; false: it only makes progress when it is started again")
    hit_and_run: bool = Field(description="the time for its duty is over")
    seeded_seconds: int = Field(ge=0)
    remaining_seconds: int = Field(ge=0, description="seeding time that is still due")
    completed_at: Moment | None = Field(None, description="null: not complete yet")
    due_at: Moment | None = Field(None, description="30 days after completion; null: not complete yet")
    read_at: Moment


class ListSeedingDuties(Request[Page[SeedingDuty]]):
    """List the torrents that still have to seed, the most urgent first. The list is read once a day."""

    subject: ClassVar[str] = "rpc.mam.list_seeding_duties"
    limit: Limit = 50
    offset: Offset = 0
