"""The genre map: the genres and tags that a person uses instead of those of the providers and of the library."""

from typing import Annotated, ClassVar, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from shared.books.text.titles import fold
from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.values import Moment

Genre = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")
]
MAX_ENTRIES = 1_000


class GenreRules(Model):
    """What becomes of each genre or tag. Case, accents and punctuation of the names on the left do not count.

    What a name becomes is not replaced again, so it may not be on the left with another replacement.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "genres": {
                        "Sci-Fi": "Science Fiction",
                        "SF & Fantasy": ["Science Fiction", "Fantasy"],
                        "Audiobook": None,
                    }
                }
            ]
        }
    )

    genres: dict[Genre, Genre | Annotated[list[Genre], Field(min_length=1, max_length=10)] | None] = Field(
        max_length=MAX_ENTRIES,
        description="each genre or tag with what replaces it: another one, several, or null to drop it",
    )

    @model_validator(mode="after")
    def _is_a_map(self) -> Self:
        replaced = self.replacements()
        if len(replaced) != len(self.genres):
            raise ValueError("two entries name the same genre: case, accents and punctuation do not count")
        if "" in replaced:
            raise ValueError("a genre needs a letter or a digit")
        for name, new in replaced.items():
            for each in new:
                again = replaced.get(fold(each), (each,))
                if fold(each) != name and again != (each,):
                    raise ValueError(f"{each!r} is replaced itself: name what it becomes instead")
        return self

    def replacements(self) -> dict[str, tuple[str, ...]]:
        """What replaces each genre, by its folded name; nothing if it is dropped."""
        return {
            fold(name): () if new is None else (new,) if isinstance(new, str) else tuple(new)
            for name, new in self.genres.items()
        }


class GenreMap(GenreRules):
    """The stored genre map."""

    changed_at: Moment | None = Field(None, description="when it was last changed; null if it never was")
    changed_by: str | None = Field(None, description="name of the API key that changed it")


class GetGenreMap(Request[GenreMap]):
    """Get the genre map. It is empty until a person sets it."""

    subject: ClassVar[str] = "rpc.metadata.get_genre_map"


class SetGenreMap(Request[GenreMap]):
    """Replace the genre map. The changes that it makes to books of the library are proposed."""

    subject: ClassVar[str] = "rpc.metadata.set_genre_map"
    rules: GenreRules
    changed_by: str = Field(description="name of the API key that made the request")


class ProposeMappedGenres(Command):
    """Propose the changes that the genre map makes to the genres and tags of the books in the library."""

    subject: ClassVar[str] = "cmd.metadata.propose_mapped_genres"
    offset: int = Field(0, ge=0, description="books before this one, the oldest first, are done")
