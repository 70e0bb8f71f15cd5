import pytest
from sandbox.drift import differences, filled

RECORDED = {"id": "a", "results": [{"title": "Emma", "asin": None}], "total": 3}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"id": "b", "results": [{"title": "Persuasion", "asin": None}] * 2, "total": 2.5}, []),
        ({"id": "b", "results": [{"title": "x", "asin": None}]}, ["$.total: missing"]),
        ({**RECORDED, "extra": 1}, ["$.extra: not in the recording"]),
        ({**RECORDED, "total": "3"}, ["$.total: recorded number, given text"]),
        ({**RECORDED, "total": True}, ["$.total: recorded number, given boolean"]),
        ({**RECORDED, "id": None}, ["$.id: recorded text, given null"]),
        ({**RECORDED, "results": []}, ["$.results: recorded entries, given none"]),
        ({**RECORDED, "results": [{"title": "x"}]}, ["$.results[].asin: missing"]),
        ([RECORDED], ["$: recorded object, given list"]),
    ],
)
def test_every_difference_of_shape_is_told(given: object, told: list[str]) -> None:
    assert list(differences(RECORDED, given)) == told


def test_a_field_that_may_be_null_may_be_so_on_either_side() -> None:
    given = {**RECORDED, "id": None, "results": [{"title": "Emma", "asin": "B000000001"}]}
    assert list(differences(RECORDED, given, nullable=frozenset({"id", "asin"}))) == []


def test_an_object_whose_keys_are_data_is_compared_by_one_entry() -> None:
    recorded = {"torrents": {"{hash}": {"name": "x"}}}
    assert list(differences(recorded, {"torrents": {"aaaa": {"name": "y"}}})) == []
    assert list(differences(recorded, {"torrents": {"aaaa": {}}})) == ["$.torrents.{hash}.name: missing"]


def test_words_in_braces_are_filled_in_wherever_they_stand() -> None:
    body = {"hashes": "{one}|{two}", "list": ["{one}", 3, None]}
    assert filled(body, {"one": "a"}) == {"hashes": "a|{two}", "list": ["a", 3, None]}
