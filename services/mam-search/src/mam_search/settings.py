"""Settings of the service that talks to MyAnonamouse."""

from pydantic import Field, SecretStr
from shared.chassis.settings import ServiceSettings


class MamSearchSettings(ServiceSettings):
    """The account's session and pace."""

    mam_session: SecretStr = Field(
        min_length=8,
        description="the mam_id of a session made for Gapless alone under Preferences, Security (API use allowed)",
        examples=["the-long-value-shown-when-the-session-was-made"],
    )
    mam_url: str = Field(
        "https://www.myanonamouse.net",
        pattern=r"^https?://[^/\s]+",
        description="address of MyAnonamouse",
        examples=["https://www.myanonamouse.net"],
    )
    mam_rate_limit: float = Field(
        3.0, ge=0, le=3600, description="seconds between two requests, over all replicas", examples=["3"]
    )
    mam_remember_days: int = Field(
        30, ge=1, description="days that answers of searches and releases last seen are remembered"
    )
    secret_key: SecretStr = Field(
        min_length=16,
        description="a long random text; the rotating session is stored encrypted with it",
        examples=["openssl rand -hex 32 makes one"],
    )
