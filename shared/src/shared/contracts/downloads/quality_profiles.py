"""Quality profiles: which release of a wanted book is taken, and whether an owned book is replaced by a better one."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import Flag, Moment, Number, Whole, Words

MAX_PROFILES = 100
MAX_ASSIGNED = 200
"""Series, authors or books of one profile."""
MAX_DELAY_HOURS = 720

ProfileId = Annotated[UUID, Field(description="id of a quality profile")]
ProfileName = Annotated[Words, Field(max_length=100, examples=["Only M4B"])]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Listed = Annotated[Words, Field(max_length=100)]
Kbps = Annotated[Number, Field(ge=0, le=100_000)]
MegabytesPerHour = Annotated[Number, Field(ge=0, le=100_000)]


class AudioFormat(StrEnum):
    """The format of an audiobook."""

    M4B = "m4b"
    M4A = "m4a"
    MP3 = "mp3"
    FLAC = "flac"
    OGG = "ogg"
    OPUS = "opus"
    AAC = "aac"
    WMA = "wma"
    WAV = "wav"


class SeriesNarrator(StrEnum):
    """Whether the narrator who reads most of the owned books of a series shall read the missing ones."""

    ANY = "any"
    """It does not matter."""
    PREFER = "prefer"
    """A release by that narrator is preferred."""
    REQUIRE = "require"
    """A release by another narrator is rejected."""


class ProfileRules(Model):
    """What a release must be, and which of several is preferred."""

    formats: list[AudioFormat] = Field(
        [AudioFormat.M4B, AudioFormat.M4A, AudioFormat.MP3],
        min_length=1,
        max_length=len(AudioFormat),
        description="in order of preference",
    )
    only_formats: Flag = Field(False, description="reject releases in another format")
    min_bitrate_kbps: Kbps | None = Field(None, description="null: the setting MIN_BITRATE_KBPS")
    max_bitrate_kbps: Kbps | None = Field(None, description="null: the setting MAX_BITRATE_KBPS")
    min_mb_per_hour: MegabytesPerHour | None = Field(
        None, description="least size for each hour of playing time; null: any"
    )
    max_mb_per_hour: MegabytesPerHour | None = Field(
        None, description="largest size for each hour of playing time; null: any"
    )
    abridged: Flag = Field(False, description="accept abridged recordings; unabridged ones are preferred")
    dramatized: Flag = Field(False, description="accept dramatizations; plain readings are preferred")
    languages: list[LanguageCode] = Field(
        [], max_length=20, description="the accepted languages; none: that of the wanted book", examples=[["en", "de"]]
    )
    preferred_narrators: list[Listed] = Field(
        [], max_length=20, description="releases by one of them are preferred; none: those of the best known edition"
    )
    required_narrators: list[Listed] = Field(
        [], max_length=20, description="releases by somebody else are rejected; none: any narrator"
    )
    series_narrator: SeriesNarrator = SeriesNarrator.ANY
    min_seeders: Whole = Field(1, ge=1, le=10_000)
    preferred_words: list[Listed] = Field(
        [], max_length=50, description="in the name or the tags of a release; more of them are preferred"
    )
    forbidden_words: list[Listed] = Field(
        [], max_length=50, description="in the name or the tags of a release; it is rejected"
    )
    delay_hours: Number = Field(
        0, ge=0, le=MAX_DELAY_HOURS, description="hours to wait for a better release, after the first acceptable one"
    )
    freeleech_skips_delay: Flag = Field(False, description="grab a release that costs no ratio at once")
    top_format_skips_delay: Flag = Field(False, description="grab a release in the first of the formats at once")
    upgrade: Flag = Field(False, description="replace an owned book by a better release")
    upgrade_until: AudioFormat | None = Field(
        None, description="an owned book in this format, or in a preferred one, is good enough; null: the first format"
    )

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        if len(set(self.formats)) < len(self.formats):
            raise ValueError("formats: each format may be named once")
        for least, most in (("min_bitrate_kbps", "max_bitrate_kbps"), ("min_mb_per_hour", "max_mb_per_hour")):
            low, high = getattr(self, least), getattr(self, most)
            if low is not None and high is not None and low > high:
                raise ValueError(f"{least} must not be larger than {most}")
        if self.upgrade_until is not None and self.upgrade_until not in self.formats:
            raise ValueError("upgrade_until must be one of the formats")
        return self


class Assigned(Model):
    """A series, author or book to which a profile applies. The name is the one at the time of the assignment."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str


class QualityProfile(ProfileRules):
    """A quality profile. The most specific one applies: of the book, of its series, of an author, or the default."""

    id: ProfileId
    name: str
    is_default: bool = Field(description="it applies to every book without another profile; it cannot be deleted")
    series: list[Assigned] = []
    authors: list[Assigned] = []
    books: list[Assigned] = Field([], description="missing books, and books of the library")
    created_at: Moment
    updated_at: Moment


class NewQualityProfile(ProfileRules):
    """A quality profile as a person enters it. What is left out has its default."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "Only M4B", "formats": ["m4b"], "only_formats": True, "min_seeders": 3, "delay_hours": 24}
            ]
        }
    )

    name: ProfileName
    series_ids: list[UUID] = Field(
        [], max_length=MAX_ASSIGNED, description="series to which it applies; another profile loses them"
    )
    author_ids: list[UUID] = Field(
        [], max_length=MAX_ASSIGNED, description="authors to which it applies; another profile loses them"
    )
    book_ids: list[UUID] = Field(
        [],
        max_length=MAX_ASSIGNED,
        description="missing books, and books of the library, to which it applies; another profile loses them",
    )


class ListQualityProfiles(Request[list[QualityProfile]]):
    """List all quality profiles, the default first."""

    subject: ClassVar[str] = "rpc.downloads.list_quality_profiles"


class GetQualityProfile(Request[QualityProfile]):
    """Get one quality profile."""

    subject: ClassVar[str] = "rpc.downloads.get_quality_profile"
    id: ProfileId


class CreateQualityProfile(Request[QualityProfile]):
    """Add a quality profile."""

    subject: ClassVar[str] = "rpc.downloads.create_quality_profile"
    not_repeatable: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 30.0
    new: NewQualityProfile


class ReplaceQualityProfile(Request[QualityProfile]):
    """Replace everything of a quality profile. The default one cannot be assigned, because it applies anyway."""

    subject: ClassVar[str] = "rpc.downloads.replace_quality_profile"
    timeout_seconds: ClassVar[float] = 30.0
    id: ProfileId
    new: NewQualityProfile


class SetDefaultQualityProfile(Request[QualityProfile]):
    """Make a quality profile the default instead of the present one. It must not be assigned to anything."""

    subject: ClassVar[str] = "rpc.downloads.set_default_quality_profile"
    id: ProfileId


class DeleteQualityProfile(Request[QualityProfile]):
    """Delete a quality profile. Its series, authors and books then have the next specific one. Not the default."""

    subject: ClassVar[str] = "rpc.downloads.delete_quality_profile"
    id: ProfileId
