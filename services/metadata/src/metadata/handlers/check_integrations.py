"""Checks the providers, and lists them with their health."""

import asyncio

from shared.chassis.errors import RemoteError, ServiceUnavailable
from shared.contracts.library.books import ListBooks
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from metadata.domain.failures import advised
from metadata.domain.ports import Library, States
from metadata.domain.providers import EnabledProvider, Registry, refresh_cost

LIBRARY_WITHIN_SECONDS = 1.5


class CheckIntegrationsHandlers:
    """Answers `ListProviders` and `CheckIntegrations`."""

    def __init__(self, registry: Registry, states: States, library: Library) -> None:
        self._registry = registry
        self._states = states
        self._library = library

    async def list_providers(self, _request: ListProviders) -> list[Provider]:
        """Every provider in use, in the order of the settings, with its health as last seen and its budget."""
        providers, books = await self._states.all(), await self._books()
        return [
            each.model_copy(update={"full_refresh": refresh_cost(self._registry.access[each.name].budget, books)})
            if each.enabled and books is not None
            else each
            for each in providers
        ]

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Send a small request to every provider, even while its requests are paused after failures."""
        enabled = {each.provider.name: each for each in self._registry.enabled}
        return [await self._checked(each.provider, enabled.get(each.provider)) for each in self._registry.named]

    async def _books(self) -> int | None:
        """How many books the library has; None if it does not answer soon."""
        try:
            async with asyncio.timeout(LIBRARY_WITHIN_SECONDS):
                return (await self._library.books(ListBooks(limit=1))).total
        except (ServiceUnavailable, TimeoutError):
            return None

    async def _checked(self, name: str, enabled: EnabledProvider | None) -> Integration:
        access = self._registry.access[name]
        state, detail = IntegrationState.OK, ""
        if enabled is None:
            state, words = IntegrationState.NOT_CONFIGURED, f"{access.lacks}, so {name} is not used"
            detail = translatable("systems.lacks", words, lacks=access.lacks, name=name)
        else:
            try:
                detail = await enabled.provider.check()
            except RemoteError as error:
                state, detail = IntegrationState.of_failure(error.code), advised(error.code, error.detail)
        return Integration(
            name=name,
            kind=IntegrationKind.METADATA,
            service="metadata",
            state=state,
            required=access.required,
            address=access.address,
            detail=detail,
            translatable=translatables(detail=detail),
        )
