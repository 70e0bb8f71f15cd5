"""The settings of this service."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, HttpUrl, SecretStr, field_validator
from shared.books.text.languages import language_code
from shared.chassis.sealing import SealingSettings
from shared.chassis.setting_groups import Group, Listed
from shared.translatable import translatable


class AudiobookshelfSettings(BaseModel):
    """The connection to Audiobookshelf."""

    group: ClassVar = Group("audiobookshelf", "Audiobookshelf")

    abs_url: HttpUrl = Field(
        description="address of Audiobookshelf, including its base path if it has one",
        examples=["http://audiobookshelf:13378"],
    )
    abs_token: SecretStr = Field(
        description="API key of an Audiobookshelf administrator (Settings, API Keys)",
        examples=["eyJhbGciOiJIUzI1NiJ9.example.key"],
    )
    abs_libraries: Annotated[str, Listed(",")] = Field(
        "",
        description="names or ids of the Audiobookshelf libraries to use, separated by commas; empty: all of books",
        examples=["Audiobooks, Children"],
    )
    abs_write_interval: float = Field(
        0.25,
        ge=0,
        le=60,
        description="seconds between two requests that change items of Audiobookshelf; one may change many items",
        examples=["0.25"],
    )
    import_confirm_seconds: float = Field(
        600.0, gt=0, description="seconds within which Audiobookshelf must show an imported book"
    )
    library_watcher_seconds: float = Field(
        25.0,
        ge=0,
        description="seconds for the watcher of Audiobookshelf to find a new folder before a scan is requested",
    )

    @property
    def libraries(self) -> tuple[str, ...]:
        """The names or ids in `abs_libraries`."""
        return _parts(self.abs_libraries)


class GapSettings(BaseModel):
    """What counts as a gap."""

    group: ClassVar = Group("gaps", "Gaps of series and authors")

    library_languages: Annotated[str, Listed(",")] = Field(
        "English",
        description="languages in which missing books are wanted, separated by commas, the first preferred",
        examples=["English, German"],
    )
    series_min_books: int = Field(
        2, ge=1, le=1000, description="minimum number of owned books for a series to be checked for gaps"
    )
    series_max_missing: int = Field(
        10, ge=1, le=1000, description="maximum number of missing books stored for one series"
    )
    author_top_count: int = Field(
        50, ge=0, le=10_000, description="maximum number of authors checked for gaps, those with most books first"
    )
    author_min_books: int = Field(
        3, ge=1, le=1000, description="minimum number of owned books for an author to be checked for gaps"
    )
    author_max_missing: int = Field(
        20, ge=1, le=1000, description="maximum number of missing books stored for one author"
    )

    @field_validator("library_languages")
    @classmethod
    def _known_languages(cls, value: str) -> str:
        unknown = [name for name in _parts(value) if language_code(name) is None]
        if unknown:
            words = f"unknown language: {', '.join(unknown)}"
            raise ValueError(translatable("setting.unknown_language", words, languages=unknown))
        if not _parts(value):
            raise ValueError(translatable("setting.no_language", "at least one language is required"))
        return value

    @property
    def languages(self) -> tuple[str, ...]:
        """The two-letter codes of `library_languages`, without repetitions."""
        return tuple(dict.fromkeys(language_code(name) or name for name in _parts(self.library_languages)))


class CoverSettings(BaseModel):
    """Which covers are read and replaced."""

    group: ClassVar = Group("covers", "Covers")

    cover_tiny_pixels: int = Field(
        150,
        ge=0,
        le=4000,
        description="a cover whose shorter side has fewer pixels may be replaced; 0: only missing covers are added",
    )
    cover_sizes_per_day: int = Field(
        500,
        ge=0,
        le=100_000,
        description="covers in Audiobookshelf whose size is read in a day, to find tiny ones; 0: none",
    )
    covers_private_hosts: bool = Field(
        False,
        description="true: covers may also be fetched from addresses of the local network, such as a provider there",
        examples=["true"],
    )


class LibraryScannerSettings(SealingSettings, CoverSettings, GapSettings, AudiobookshelfSettings):
    """The connection to Audiobookshelf, what counts as a gap, and how long things are kept."""

    group: ClassVar = Group("retention", "Retention")

    missing_files_days: int = Field(
        14, ge=1, le=3650, description="days for which a book counts as owned after its files were last found"
    )
    library_history_days: int = Field(
        365, ge=1, le=36_500, description="days to keep the history of books and missing books"
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
