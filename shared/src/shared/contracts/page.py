"""Lists come in pages, always."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

ItemT = TypeVar("ItemT")

Limit = Annotated[int, Field(ge=1, le=500, description="how many at most")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="how many to pass over")]
Sort = Annotated[str, Field(pattern=r"^-?[a-z_]+$", max_length=40, description="field, or -field for descending")]


class Page(BaseModel, Generic[ItemT]):
    """A part of a list, with the number of all that match."""

    items: list[ItemT]
    total: int
    limit: int
    offset: int
