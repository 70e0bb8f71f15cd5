"""Metadata providers, their health and their quota."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from shared.contracts.message import Request
from shared.contracts.values import Moment


class Quota(BaseModel):
    """How often a provider may be asked in a span of time, and how much of that is left by our own count."""

    span: Literal["minute", "day"]
    limit: int
    left: int
    renewed_at: Moment | None = Field(None, description="when all of it is there again")


class Provider(BaseModel):
    """A source of metadata, and how it does."""

    name: str
    enabled: bool
    weight: float
    health: Literal["ok", "away", "throttled", "refused", "unknown"]
    detail: str = ""
    last_answer_at: Moment | None = None
    blocked_until: Moment | None = None
    quota: list[Quota] = Field([], description="what is left; empty for a provider that names no limit")
    waiting_books: int = Field(0, description="books that are looked up there once it may be asked again")


class ListProviders(Request[list[Provider]]):
    """The providers in their order."""

    subject: ClassVar[str] = "rpc.metadata.list_providers"
