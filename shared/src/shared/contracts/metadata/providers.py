"""Metadata providers, their health and their quotas."""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import Moment


class Ability(StrEnum):
    """What a provider can be queried for."""

    TITLE = "title"
    ASIN = "asin"
    ISBN = "isbn"
    SERIES = "series"
    AUTHOR = "author"
    CHAPTERS = "chapters"
    SIMILAR_AUTHORS = "similar_authors"


class Quota(Model):
    """The requests that a provider allows per period, and how many are left by our own count."""

    span: Literal["minute", "day"]
    limit: int
    left: int
    renewed_at: Moment | None = Field(None, description="when the quota is fully renewed")


class RefreshCost(Model):
    """What a refresh of all books takes at one provider if nothing is cached: about one request for each book."""

    books: int
    requests: int
    days: float = Field(description="by the pace and the daily limit of the provider, if nothing else is requested")


class Provider(Model):
    """A source of metadata and its health."""

    name: str
    enabled: bool
    weight: float
    abilities: list[Ability] = Field([], description="what it can be queried for; empty if it is not enabled")
    health: Literal["ok", "away", "throttled", "refused", "blocked", "unknown"] = Field(
        description="as last seen; blocked: it sends a challenge or a sign-in page, which Gapless does not get round"
    )
    detail: str = Field("", description="what was observed, if it is not ok")
    remedy: str = Field("", description="what happens next and what to do, if it is not ok")
    last_answer_at: Moment | None = None
    blocked_until: Moment | None = None
    seconds_between: float = Field(0.0, description="seconds between two requests, on average, over all replicas")
    burst: int = Field(1, description="requests that may follow each other at once after a pause")
    quota: list[Quota] = Field([], description="remaining requests; empty for a provider without a limit")
    waiting_books: int = Field(0, description="books that are deferred until the provider is available again")
    full_refresh: RefreshCost | None = Field(
        None, description="null: the provider is not enabled, or the library does not answer"
    )


class ListProviders(Request[list[Provider]]):
    """List the providers in the configured order."""

    subject: ClassVar[str] = "rpc.metadata.list_providers"
