"""Changes many items one after the other, with an answer for each."""

from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import ClassVar
from uuid import UUID

from shared.chassis.errors import Refused
from shared.contracts.bulk import MAX_PROBLEMS, BulkResult, RefusedItem
from shared.contracts.problem import Problem

MAX_SECONDS = 40.0
"""After this time the items that are left are returned, so that the answer is in time."""


class SelectionChanged(Refused):
    """A filter matches another number of items than the person saw."""

    code: ClassVar[str] = "selection_changed"
    title: ClassVar[str] = "The list has changed"

    def __init__(self, matching: int, expected: int) -> None:
        super().__init__(f"{matching} items match now, not {expected}: read the list again")
        self._matching = matching

    def problem(self, service: str | None = None) -> Problem:
        """The problem with the present number."""
        return super().problem(service).model_copy(update={"matching": self._matching})


def require_expected(matching: tuple[list[UUID], int], expected: int) -> list[UUID]:
    """Return the ids that a filter matches. Raises `SelectionChanged` if their number differs from what is expected."""
    ids, number = matching
    if number != expected or len(ids) != expected:
        raise SelectionChanged(number, expected)
    return ids


async def change_each(
    ids: Sequence[UUID], change: Callable[[UUID], Awaitable[object]], *, seconds: Callable[[], float] = monotonic
) -> BulkResult:
    """Change each item. A refusal is the answer for its item, and stops no other.

    `seconds` is a clock. Any other error ends the whole, and what was changed stays changed.
    """
    unique = list(dict.fromkeys(ids))
    end = seconds() + MAX_SECONDS
    done: list[UUID] = []
    refused: list[RefusedItem] = []
    for item_id in unique:
        if seconds() >= end:
            break
        try:
            await change(item_id)
        except Refused as error:
            refused.append(RefusedItem(id=item_id, problem=error.problem()))
        else:
            done.append(item_id)
    reached = len(done) + len(refused)
    return BulkResult(done=done, refused=len(refused), problems=refused[:MAX_PROBLEMS], remaining=unique[reached:])
