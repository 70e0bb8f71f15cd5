"""What was spent at MyAnonamouse: freeleech wedges and bonus points. Nothing that is spent can be returned."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment


class SpendingKind(StrEnum):
    """What was bought."""

    WEDGE = "wedge"
    """One freeleech wedge made one torrent personal freeleech."""
    VIP = "vip"
    """Bonus points extended the VIP status."""
    UPLOAD = "upload"
    """Bonus points bought upload credit."""


class SpendingState(StrEnum):
    """How the request to spend ended."""

    REQUESTED = "requested"
    """The request is in progress, or its result is unknown until the balance is read again."""
    SPENT = "spent"
    NOT_SPENT = "not_spent"
    """The site refused, or the balance did not change."""


class Balance(Model):
    """What the account has to spend."""

    bonus_points: float
    wedges: int


class Spending(Model):
    """One entry of the ledger."""

    id: UUID
    kind: SpendingKind
    state: SpendingState
    amount: float = Field(description="wedges, weeks of VIP or GB of upload credit")
    torrent_id: str | None = None
    why: str = Field(description="the rule that decided it, with its figures")
    answer: str = Field("", description="what the site answered")
    translatable: Translatables = {}
    before: Balance
    after: Balance | None = Field(None, description="null: not read yet")
    requested_at: Moment
    ended_at: Moment | None = None


class ListSpending(Request[Page[Spending]]):
    """List everything that was ever spent, newest first."""

    subject: ClassVar[str] = "rpc.mam.list_spending"
    limit: Limit = 50
    offset: Offset = 0
