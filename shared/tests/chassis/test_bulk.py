"""Changes of many items, one after the other."""

from uuid import UUID

import pytest
from pydantic import ValidationError
from shared.chassis.bulk import MAX_SECONDS, SelectionChanged, change_each, require_expected
from shared.chassis.errors import NotFound
from shared.contracts.bulk import MAX_PROBLEMS, Selection

IDS = [UUID(int=number) for number in range(1, 5)]


async def test_each_item_has_its_answer_and_a_refusal_stops_no_other() -> None:
    async def change(item_id: UUID) -> None:
        if item_id == IDS[1]:
            raise NotFound("there is no such item")

    result = await change_each([*IDS, IDS[0]], change)

    assert result.done == [IDS[0], IDS[2], IDS[3]]
    assert [(each.id, each.problem.code) for each in result.problems] == [(IDS[1], "not_found")]
    assert (result.refused, result.remaining) == (1, [])


async def test_what_is_not_reached_in_time_is_left_to_another_request() -> None:
    now = 0.0

    async def change(_: UUID) -> None:
        nonlocal now
        now += MAX_SECONDS / 2

    result = await change_each(IDS, change, seconds=lambda: now)

    assert (result.done, result.remaining) == (IDS[:2], IDS[2:])


async def test_only_the_first_problems_are_listed_and_all_are_counted() -> None:
    async def refuse(_: UUID) -> None:
        raise NotFound("gone")

    result = await change_each([UUID(int=number) for number in range(MAX_PROBLEMS + 7)], refuse)

    assert (result.refused, len(result.problems)) == (MAX_PROBLEMS + 7, MAX_PROBLEMS)


def test_a_filter_that_matches_another_number_is_refused_with_the_present_one() -> None:
    assert require_expected((IDS, 4), 4) == IDS
    with pytest.raises(SelectionChanged) as refused:
        require_expected((IDS, 9), 4)
    assert (refused.value.problem().code, refused.value.problem().matching) == ("selection_changed", 9)


@pytest.mark.parametrize(
    "fields",
    [{}, {"ids": IDS, "filter": {}, "expected": 4}, {"filter": {}}, {"ids": IDS, "expected": 4}, {"ids": []}],
)
def test_a_selection_is_either_ids_or_a_filter_with_a_number(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Selection[dict[str, str]].model_validate(fields)
