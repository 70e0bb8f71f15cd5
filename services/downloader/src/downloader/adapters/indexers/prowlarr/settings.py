"""The settings of Prowlarr."""

from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr
from shared.chassis.setting_groups import Group


class ProwlarrSettings(BaseModel):
    """The address and the key."""

    group: ClassVar = Group("prowlarr", "Prowlarr")

    prowlarr_url: str = Field(
        "", description="address of Prowlarr; empty to search without it", pattern=r"^(https?://.*)?$",
        examples=["http://prowlarr:9696"],
    )  # fmt: skip
    prowlarr_api_key: SecretStr = Field(SecretStr(""), description="Prowlarr's API key (Settings, General)")
