"""The values that a person can enter for books, authors and series."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.contracts.model import Model
from shared.contracts.values import Sequence, Words


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("must not be blank")
    return words


Name = Annotated[Words, AfterValidator(_one_line)]
"""A title or name on one line: not blank, whitespace stripped and collapsed."""


Names = Annotated[list[Name], Field(max_length=50)]


LongText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


class GivenPlace(Model):
    """A series and the sequence in it, as a person enters them."""

    name: Name
    sequence: Sequence | None = None
