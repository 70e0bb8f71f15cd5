"""The genres of audiobooks, and the settings that a person changed."""

from collections.abc import Mapping

from pydantic import BaseModel
from shared.contracts.mam.top_lists import Genre, GenreUpdate

TOP_COUNT, MIN_SEEDERS = 10, 1
ENABLED_AT_FIRST = frozenset({"Fantasy", "Science Fiction", "Urban Fantasy"})
_CATEGORIES = {
    "Action/Adventure": 39, "Art": 49, "Biographical": 50, "Business": 83, "Computer/Internet": 51, "Crafts": 97,
    "Crime/Thriller": 40, "Fantasy": 41, "Food": 106, "General Fiction": 42, "General Non-Fiction": 52,
    "Historical Fiction": 98, "History": 54, "Home/Garden": 55, "Horror": 43, "Humor": 99, "Instructional": 84,
    "Juvenile": 44, "Language": 56, "Literary Classics": 45, "Math/Science/Tech": 57, "Medical": 85, "Mystery": 87,
    "Nature": 119, "Philosophy": 88, "Politics/Society/Religion": 58, "Recreation": 59, "Romance": 46,
    "Science Fiction": 47, "Self-Help": 53, "Travel/Adventure": 89, "True Crime": 100, "Urban Fantasy": 108,
    "Western": 48, "Young Adult": 111,
}  # fmt: skip
"""The ids of the older categories of audiobooks at MyAnonamouse, as its clients list them."""
_NEW_CATEGORIES = {
    "Action/Adventure": 1, "Fantasy": 13, "Science Fiction": 45, "Urban Fantasy": 53, "LitRPG": 29, "Superheroes": 56,
    "Literary Fiction": 57, "Progression Fantasy": 58, "Contemporary": 59, "Drama/Plays": 60, "Occult": 61,
    "Slice of Life": 62, "Military/War": 63,
}  # fmt: skip
"""The ids of the newer categories. A genre may have one of either kind, or one of both."""


class GenreSettings(BaseModel):
    """What a person changed of a genre; None: not changed."""

    enabled: bool | None = None
    top10_count: int | None = None
    min_seeders: int | None = None

    def changed_by(self, update: GenreUpdate) -> "GenreSettings":
        """These settings with an update."""
        return self.model_copy(update=update.model_dump(exclude_none=True))


NAMES = tuple(sorted({*_CATEGORIES, *_NEW_CATEGORIES}))


def genres(changed: Mapping[str, GenreSettings]) -> list[Genre]:
    """All genres by name, with the changed settings."""
    return [_genre(name, changed.get(name, GenreSettings())) for name in NAMES]


def genre_name(text: str) -> str | None:
    """The name of the genre that a person means, in any case; None if there is none."""
    wanted = text.strip().casefold()
    return next((name for name in NAMES if name.casefold() == wanted), None)


def _genre(name: str, settings: GenreSettings) -> Genre:
    return Genre(
        name=name,
        enabled=name in ENABLED_AT_FIRST if settings.enabled is None else settings.enabled,
        top10_count=settings.top10_count or TOP_COUNT,
        min_seeders=MIN_SEEDERS if settings.min_seeders is None else settings.min_seeders,
        category_ids=[_CATEGORIES[name]] if name in _CATEGORIES else [],
        new_category_ids=[_NEW_CATEGORIES[name]] if name in _NEW_CATEGORIES else [],
    )
