"""Simultaneous lookups are combined into one request."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from metadata.adapters.batch_loader import BatchLoader
from shared.chassis.errors import RemoteRefusedUs, RemoteUnavailable


class LetterSource:
    """Loads the letters a to y as capitals, records each request, and fails for z."""

    def __init__(self, error: Exception | None = None) -> None:
        self.questions: list[list[str]] = []
        self.error = error

    async def __call__(self, keys: Sequence[str]) -> Mapping[str, str]:
        self.questions.append(list(keys))
        if self.error is not None:
            raise self.error
        if "z" in keys:
            raise RemoteUnavailable("letters", "z is too much")
        return {key: key.upper() for key in keys if key.isalpha()}


async def test_simultaneous_lookups_are_combined_and_each_key_is_loaded_once() -> None:
    source = LetterSource()
    loader = BatchLoader(source, at_most=10)
    answers = await asyncio.gather(loader(["a", "b"]), loader(["b"]), loader(["1"]), loader([]))
    assert list(answers) == [{"a": "A", "b": "B"}, {"b": "B"}, {}, {}]
    assert source.questions == [["a", "b", "1"]]
    assert await loader(["c"]) == {"c": "C"}


async def test_a_request_has_at_most_the_allowed_number_of_keys() -> None:
    source = LetterSource()
    loader = BatchLoader(source, at_most=2)
    assert await loader(["a", "b", "c"]) == {"a": "A", "b": "B", "c": "C"}
    assert source.questions == [["a", "b"], ["c"]]


async def test_lookups_that_wait_for_a_gate_are_combined() -> None:
    source, gate = LetterSource(), asyncio.Lock()
    loader = BatchLoader(source, 10, gate)
    async with gate:
        waiting = [asyncio.create_task(loader([letter])) for letter in "abc"]
        for each in waiting:
            await asyncio.wait({each}, timeout=0.01)
        assert source.questions == []
    assert await asyncio.gather(*waiting) == [{"a": "A"}, {"b": "B"}, {"c": "C"}]
    assert source.questions == [["a", "b", "c"]]


async def test_a_key_that_fails_does_not_affect_other_keys() -> None:
    loader = BatchLoader(LetterSource(), at_most=10)
    good, bad = await asyncio.gather(loader(["a"]), loader(["z"]), return_exceptions=True)
    assert good == {"a": "A"}
    assert isinstance(bad, RemoteUnavailable)


async def test_a_refusal_is_not_retried_for_each_key() -> None:
    source = LetterSource(RemoteRefusedUs("letters", "the token is wrong"))
    loader = BatchLoader(source, at_most=10)
    results = await asyncio.gather(loader(["a"]), loader(["b"]), return_exceptions=True)
    assert [type(each) for each in results] == [RemoteRefusedUs, RemoteRefusedUs]
    assert source.questions == [["a", "b"]]


async def test_a_cancelled_caller_does_not_cancel_the_others() -> None:
    loader = BatchLoader(LetterSource(), at_most=10)
    leaving, staying = asyncio.create_task(loader(["a"])), asyncio.create_task(loader(["a"]))
    await asyncio.wait([leaving], timeout=0)
    leaving.cancel()
    assert await staying == {"a": "A"}
    with pytest.raises(asyncio.CancelledError):
        await leaving
