"""Settings of mam-search."""

from pydantic import Field, SecretStr
from shared.chassis.sealing import SealingSettings


class MamSearchSettings(SealingSettings):
    """The account's session and rate limit."""

    mam_session: SecretStr = Field(
        min_length=8,
        description="the mam_id of a session created only for Gapless (Preferences > Security, API use allowed)",
        examples=["the-long-value-shown-when-the-session-was-created"],
    )
    mam_url: str = Field(
        "https://www.myanonamouse.net",
        pattern=r"^https?://[^/\s]+",
        description="the address of MyAnonamouse",
        examples=["https://www.myanonamouse.net"],
    )
    mam_rate_limit: float = Field(
        3.0,
        ge=0,
        le=3600,
        description="seconds between two requests to MyAnonamouse, over all replicas",
        examples=["3"],
    )
    mam_remember_days: int = Field(
        30, ge=1, description="days to keep search results and releases after they were last seen"
    )
