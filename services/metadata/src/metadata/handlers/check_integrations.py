"""Checks the providers, and lists them with their health."""

from shared.chassis.errors import RemoteError
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState

from metadata.domain.failures import advised
from metadata.domain.ports import States
from metadata.domain.providers import EnabledProvider, Registry


class CheckIntegrationsHandlers:
    """Answers `ListProviders` and `CheckIntegrations`."""

    def __init__(self, registry: Registry, states: States) -> None:
        self._registry = registry
        self._states = states

    async def list_providers(self, _request: ListProviders) -> list[Provider]:
        """Every provider of the setting `PROVIDERS`, in its order, with its health as last seen."""
        return await self._states.all()

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Send a small request to every provider, even while its requests are paused after failures."""
        enabled = {each.provider.name: each for each in self._registry.enabled}
        return [await self._checked(each.provider, enabled.get(each.provider)) for each in self._registry.named]

    async def _checked(self, name: str, enabled: EnabledProvider | None) -> Integration:
        access = self._registry.access[name]
        state, detail = IntegrationState.OK, ""
        if enabled is None:
            state, detail = IntegrationState.NOT_CONFIGURED, f"{access.lacks}, so {name} is not used"
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
        )
