"""Settings of the metadata service."""

from pydantic import Field, SecretStr, field_validator
from shared.chassis.settings import ServiceSettings

from metadata.domain.providers import KNOWN_PROVIDERS, Weight, read_weights

_ADDRESS = r"^https?://[^/\s]+"


class MetadataSettings(ServiceSettings):
    """The providers and their rate limits, and how much is changed."""

    providers: str = Field(
        "audible:1.0,hardcover:0.9",
        description=f"the providers in order, each with its weight from 0 to 10; known: {', '.join(KNOWN_PROVIDERS)}",
        examples=["audible:1.0,hardcover:0.9"],
    )
    audible_url: str = Field(
        "https://api.audible.com",
        pattern=_ADDRESS,
        description="the address of Audible's catalogue; its domain selects the marketplace",
        examples=["https://api.audible.co.uk"],
    )
    audible_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Audible, over all replicas", examples=["1"]
    )
    hardcover_url: str = Field(
        "https://api.hardcover.app",
        pattern=_ADDRESS,
        description="the address of Hardcover",
        examples=["https://api.hardcover.app"],
    )
    hardcover_token: SecretStr | None = Field(
        None,
        description="a personal access token of Hardcover (scope read:catalog); without it Hardcover is not used",
        examples=["hc_pat_…"],
    )
    hardcover_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Hardcover, over all replicas", examples=["1"]
    )
    metadata_dry_run: bool = Field(
        False, description="true: list the changes in the run, and change nothing", examples=["true"]
    )
    metadata_batch_size: int = Field(
        200, ge=1, le=500, description="books that are requested from the library at a time", examples=["200"]
    )
    metadata_daily_max: int = Field(50, ge=1, le=10_000, description="books in each daily refresh", examples=["50"])
    metadata_new_days: int = Field(
        7, ge=1, le=365, description="days after which a book is no longer new", examples=["7"]
    )

    corrections_keep_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="days to keep corrections; one that can be undone is kept as long as its book",
        examples=["30"],
    )
    refreshes_keep_days: int = Field(
        90, ge=1, le=3650, description="days to keep the history of refreshes", examples=["90"]
    )
    provider_answers_keep_days: int = Field(
        7,
        ge=7,
        le=365,
        description="days to keep provider answers; they are reused for at most seven",
        examples=["7"],
    )

    @field_validator("providers")
    @classmethod
    def _known_providers(cls, value: str) -> str:
        read_weights(value)
        return value

    def weights(self) -> list[Weight]:
        """The providers in their order, with their weights."""
        return read_weights(self.providers)
