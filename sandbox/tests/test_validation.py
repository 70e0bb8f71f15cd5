import json
from pathlib import Path
from typing import Any

import pytest
from sandbox.__main__ import app
from sandbox.validation import mistakes_in
from typer.testing import CliRunner

WORK = {"id": "ozma", "title": "Ozma of Oz", "authors": ["L. Frank Baum"]}
BOOK = {"id": "li_1", "title": "Ozma", "folder": "Ozma"}
OFFER = {"id": "900001", "indexer": "mam", "title": "Ozma", "size_bytes": 1, "files": [{"name": "a.m4b"}]}


@pytest.fixture
def check(tmp_path: Path) -> Any:
    def mistakes(**parts: Any) -> list[str]:
        file = tmp_path / "world.json"
        file.write_text(json.dumps({"name": "test", "works": [WORK], "library": [BOOK]} | parts), "utf-8")
        return [str(mistake) for mistake in mistakes_in(file)]

    return mistakes


def test_a_valid_world_has_no_mistakes(check: Any) -> None:
    assert check() == []


def test_a_missing_field_is_reported_with_its_entry(check: Any) -> None:
    assert check(works=[{"id": "ozma", "title": "Ozma of Oz"}]) == ["works[ozma].authors: field required; add it"]


def test_an_unknown_field_is_reported(check: Any) -> None:
    (mistake,) = check(offers=[OFFER | {"narator": "Maud Ellery"}])
    assert mistake.startswith("offers[mam:900001].narator: ")
    assert "sandbox/README.md" in mistake


def test_an_unknown_kind_is_reported_with_the_known_kinds(check: Any) -> None:
    (mistake,) = check(works=[WORK | {"kind": "novl"}])
    assert mistake.startswith("works[ozma].kind: ")
    assert "'novella'" in mistake


def test_an_invalid_sequence_is_reported(check: Any) -> None:
    (mistake,) = check(library=[BOOK | {"series": [{"name": "Oz", "sequence": "third"}]}])
    assert mistake.startswith("library[li_1].series[0].sequence: ")
    assert "'third'" in mistake


@pytest.mark.parametrize("text", ["1914", "May 1914", "1914-13-01"])
def test_an_invalid_date_is_reported_with_the_right_format(check: Any, text: str) -> None:
    (mistake,) = check(works=[WORK | {"published": text}])
    assert mistake.startswith("works[ozma].published: ")
    assert mistake.endswith("; write the date as YYYY-MM-DD")


def test_a_duplicate_name_is_reported(check: Any) -> None:
    (mistake,) = check(works=[WORK, WORK])
    assert mistake == "works: 'ozma' occurs 2 times; use every name only once"


@pytest.mark.parametrize(
    ("truth", "place"),
    [
        ({"missing": [{"work": "glinda"}]}, "truth.missing"),
        ({"missing": [{"work": "ozma", "acceptable_releases": ["mam:1"]}]}, "truth.missing[ozma].acceptable_releases"),
        ({"optional": ["glinda"]}, "truth.optional"),
        ({"neutral_releases": ["mam:1"]}, "truth.neutral_releases"),
        ({"corrections": [{"book": "li_9", "field": "asin", "accepted": ["B0"]}]}, "truth.corrections"),
    ],
)
def test_a_reference_to_an_unknown_entry_in_the_truth_is_a_mistake(
    check: Any, truth: dict[str, Any], place: str
) -> None:
    (mistake,) = check(truth=truth)
    assert mistake.startswith(f"{place}: there is no ")


def test_all_mistakes_are_reported_together(check: Any) -> None:
    assert len(check(truth={"optional": ["glinda"], "neutral_releases": ["mam:1"]})) == 2


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"name": 1}', b"<html></html>"])
def test_a_file_that_is_not_a_world_is_reported_as_a_mistake(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "world.json"
    file.write_bytes(text)
    assert mistakes_in(file)


def test_the_command_prints_a_line_for_each_mistake_and_exits_with_1(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(json.dumps({"name": "test", "works": [{"id": "a", "title": "b"}], "library": [{}]}))
    result = CliRunner().invoke(app, ["validate", str(file)])
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 4


def test_the_command_exits_with_0_for_a_valid_world(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(json.dumps({"name": "test", "works": [WORK], "library": [BOOK]}))
    result = CliRunner().invoke(app, ["validate", str(file)])
    assert (result.exit_code, "is a valid world" in result.output) == (0, True)
