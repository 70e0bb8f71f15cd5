"""Changes of many items in one request: those with the given ids, or exactly those that a filter matches."""

from typing import Annotated, Generic, Self, TypeVar
from uuid import UUID

from pydantic import Field, model_validator

from shared.contracts.model import Model
from shared.contracts.problem import Problem
from shared.contracts.values import Whole

MAX_SELECTED = 5_000
"""Items of one request."""
MAX_PROBLEMS = 500
"""Refused items that an answer lists; the others are only counted."""

FilterT = TypeVar("FilterT")


class Selection(Model, Generic[FilterT]):
    """Items by their ids, or by a filter with the number of items that a person saw."""

    ids: list[UUID] | None = Field(None, min_length=1, max_length=MAX_SELECTED)
    filter: FilterT | None = Field(None, description="every item that the list with these filters contains")
    expected: Annotated[Whole, Field(ge=1, le=MAX_SELECTED)] | None = Field(
        None, description="with `filter`: how many items you saw; refused with the present number if it differs"
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("give either `ids` or `filter`")
        if (self.filter is None) != (self.expected is None):
            raise ValueError("give `expected` with `filter`, and only then")
        return self


class RefusedItem(Model):
    """An item that was not changed, and why."""

    id: UUID
    problem: Problem


class BulkResult(Model):
    """The answers for the selected items."""

    done: list[UUID] = Field(max_length=MAX_SELECTED, description="the items that were changed")
    refused: int = Field(0, description="number of items that were not changed")
    problems: list[RefusedItem] = Field([], description=f"the first {MAX_PROBLEMS} of them, each with the reason")
    remaining: list[UUID] = Field(
        [], max_length=MAX_SELECTED, description="items that were not reached in time; send their ids again"
    )
