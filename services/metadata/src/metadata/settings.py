"""Settings of the metadata service."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator
from shared.chassis.sealing import SealingSettings
from shared.chassis.setting_groups import Group, Listed

from metadata.adapters.providers.provider_kind import AnyProviderKind, ConfiguredProvider, ProviderKind, by_name
from metadata.adapters.providers.registry import PROVIDERS
from metadata.domain.providers import Weight, read_weights


class MetadataSettings(SealingSettings):
    """Which providers are used, and how much is changed. `SETTINGS` also has the settings of each provider."""

    group: ClassVar = Group("metadata", "Metadata")

    kinds: ClassVar[Sequence[AnyProviderKind]] = ()
    """The known providers and families of providers."""

    providers: str = ""
    metadata_dry_run: bool = Field(
        False, description="true: list the changes in the run, and change nothing", examples=["true"]
    )
    metadata_batch_size: int = Field(
        200, ge=1, le=500, description="books that are requested from the library at a time", examples=["200"]
    )
    metadata_daily_max: int = Field(50, ge=1, le=10_000, description="books in each daily refresh", examples=["50"])
    metadata_covers: bool = Field(True, description="add a cover to books that have none", examples=["false"])
    metadata_chapters: bool = Field(
        False,
        description="add chapters to books without chapters or with one for each file; one more request for each book",
        examples=["true"],
    )
    covers_private_hosts: bool = Field(
        False,
        description="true: covers may also be fetched from addresses of the local network, such as a provider there",
        examples=["true"],
    )
    metadata_new_days: int = Field(
        7, ge=1, le=365, description="days after which a book is no longer new", examples=["7"]
    )
    proposals_accept_confidence: Literal["HIGH", "MEDIUM", "LOW"] = Field(
        "HIGH",
        description="HIGH: only sure values of providers are written, plausible ones are proposed; MEDIUM: plausible "
        "values that nothing contradicts are written too; LOW: all plausible values are written",
        examples=["HIGH"],
    )
    metadata_write_confidence: Literal["HIGH", "MEDIUM"] = Field(
        "MEDIUM",
        description="MEDIUM: sure values of every entry that is surely the work are written; HIGH: only those of "
        "entries whose edition, or whose series, author and year agree; the others are proposed",
        examples=["MEDIUM"],
    )
    own_readings_accept_score: float | None = Field(
        None,
        ge=0,
        le=1,
        description="changes that Gapless reads from the library itself are written without being asked for from this "
        "score on; empty: never",
        examples=["0.97"],
    )

    import_list_matches: int = Field(
        500, ge=1, le=10_000, description="entries of import lists that one run matches with the providers",
        examples=["500"],
    )  # fmt: skip

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

    provider_not_found_hours: int = Field(
        96,
        ge=1,
        le=168,
        description="hours after which a provider that did not know a book is queried for it again; some answers "
        "end up to a quarter earlier",
        examples=["96"],
    )

    @field_validator("providers")
    @classmethod
    def _known_providers(cls, value: str, info: ValidationInfo) -> str:
        parts = ((kind, kind.settings.model_validate(info.data)) for kind in cls.kinds)
        known = by_name(each for kind, part in parts for each in kind.configured(part))
        read_weights(value, {name: each.weight for name, each in known.items()})
        return value

    def configured(self) -> Mapping[str, ConfiguredProvider]:
        """Every provider that the settings describe, by name."""
        return by_name(each for kind in self.kinds for each in kind.configured(self))

    def weights(self) -> list[Weight]:
        """The providers in their order, with their weights. Those of families that are not listed come last."""
        configured = self.configured().values()
        listed = read_weights(self.providers, {each.name: each.weight for each in configured})
        names = {each.provider for each in listed}
        return [
            *listed,
            *(Weight(each.name, each.weight) for each in configured if each.always_used and each.name not in names),
        ]

    @classmethod
    def with_providers(cls, kinds: Sequence[AnyProviderKind]) -> type[Self]:
        """These settings with those of each provider, and with these providers as the known ones."""
        single = [each for each in kinds if isinstance(each, ProviderKind)]
        listed = ",".join(f"{each.name}:{each.weight}" for each in single if each.listed_by_default)
        known = ", ".join(each.name for each in single)
        providers = Field(
            listed,
            description=f"the providers in order, each with its weight from 0 to 10; known: {known}",
            examples=[listed],
        )
        combined = cls.with_parts([each.settings for each in kinds], providers=(Annotated[str, Listed(",")], providers))
        combined.kinds = tuple(kinds)
        return combined


SETTINGS = MetadataSettings.with_providers(PROVIDERS)
"""The settings of the service."""
