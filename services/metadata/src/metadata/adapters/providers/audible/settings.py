"""The settings of Audible."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field
from shared.chassis.setting_groups import Group, Listed

from metadata.adapters.providers.audible.client import Audible
from metadata.adapters.providers.audible.market import AudibleMarket
from metadata.adapters.providers.marketplaces import MARKETPLACES, PATTERN, marketplaces_of
from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.providers import Access, Budget

DOMAIN = "{domain}"
"""Stands for the domain of a marketplace in the address."""


class AudibleSettings(BaseModel):
    """The marketplaces and the interval."""

    group: ClassVar = Group("audible", "Audible")

    audible_url: str = Field(
        f"https://api.audible.{DOMAIN}",
        pattern=ADDRESS,
        description=f"the address of Audible's catalogue, with {DOMAIN} for the marketplaces of AUDIBLE_REGIONS; "
        "without it, the address is the only marketplace",
        examples=["https://api.audible.co.uk"],
    )
    audible_regions: Annotated[str, Listed(",")] = Field(
        "us,uk,de,fr,es,it,jp,ca,au,in",
        pattern=PATTERN,
        description="the marketplaces to ask, the home marketplace first; those in the language of a book come first",
        examples=["de,us"],
    )
    audible_max_regions: int = Field(
        2, ge=1, le=10, description="marketplaces in which an ASIN is looked up, at most", examples=["2"]
    )
    audible_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Audible, over all replicas", examples=["1"]
    )
    audible_per_day: int | None = Field(
        None,
        ge=1,
        description="requests that may be sent to Audible in a day, over all replicas; empty: any number",
        examples=["20000"],
    )


def access(settings: AudibleSettings) -> Access:
    """The address of the home marketplace and the budget, which all share. The catalogue needs no credentials."""
    budget = Budget(settings.audible_interval, per_day=settings.audible_per_day)
    return Access(_address(settings, _regions(settings)[0]), budget)


def catalogue(client: ProviderClient, settings: AudibleSettings) -> Audible:
    """The catalogues of the marketplaces."""
    home, *others = _regions(settings)
    markets = {home: AudibleMarket(client)}
    markets |= {each: AudibleMarket(client.at(_address(settings, each))) for each in others}
    return Audible(markets, settings.audible_max_regions)


def _regions(settings: AudibleSettings) -> list[str]:
    """The marketplaces. An address without a place for the domain has only one."""
    listed = marketplaces_of(settings.audible_regions)
    return listed if DOMAIN in settings.audible_url else listed[:1]


def _address(settings: AudibleSettings, region: str) -> str:
    return settings.audible_url.replace(DOMAIN, MARKETPLACES[region].domain)
