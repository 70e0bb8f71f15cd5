"""Whether the providers answer, and how they did so far."""

from shared.chassis.errors import RemoteError
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.system import CheckIntegrations, Integration, IntegrationState

from metadata.domain.failures import advised, state_of
from metadata.domain.ports import States
from metadata.domain.providers import EnabledProvider, Registry


class Checking:
    """Tries every provider that the settings name."""

    def __init__(self, registry: Registry, states: States) -> None:
        self._registry = registry
        self._states = states

    async def list_providers(self, _request: ListProviders) -> list[Provider]:
        return await self._states.all()

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        enabled = {each.provider.name: each for each in self._registry.enabled}
        return [await self._checked(each.provider, enabled.get(each.provider)) for each in self._registry.named]

    async def _checked(self, name: str, enabled: EnabledProvider | None) -> Integration:
        way = self._registry.access[name]
        state, detail = IntegrationState.OK, ""
        if enabled is None:
            state, detail = IntegrationState.NOT_CONFIGURED, f"{way.lacks}: {name} is not asked"
        else:
            try:
                detail = await enabled.provider.check()
            except RemoteError as error:
                state, detail = state_of(error.code), advised(error.code, error.detail)
        return Integration(
            name=name, service="metadata", state=state, required=way.required, address=way.address, detail=detail
        )
