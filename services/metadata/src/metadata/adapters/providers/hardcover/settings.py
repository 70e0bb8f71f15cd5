"""The settings of Hardcover."""

from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr
from shared.chassis.setting_groups import Group
from shared.translatable import translatable

from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.domain.providers import Access, Budget

PER_MINUTE, PER_DAY = 60, 5_000
"""Hardcover's request limits for one token, from its API documentation."""
BURST = 5
"""What it allows at once for an older token; ten for a newer one."""


class HardcoverSettings(BaseModel):
    """The address, the token and the budget."""

    group: ClassVar = Group("hardcover", "Hardcover")

    hardcover_url: str = Field(
        "https://api.hardcover.app",
        pattern=ADDRESS,
        description="the address of Hardcover",
        examples=["https://api.hardcover.app"],
    )
    hardcover_token: SecretStr | None = Field(
        None,
        description="a personal access token of Hardcover (scope read:catalog, and read:lists for import lists); "
        "without it Hardcover is not used",
        examples=["hc_pat_…"],
    )
    hardcover_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Hardcover, over all replicas", examples=["1"]
    )
    hardcover_per_day: int = Field(
        PER_DAY, ge=1, description="requests that may be sent to Hardcover in a day, over all replicas",
        examples=["5000"],
    )  # fmt: skip


def access(settings: HardcoverSettings) -> Access:
    """The address, the budget and the token. Without a token, Hardcover is not used."""
    token = settings.hardcover_token.get_secret_value().strip() if settings.hardcover_token else ""
    token = token.removeprefix("Bearer ").strip()
    return Access(
        settings.hardcover_url,
        Budget(settings.hardcover_interval, BURST, PER_MINUTE, settings.hardcover_per_day),
        headers={"Authorization": f"Bearer {token}"},
        secret=token,
        key_setting="HARDCOVER_TOKEN",
        lacks=None
        if token
        else translatable("systems.not_set", "HARDCOVER_TOKEN is not set", setting="HARDCOVER_TOKEN"),
        required=False,
    )
