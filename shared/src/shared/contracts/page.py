"""Pages: every list is returned in parts of limited size."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from shared.contracts.model import Model

ItemT = TypeVar("ItemT")

Limit = Annotated[int, Field(ge=1, le=500, description="maximum number of items")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="number of items to skip")]
Sort = Annotated[
    str,
    Field(pattern=r"^-?[a-z_]+$", max_length=40, description="name of a field; with a leading - in descending order"),
]


class Page(Model, Generic[ItemT]):
    """A part of a list, with the total number of matching items."""

    items: list[ItemT]
    total: int
    limit: int
    offset: int
