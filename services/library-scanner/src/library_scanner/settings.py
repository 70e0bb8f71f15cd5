"""The settings of this service."""

from pydantic import Field, HttpUrl, SecretStr, field_validator
from shared.books.text.languages import language_code
from shared.chassis.settings import ServiceSettings


class LibraryScannerSettings(ServiceSettings):
    """Where Audiobookshelf is, and what counts as a gap."""

    abs_url: HttpUrl = Field(
        description="address of Audiobookshelf, with its base path if it has one",
        examples=["http://audiobookshelf:13378"],
    )
    abs_token: SecretStr = Field(
        description="API key of an Audiobookshelf administrator (Settings, API Keys)",
        examples=["eyJhbGciOiJIUzI1NiJ9.example.key"],
    )
    abs_libraries: str = Field(
        "",
        description="names or ids of the Audiobookshelf libraries to keep, parted by commas; empty: all of books",
        examples=["Audiobooks, Children"],
    )
    library_languages: str = Field(
        "English",
        description="languages in which missing books are wanted, parted by commas, the first preferred",
        examples=["English, German"],
    )
    series_min_books: int = Field(2, ge=1, le=1000, description="owned books from which a series is compared")
    series_max_missing: int = Field(10, ge=1, le=1000, description="most missing books told for one series")
    author_top_count: int = Field(50, ge=0, le=10_000, description="authors compared, those with most books first")
    author_min_books: int = Field(3, ge=1, le=1000, description="owned books from which an author is compared")
    author_max_missing: int = Field(20, ge=1, le=1000, description="most missing books told for one author")
    missing_files_days: int = Field(
        14, ge=1, le=3650, description="days for which a book counts as owned after its files were last seen"
    )
    library_history_days: int = Field(
        365, ge=1, le=36_500, description="days for which the history of books and gaps is kept"
    )
    import_confirm_seconds: float = Field(
        600.0, gt=0, description="seconds in which Audiobookshelf has to show an imported book"
    )

    library_watcher_seconds: float = Field(
        25.0,
        ge=0,
        description="seconds in which Audiobookshelf's watcher may take up a new folder before a scan is asked for",
    )

    @field_validator("library_languages")
    @classmethod
    def _known_languages(cls, value: str) -> str:
        unknown = [name for name in _parts(value) if language_code(name) is None]
        if unknown or not _parts(value):
            raise ValueError(f"no language known as {', '.join(unknown) or 'nothing'}")
        return value

    @property
    def libraries(self) -> tuple[str, ...]:
        """Names or ids from `abs_libraries`."""
        return _parts(self.abs_libraries)

    @property
    def languages(self) -> tuple[str, ...]:
        """Two-letter codes from `library_languages`."""
        return tuple(dict.fromkeys(language_code(name) or name for name in _parts(self.library_languages)))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
