"""A provider that only this module knows is used by the whole service like every other one."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import nats
import pytest
from generation.compose_settings import compose_settings, own_fields
from harness.plugin import FreshDatabase
from metadata.adapters.providers.provider_kind import ConfiguredProvider, ProviderKind
from metadata.adapters.providers.registry import PROVIDERS
from metadata.adapters.providers.request import ProviderClient
from metadata.app import SPEC, build
from metadata.domain.catalogue import Chapter, Found, abilities_of
from metadata.domain.providers import Access, Budget
from metadata.settings import SETTINGS, MetadataSettings
from provisioning.broker import provision_services
from pydantic import BaseModel, Field, SecretStr, TypeAdapter
from sandbox.outcomes import Controlled, controlled
from sandbox.world import World
from shared.chassis.http import Remote
from shared.chassis.service import Service, running
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability, ListProviders, Provider
from shared.contracts.metadata.validation import MetadataJudgement, ValidateMetadata
from shared.contracts.system import CheckIntegrations, IntegrationKind, IntegrationState
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

TITLE, AUTHOR = "The Lighthouse Keepers of Orrin", "Ada Thornby"
PER_DAY = 3


class ParchmentSettings(BaseModel):
    """The settings of the provider."""

    parchment_url: str = Field("https://parchment.example", description="the address of Parchment")
    parchment_token: SecretStr = Field(SecretStr(""), description="a token of Parchment")


class _Answer(BaseModel):
    titles: list[str]


class Parchment:
    """A catalogue that can only be searched by title, and that knows chapters."""

    name = "parchment"

    def __init__(self, client: ProviderClient) -> None:
        self._client = client

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        answer = await self._client.read("GET", "/books", TypeAdapter(_Answer), params={"title": title})
        found = [
            CataloguedWork(provider="PARCHMENT", id=f"PARCHMENT:{each}", title=each, authors=[AUTHOR], is_audio=True)
            for each in answer.titles
        ]
        return Found(found)

    async def chapters(self, asin: str) -> Found:
        answer = await self._client.read("GET", f"/books/{asin}/chapters", TypeAdapter(_Answer))
        return Found(chapters=[Chapter(each, place * 1000, 1000) for place, each in enumerate(answer.titles)])

    async def check(self) -> str:
        await self._client.read("GET", "/books", TypeAdapter(_Answer), probe=True, params={"title": "a"})
        return "the catalogue answers"


def access(settings: ParchmentSettings) -> Access:
    return Access(
        settings.parchment_url,
        Budget(0, per_day=PER_DAY),
        headers={"Authorization": settings.parchment_token.get_secret_value()},
        required=False,
    )


PARCHMENT = ProviderKind("parchment", 0.5, ParchmentSettings, access, lambda client, _settings: Parchment(client))
WITH_PARCHMENT = SETTINGS.with_providers((*PROVIDERS, PARCHMENT))


def stand_in() -> Controlled:
    async def books(request: Request) -> JSONResponse:
        if request.headers.get("Authorization") != "of-a-test":
            return JSONResponse({}, 401)
        return JSONResponse({"titles": [TITLE] if "lighthouse" in request.query_params["title"].casefold() else []})

    return controlled(Starlette(routes=[Route("/books", books)]))


@dataclass
class Running:
    """The service, and the requests that reached the provider."""

    service: Service
    site: Controlled
    answers: list[MetadataJudgement] = field(default_factory=list)

    async def validate(self, title: str) -> MetadataJudgement:
        request = ValidateMetadata(fields={"title": title, "authors": [AUTHOR]}, ask_providers=True)
        return await self.service.bus.ask(request)

    async def provider(self) -> Provider:
        listed = await self.service.bus.ask(ListProviders())
        return next(each for each in listed if each.name == "parchment")


@pytest.fixture
async def parchment(
    fresh_database: Callable[..., FreshDatabase],
    migrated: Callable[[FreshDatabase], None],
    nats_url: str,
    sites: Callable[[World], Any],
    shipped: Callable[[str], World],
) -> AsyncIterator[Running]:
    site = stand_in()
    client = await nats.connect(nats_url)
    await provision_services(client.jetstream())
    await client.close()
    environment = {
        "DATABASE_URL": fresh_database(migrated).url("metadata"), "NATS_URL": nats_url, "HEALTH_PORT": "0",
        "SECRET_KEY": "s" * 32,
        "AUDIBLE_INTERVAL": "0", "PARCHMENT_TOKEN": "of-a-test", "PARCHMENT_URL": "https://parchment.test",
    }  # fmt: skip
    async with _running(
        environment, sites(shipped("small")).transports | {"parchment": httpx.ASGITransport(site)}
    ) as service:
        yield Running(service, site)


@asynccontextmanager
async def _running(
    environment: dict[str, str], transports: dict[str, httpx.AsyncBaseTransport]
) -> AsyncIterator[Service]:
    settings: MetadataSettings = WITH_PARCHMENT.read(environment)
    async with running(settings, SPEC, partial(build, transports=transports)) as service:
        yield service


async def test_a_new_provider_is_queried_and_its_answers_are_cached(parchment: Running) -> None:
    first = await parchment.validate(TITLE)
    assert [each.entry.provider for each in first.entries] == ["PARCHMENT"]
    requests = len(parchment.site.outcomes.requests)
    assert (await parchment.validate(TITLE)).entries == first.entries
    assert len(parchment.site.outcomes.requests) == requests


async def test_a_new_provider_is_one_of_the_integrations(parchment: Running) -> None:
    states = {each.name: each for each in await parchment.service.bus.ask(CheckIntegrations(), of="metadata")}
    found = states["parchment"]
    assert (found.state, found.kind, found.address) == (
        IntegrationState.OK, IntegrationKind.METADATA, "https://parchment.test",
    )  # fmt: skip
    parchment.site.outcomes.requests.clear()


async def test_the_quota_of_a_new_provider_is_shown_and_kept(parchment: Running) -> None:
    before = await parchment.provider()
    assert (before.weight, before.abilities) == (0.5, [Ability.CHAPTERS, Ability.TITLE])
    assert [(each.span, each.limit, each.left) for each in before.quota] == [("day", PER_DAY, PER_DAY)]
    for number in range(PER_DAY + 1):
        last = await parchment.validate(f"Unknown book {number}")
    assert (await parchment.provider()).quota[0].left == 0
    assert len(parchment.site.outcomes.requests) == PER_DAY
    assert "requests are used up" in last.failures["parchment"]


def test_a_new_provider_is_listed_by_default_and_its_settings_reach_its_container() -> None:
    assert WITH_PARCHMENT.example().providers == f"{SETTINGS.example().providers},parchment:0.5"
    written = compose_settings(own_fields(WITH_PARCHMENT))
    assert "PARCHMENT_URL: ${PARCHMENT_URL:-}" in written
    assert "PARCHMENT_TOKEN_FILE: /run/secrets/parchment_token" in written


EXAMPLES = SETTINGS.example().model_copy(
    update={"custom_providers": "kindle=https://abs.example/kindle/us, shelf=https://shelf.example"}
)


@pytest.mark.parametrize("provider", EXAMPLES.configured().values(), ids=lambda each: each.name)
def test_every_provider_of_the_table_has_its_name_and_can_be_queried(provider: ConfiguredProvider) -> None:
    client = ProviderClient(partial(Remote, provider.name), "https://provider.test", None)  # type: ignore[arg-type]  # nothing is sent
    catalogue = provider.catalogue(client)
    assert catalogue.name == provider.name
    assert abilities_of(catalogue)
    assert provider.access.address.startswith("https://")


def test_a_family_adds_the_providers_that_the_settings_name_after_the_listed_ones() -> None:
    weights = [(each.provider, each.weight) for each in EXAMPLES.weights()]
    assert weights[-2:] == [("kindle", 0.8), ("shelf", 0.5)]
    assert weights[0] == ("audible", 1.0)
