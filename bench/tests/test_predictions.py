import json

import pytest
from bench.tasks.predictions import predict

OZMA = {"id": "w1", "title": "Ozma of Oz", "author": "L. Frank Baum", "series": "Oz", "sequence": "3", "year": 1907}
GLINDA = {**OZMA, "id": "w2", "title": "Glinda of Oz", "sequence": "14"}
FOLDER = {"title": None, "subtitle": None, "author": None, "path": "L. Frank Baum/Oz/03 - Ozma of Oz"}


def test_a_case_of_the_first_task_gives_its_series() -> None:
    lines = list(predict("T1", [json.dumps({"id": "a", "input": FOLDER})]))
    assert json.loads(lines[0]) == {"id": "a", "series": [{"name": "Oz", "sequence": "3"}]}


def test_the_cases_of_the_first_task_are_read_as_one_library_if_requested() -> None:
    titles = ("The Marvelous Land Oz, Book 2", "The Road Home Oz, Book 5")
    cases = [{"id": title, "input": {"title": title, "author": "L. Frank Baum"}} for title in titles]
    lines = predict("T1-library", [json.dumps(case) for case in cases])
    assert [json.loads(line)["series"][0] for line in lines] == [
        {"name": "Oz", "sequence": "2"}, {"name": "Oz", "sequence": "5"},
    ]  # fmt: skip


def test_a_case_of_the_second_task_gives_the_matching_work_or_none() -> None:
    cases = [
        {"id": "a", "input": FOLDER, "candidates": [GLINDA, OZMA]},
        {"id": "b", "input": FOLDER, "candidates": [GLINDA]},
    ]
    lines = predict("T2", [json.dumps(case) for case in cases])
    assert [json.loads(line)["match"] for line in lines] == ["w1", None]


def test_an_unknown_task_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no task 'T9'; the tasks are T1"):
        list(predict("T9", ["{}"]))


def test_the_works_that_the_library_lacks_are_missing_in_a_series_and_of_an_author() -> None:
    catalogue = [
        {"id": "c2", "title": "The Land of Oz", "author": "L. Frank Baum", "series": "Oz", "position": "2"},
        {"id": "c3", "title": "Ozma of Oz", "author": "L. Frank Baum", "series": "Oz", "position": "3"},
    ]
    case = {
        "id": "a", "series": {"name": "Oz", "author": "L. Frank Baum"}, "author": "L. Frank Baum",
        "policy": {"as_of": "2026-01-01", "language": "en"}, "owned": [FOLDER],
        "catalogue": [{**entry, "language": "en", "year": 1907} for entry in catalogue],
    }  # fmt: skip
    for task in ("T3", "T4"):
        assert [json.loads(line)["missing"] for line in predict(task, [json.dumps(case)])] == [["c2"]]


def test_the_preferred_of_the_right_releases_is_best() -> None:
    releases = [
        {"id": "r1", "title": "Ozma of Oz by L. Frank Baum [ENG / MP3]", "size": 9, "seeders": 90},
        {"id": "r2", "title": "Ozma of Oz by L. Frank Baum [ENG / M4B]", "size": 9, "seeders": 9, "categories": [3030]},
        {"id": "r3", "title": "Glinda of Oz by L. Frank Baum [ENG / M4B]", "size": 9, "seeders": 9},
        {"id": "r4", "title": "Ozma of Oz", "size": 9, "seeders": 9, "mam": {
            "title": "Ozma of Oz", "author_info": '{"1": "L. Frank Baum"}', "main_cat": 14}},
    ]  # fmt: skip
    case = {"id": "a", "wanted": {"title": "Ozma of Oz", "author": "L. Frank Baum"}, "releases": releases}
    (line,) = predict("T5", [json.dumps(case)])
    assert json.loads(line) == {"id": "a", "accepted": ["r2", "r1"], "best": "r2"}
