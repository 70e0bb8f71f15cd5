"""Audible's marketplaces: which are asked about a book, in which order, and how many."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.providers.audible.settings import AudibleSettings, access, catalogue
from metadata.domain.catalogue import SeriesWanted
from metadata.domain.ports import MetadataProvider
from sandbox.testing import a_record, a_world
from sandbox.world import ProviderRecord

GERMAN = a_record(
    id="de1", asin="B0DEUTSCH1", title="Im Reich des Zauberers Oz", language="German", marketplaces=["de"],
    series=[{"name": "Oz", "sequence": "2"}],
)  # fmt: skip
ENGLISH = a_record(marketplaces=["us", "uk"])


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Callable[..., Any]:
    def of(*records: ProviderRecord, **settings: object) -> Any:
        address = {"audible_url": "https://audible.test/{domain}"}
        return catalogues(
            a_world(providers={"audible": records}), **address | {"audible_regions": "us,uk,de"} | settings
        )

    return of


def provider_of(made: Any) -> MetadataProvider:
    provider: MetadataProvider = made.registry.enabled[0].provider
    return provider


def asked(made: Any) -> list[str]:
    """The domain of each request."""
    return [each.path.split("/")[1] for each in made.audible.outcomes.requests]


@pytest.mark.parametrize(
    ("language", "order"),
    [("German", ["de"]), ("English", ["com", "co.uk", "de"]), (None, ["com", "co.uk", "de"])],
)
async def test_an_asin_is_asked_for_until_a_marketplace_knows_it(
    made: Callable[..., Any], language: str | None, order: list[str]
) -> None:
    site = made(GERMAN, ENGLISH, audible_max_regions=3)
    found = await provider_of(site).identified(asin="B0DEUTSCH1", language=language)
    assert [each.title for each in found.works] == ["Im Reich des Zauberers Oz"]
    assert asked(site) == order


async def test_no_more_marketplaces_are_asked_than_the_setting_allows(made: Callable[..., Any]) -> None:
    site = made(GERMAN, audible_max_regions=2)
    assert (await provider_of(site).identified(asin="B0DEUTSCH1")).works == []
    assert asked(site) == ["com", "co.uk"]


async def test_only_the_missing_asins_are_asked_for_in_the_next_marketplace(made: Callable[..., Any]) -> None:
    site = made(GERMAN, ENGLISH, audible_max_regions=3)
    asins = ("B0DEUTSCH1", "B0OZ000002")
    found = await asyncio.gather(*(provider_of(site).identified(asin=each) for each in asins))
    assert [work.asin for each in found for work in each.works] == list(asins)
    assert [each.query.count("B0OZ000002") for each in site.audible.outcomes.requests] == [1, 0, 0]


async def test_a_search_begins_in_the_language_of_the_book_and_ends_at_home(made: Callable[..., Any]) -> None:
    site = made(GERMAN, ENGLISH)
    german = await provider_of(site).search("Im Reich des Zauberers Oz", ["L. Frank Baum"], language="German")
    assert [each.asin for each in german.works] == ["B0DEUTSCH1"]
    assert asked(site) == ["de"]
    english = await provider_of(site).search("The Marvelous Land of Oz", ["L. Frank Baum"], language="German")
    assert [each.asin for each in english.works] == ["B0OZ000002"]
    assert asked(site)[1:] == ["de", "de", "com"]


async def test_an_english_book_is_searched_at_home_only(made: Callable[..., Any]) -> None:
    site = made(GERMAN)
    assert (await provider_of(site).search("Im Reich des Zauberers Oz", [], language="English")).works == []
    assert asked(site) == ["com"]


async def test_the_answer_of_one_language_is_not_that_of_another(made: Callable[..., Any]) -> None:
    site = made(GERMAN)
    provider = provider_of(site)
    assert (await provider.search("Im Reich des Zauberers Oz", ["L. Frank Baum"])).works == []
    assert (await provider.search("Im Reich des Zauberers Oz", ["L. Frank Baum"], language="German")).works


async def test_the_asins_of_a_search_are_known_in_its_language(made: Callable[..., Any]) -> None:
    site = made(GERMAN)
    await provider_of(site).search("Im Reich des Zauberers Oz", ["L. Frank Baum"], language="German")
    requests = len(asked(site))
    assert (await provider_of(site).identified(asin="B0DEUTSCH1", language="German")).works
    assert len(asked(site)) == requests


async def test_series_and_authors_are_listed_by_the_home_marketplace(made: Callable[..., Any]) -> None:
    site = made(GERMAN, ENGLISH, audible_regions="de,us")
    listed = await provider_of(site).series_works(SeriesWanted("Oz", ["L. Frank Baum"], ["B0DEUTSCH1"]))
    assert [each.asin for each in listed.works] == ["B0DEUTSCH1"]
    assert set(asked(site)) == {"de"}


def test_an_address_without_a_domain_is_the_only_marketplace() -> None:
    settings = AudibleSettings(audible_url="https://api.audible.co.uk", audible_regions="us,de")
    assert access(settings).address == "https://api.audible.co.uk"
    clients: list[Any] = []
    assert catalogue(clients, settings).market_for("German") == "us"  # type: ignore[arg-type]  # nothing is sent


def test_the_home_marketplace_is_the_first_one() -> None:
    assert access(AudibleSettings()).address == "https://api.audible.com"
    assert access(AudibleSettings(audible_regions="de,us")).address == "https://api.audible.de"
