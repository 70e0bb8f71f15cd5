"""The texts that a person may enter for books, authors and series."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from shared.contracts.values import Sequence, Words


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("must not be blank")
    return words


Name = Annotated[Words, AfterValidator(_one_line)]
"""A title or name: not blank, without spaces around it and never two of them."""


Names = Annotated[list[Name], Field(max_length=50)]


LongText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


class GivenPlace(BaseModel):
    """A series and the place in it, as a person gives it."""

    name: Name
    sequence: Sequence | None = None
