"""Pages: every list is returned in parts of limited size."""

from enum import StrEnum
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import BeforeValidator, Field

from shared.contracts.model import Model

ItemT = TypeVar("ItemT")

Limit = Annotated[int, Field(ge=1, le=500, description="maximum number of items")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="number of items to skip")]
Sort = Annotated[
    str,
    Field(pattern=r"^-?[a-z_]+$", max_length=40, description="name of a field; with a leading - in descending order"),
]

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


def _as_list(value: object) -> object:
    """One value or null is what a service of an earlier version sends."""
    if value is None:
        return []
    return [value] if isinstance(value, str | UUID) else value


AnyOf = Annotated[
    list[ChoiceT],
    BeforeValidator(_as_list),
    Field(max_length=20, description="items with one of these; empty: with any"),
]
"""The values of a filter. In an address, the parameter is repeated for each."""
AnyIdOf = Annotated[list[UUID], BeforeValidator(_as_list), Field(max_length=100)]
"""The ids of a filter."""


class Page(Model, Generic[ItemT]):
    """A part of a list, with the total number of matching items."""

    items: list[ItemT]
    total: int
    limit: int
    offset: int
