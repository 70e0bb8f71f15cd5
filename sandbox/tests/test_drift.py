import pytest
from sandbox.drift import differences, filled

RECORDED = {"id": "a", "results": [{"title": "Emma", "asin": None}], "total": 3}


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ({"id": "b", "results": [{"title": "Persuasion", "asin": None}] * 2, "total": 2.5}, []),
        ({"id": "b", "results": [{"title": "x", "asin": None}]}, ["$.total: missing"]),
        ({**RECORDED, "extra": 1}, ["$.extra: not in the recording"]),
        ({**RECORDED, "total": "3"}, ["$.total: recorded number, received text"]),
        ({**RECORDED, "total": True}, ["$.total: recorded number, received boolean"]),
        ({**RECORDED, "id": None}, ["$.id: recorded text, received null"]),
        ({**RECORDED, "results": []}, ["$.results: recorded entries, received none"]),
        ({**RECORDED, "results": [{"title": "x"}]}, ["$.results[].asin: missing"]),
        ([RECORDED], ["$: recorded object, received list"]),
    ],
)
def test_every_difference_in_structure_is_listed(received: object, expected: list[str]) -> None:
    assert list(differences(RECORDED, received)) == expected


def test_a_nullable_field_may_be_null_in_the_recording_or_in_the_answer() -> None:
    received = {**RECORDED, "id": None, "results": [{"title": "Emma", "asin": "B000000001"}]}
    assert list(differences(RECORDED, received, nullable=frozenset({"id", "asin"}))) == []


def test_one_entry_of_an_object_whose_keys_are_data_is_compared() -> None:
    recorded = {"torrents": {"{hash}": {"name": "x"}}}
    assert list(differences(recorded, {"torrents": {"aaaa": {"name": "y"}}})) == []
    assert list(differences(recorded, {"torrents": {"aaaa": {}}})) == ["$.torrents.{hash}.name: missing"]


def test_placeholders_are_replaced_in_every_string() -> None:
    body = {"hashes": "{one}|{two}", "list": ["{one}", 3, None]}
    assert filled(body, {"one": "a"}) == {"hashes": "a|{two}", "list": ["a", 3, None]}
