"""The settings of Audnexus."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field
from shared.chassis.setting_groups import Group, Listed

from metadata.adapters.providers.audnexus.client import Audnexus
from metadata.adapters.providers.marketplaces import PATTERN, marketplaces_of
from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.providers import Access, Budget

PER_MINUTE = 100
"""Audnexus' request limit for one address, from its documentation."""
BURST = 5
"""Its limit is that of a minute, so a few requests of a person may follow each other."""


class AudnexusSettings(BaseModel):
    """The address, the budget, the marketplaces, and what is asked for."""

    group: ClassVar = Group("audnexus", "Audnexus")

    audnexus_url: str = Field(
        "https://api.audnex.us",
        pattern=ADDRESS,
        description="the address of Audnexus, which has the chapters of Audible's books",
        examples=["https://api.audnex.us"],
    )
    audnexus_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Audnexus, over all replicas", examples=["1"]
    )
    audnexus_per_day: int | None = Field(
        None,
        ge=1,
        description="requests that may be sent to Audnexus in a day, over all replicas; empty: any number",
        examples=["20000"],
    )
    audnexus_regions: Annotated[str, Listed(",")] = Field(
        "us,uk,de,fr",
        pattern=PATTERN,
        description="the marketplaces to ask Audnexus about, in order; those in the language of a book come first",
        examples=["de,us"],
    )
    audnexus_max_regions: int = Field(
        2, ge=1, le=10, description="marketplaces that Audnexus is asked about for one ASIN, at most", examples=["2"]
    )
    audnexus_books: bool = Field(
        False,
        description="true: look up books at Audnexus too, one request for each ASIN; Audible has the same data",
        examples=["true"],
    )


def access(settings: AudnexusSettings) -> Access:
    """The address and the budget. Audnexus needs no credentials."""
    budget = Budget(settings.audnexus_interval, BURST, PER_MINUTE, settings.audnexus_per_day)
    return Access(settings.audnexus_url, budget, required=False)


def catalogue(client: ProviderClient, settings: AudnexusSettings) -> Audnexus:
    """The catalogue of a connection."""
    regions = marketplaces_of(settings.audnexus_regions)
    return Audnexus(client, regions, settings.audnexus_max_regions, with_books=settings.audnexus_books)
