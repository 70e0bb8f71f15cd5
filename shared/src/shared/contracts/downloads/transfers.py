"""Transfers: how fast the running downloads are."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import DownloadId

MAX_TRANSFERS = 500


class Transfer(Model):
    """The present figures of one running download, from the download client."""

    id: DownloadId
    progress: float = Field(ge=0, le=1)
    speed_bytes_per_second: int = 0
    eta_seconds: int | None = Field(None, description="seconds until it is complete; null: unknown")
    seeds: int = 0
    client_state: str | None = Field(None, description="the state that the download client reports")


class Transfers(Model):
    """All running downloads."""

    items: list[Transfer] = Field(max_length=MAX_TRANSFERS, description=f"at most {MAX_TRANSFERS}")
    problem: str | None = Field(None, description="why the client could not be queried; `items` is then empty")


class ListTransfers(Request[Transfers]):
    """Get the present figures of all running downloads."""

    subject: ClassVar[str] = "rpc.downloads.list_transfers"
