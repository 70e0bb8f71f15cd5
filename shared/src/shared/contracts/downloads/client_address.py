"""The public addresses of the download client."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model


class ClientAddress(Model):
    """The public addresses of the download client, as its peers and trackers told it."""

    addresses: list[str] = Field(default=[], description="at most one of each IP version; empty: unknown")
    detail: str = Field("", description="why they are unknown")


class GetClientAddress(Request[ClientAddress]):
    """Get the public addresses of the download client."""

    subject: ClassVar[str] = "rpc.downloads.get_client_address"
