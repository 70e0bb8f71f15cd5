"""Where each first letter begins in a list that is sorted by title or name."""

from typing import Literal

from pydantic import Field

from shared.contracts.model import Model

ByTitle = Literal["title", "-title"]
ByName = Literal["name", "-name"]


class LetterPlace(Model):
    """A first letter of a sorted list."""

    letter: str = Field(
        description="a capital letter without its accent; letters of other scripts have their own, all else is #"
    )
    offset: int = Field(description="of the first item with this letter, as in `offset` of the list")
    count: int = Field(description="number of items with this letter")


class Letters(Model):
    """The first letters of a list in its order, and the number of its items."""

    letters: list[LetterPlace]
    total: int
