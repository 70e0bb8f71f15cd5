"""What the page of a torrent at MyAnonamouse shows beyond the search result."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.mam.account import PersonWaits
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import Moment, SeriesPlace


class TorrentPageFile(Model):
    """A file in the list of a torrent's page."""

    name: str
    size_bytes: int | None = Field(None, description="null: not shown")


class TorrentPage(Model):
    """The page of a torrent."""

    release_id: str
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    category: str
    category_id: int | None = None
    size_bytes: int = Field(description="exact, if the page shows the number of bytes")
    files: list[TorrentPageFile] = Field([], description="at most 1,000")
    tags: str = ""
    description: str = Field("", description="as text, at most 20,000 characters")
    ratio_after: float | None = Field(None, description="the ratio of the account after a download; null: not shown")
    submitted: str = Field("", description="who uploaded it and when, as the page shows it")
    read_at: Moment


class GetTorrentPage(Request[TorrentPage]):
    """Get what the page of a torrent shows. It may wait for the pace of pages, half a minute and longer."""

    subject: ClassVar[str] = "rpc.mam.get_torrent_page"
    timeout_seconds: ClassVar[float] = 90.0
    release_id: str = Field(pattern=r"^\d{1,12}$", description="id of the torrent", examples=["900001"])
    max_age_seconds: int = Field(
        7 * 86_400, ge=0, le=366 * 86_400, description="a page up to this age may come from the cache"
    )
    person_waits: PersonWaits = False
