"""The tests of settings before they are stored."""

from collections.abc import Mapping
from functools import partial

from shared.chassis.errors import RemoteError
from shared.chassis.service import Service, SettingTest
from shared.chassis.setting_facts import connection_facts, not_tested, passed
from shared.contracts.settings import SettingFact
from shared.translatable import translatable

from metadata.adapters.providers.connect import ProviderDependencies, connect_providers
from metadata.adapters.providers.provider_kind import AnyProviderKind
from metadata.adapters.providers.registry import PROVIDERS
from metadata.domain.failures import ADVICE
from metadata.settings import MetadataSettings

_NO_PROVIDER = translatable("fact.no_provider", "no provider is set")


async def provider_facts(kind: AnyProviderKind, settings: MetadataSettings, service: Service) -> list[SettingFact]:
    """Whether each provider of a kind is reachable and accepts the key: one small request each, as in every check."""
    found = kind.configured(settings)
    connected = connect_providers(
        settings, ProviderDependencies(service.database, service.clock, {}), also=[each.name for each in found]
    )
    service.closing.extend(each.aclose for each in connected.connections)
    facts: list[SettingFact] = []
    for each in found:
        if each.access.lacks:
            facts.append(not_tested("credentials", f"{each.name}: credentials accepted", each.access.lacks))
            continue
        has_key = bool(each.access.secret)
        try:
            words = await each.catalogue(connected.clients[each.name]).check()
        except RemoteError as failure:
            of_provider = connection_facts(failure, ADVICE, has_credentials=has_key)
        else:
            of_provider = connection_facts(None, ADVICE, has_credentials=has_key)
            of_provider += [passed("details", "what it allows", words)] if words else []
        facts += [fact.model_copy(update={"name": f"{each.name}: {fact.name}"}) for fact in of_provider]
    return facts or [not_tested("reachable", "address reachable", _NO_PROVIDER)]


SETTING_TESTS: Mapping[str, SettingTest] = {kind.name: partial(provider_facts, kind) for kind in PROVIDERS}
"""By the name of the group, which is the name of the kind of provider."""
