"""The settings of the custom providers: their names, addresses and authorization values."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, SecretStr, field_validator
from shared.chassis.setting_groups import Group, Listed
from shared.contracts.library.field_values import ABS, MANUAL, UNLOCKED
from shared.translatable import translatable

from metadata.adapters.providers.custom.client import CustomCatalogue
from metadata.adapters.providers.custom.presets import PRESETS, UNKNOWN_SERVER
from metadata.adapters.providers.provider_kind import ConfiguredProvider
from metadata.domain.changes import GAPLESS
from metadata.domain.providers import Access, Budget

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,29}")
_ADDRESS = re.compile(r"https?://[^/\s?#@]+(/[^\s?#]*)?")
MAX_PROVIDERS = 20
RESERVED = frozenset({MANUAL.lower(), ABS.lower(), UNLOCKED.lower(), GAPLESS})
"""In capitals, the name of a provider is the source of its values. These sources are no providers."""


class CustomSettings(BaseModel):
    """The servers and the budget of each of them."""

    group: ClassVar = Group("custom", "Custom providers")

    custom_providers: Annotated[str, Listed(",")] = Field(
        "",
        description="servers that speak Audiobookshelf's protocol of custom metadata providers: name=address, "
        f"separated by commas; {', '.join(PRESETS)} have a weight of their own, others "
        f"{UNKNOWN_SERVER.weight:g} unless PROVIDERS says otherwise",
        examples=["kindle=http://abs-tract:5555/kindle/us,audioteka=http://abs-agg:3000/audioteka/lang:pl"],
    )
    custom_provider_keys: SecretStr = Field(
        SecretStr(""),
        description="the authorization values that custom providers require: name=value, separated by commas",
        examples=["audioteka=abs"],
    )
    custom_providers_interval: float = Field(
        2.0, ge=0, le=3600, description="seconds between two requests to a custom provider, over all replicas",
        examples=["2"],
    )  # fmt: skip
    custom_providers_per_day: int = Field(
        2_000, ge=1, description="requests that may be sent to each custom provider in a day, over all replicas",
        examples=["2000"],
    )  # fmt: skip

    @field_validator("custom_providers")
    @classmethod
    def _readable(cls, value: str) -> str:
        _addresses(value)
        return value

    @field_validator("custom_provider_keys")
    @classmethod
    def _readable_keys(cls, value: SecretStr) -> SecretStr:
        _keys(value)
        return value


def members(settings: CustomSettings) -> list[ConfiguredProvider]:
    """The custom providers, in the order of the setting."""
    keys = _keys(settings.custom_provider_keys)
    return [
        _configured(name, address, keys.get(name, ""), settings)
        for name, address in _addresses(settings.custom_providers).items()
    ]


def _configured(name: str, address: str, key: str, settings: CustomSettings) -> ConfiguredProvider:
    preset = PRESETS.get(name, UNKNOWN_SERVER)
    access = Access(
        address,
        Budget(settings.custom_providers_interval, per_day=settings.custom_providers_per_day),
        headers={"Authorization": key} if key else {},
        secret=key,
        key_setting="CUSTOM_PROVIDER_KEYS",
        required=False,
    )
    return ConfiguredProvider(name, preset.weight, access, partial(CustomCatalogue, name, preset), always_used=True)


def _addresses(text: str) -> Mapping[str, str]:
    """Parse "kindle=http://…,audioteka=https://…". Raises `ValueError` that names the invalid part."""
    found: dict[str, str] = {}
    for name, address in _pairs(text):
        if not _NAME.fullmatch(name):
            words = f"{name[:40]!r} is not a name: use up to 30 lower-case letters, digits, - and _"
            raise ValueError(translatable("setting.no_name", words, name=name[:40]))
        if name in RESERVED:
            words = f"{name!r} is not a name: values with this source do not come from a provider"
            raise ValueError(translatable("setting.reserved_name", words, name=name))
        if name in found:
            raise ValueError(translatable("setting.listed_twice", f"{name!r} is listed twice", name=name))
        if not _ADDRESS.fullmatch(address):
            words = f"the address of {name!r} must begin with http:// or https://, without a user or a query"
            raise ValueError(translatable("setting.no_address", words, name=name))
        found[name] = address.rstrip("/")
    if len(found) > MAX_PROVIDERS:
        words = f"more than {MAX_PROVIDERS} custom providers"
        raise ValueError(translatable("setting.too_many_providers", words, most=MAX_PROVIDERS))
    return found


def _keys(text: SecretStr) -> Mapping[str, str]:
    """The authorization values by name. Raises `ValueError`, which quotes none of them."""
    found: dict[str, str] = {}
    for name, value in _pairs(text.get_secret_value()):
        if not _NAME.fullmatch(name) or not value:
            words = "expected name=value, separated by commas; the names are those in CUSTOM_PROVIDERS"
            raise ValueError(translatable("setting.no_pairs", words))
        found[name] = value
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    parts = (each.strip() for each in text.split(","))
    pairs = (each.partition("=") for each in parts if each)
    return [(name.strip(), value.strip()) for name, _, value in pairs]
