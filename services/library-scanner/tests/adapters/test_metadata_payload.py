"""Whatever values a change has, no payload is built that crashes Audiobookshelf or that it misinterprets."""

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as some
from library_builders import a_book, a_world
from library_scanner.adapters.audiobookshelf.parsing import metadata_payload
from library_scanner.domain.field_writes import UnwritableValue
from pydantic import ValidationError
from sandbox.audiobookshelf.edits import edit
from sandbox.audiobookshelf.shelf import Shelf
from sandbox.journal import Journal
from shared.contracts.library.field_values import FIELDS
from shared.contracts.library.metadata_writes import FieldName, FieldValue, WriteMetadata
from shared.contracts.values import SeriesPlace

TEXTS = some.one_of(some.text(max_size=20), some.sampled_from(["", " ", "\x00", "\ud800", "Oz", " Oz ", "<script>x"]))
PLACES = some.builds(SeriesPlace, name=TEXTS, sequence=some.one_of(some.none(), TEXTS))
MEANT = some.one_of(some.none(), some.booleans(), TEXTS, some.lists(TEXTS, max_size=4), some.lists(PLACES, max_size=4))
"""The values that the type of a field allows."""
ANYTHING = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(), some.floats(), TEXTS, PLACES),
    lambda inner: some.one_of(
        some.lists(inner, max_size=4), some.dictionaries(TEXTS, inner, max_size=3), some.tuples(inner, inner)
    ),
    max_leaves=8,
)
"""Values that no type allows, such as null in a list."""
VALUES = some.dictionaries(some.sampled_from(FIELDS), some.one_of(MEANT, ANYTHING), min_size=1, max_size=4)


@given(VALUES)
def test_a_payload_is_refused_or_is_one_that_audiobookshelf_understands(values: dict[FieldName, Any]) -> None:
    try:
        payload = metadata_payload(values)
    except UnwritableValue:
        return
    assert len(payload) == len(values)
    for key in ("authors", "series"):
        for each in payload.get(key, []):
            assert isinstance(each, dict)
            assert is_text(each["name"])
    for each in payload.get("series", []):
        assert each["sequence"] is None or is_text(each["sequence"])
    for key in ("narrators", "genres", "tags"):
        assert all(is_text(each) for each in payload.get(key, []))
    assert isinstance(payload.get("abridged", False), bool)
    texts = payload.keys() - {"authors", "series", "narrators", "genres", "tags", "abridged"}
    assert all(payload[key] is None or is_text(payload[key]) for key in texts)
    assert is_text(payload.get("title", "not changed"))


@given(VALUES)
def test_a_payload_does_not_crash_audiobookshelf_and_removes_no_list_by_mistake(values: dict[FieldName, Any]) -> None:
    try:
        payload = metadata_payload(values)
    except UnwritableValue:
        return
    shelf = Shelf(a_world(a_book(1)), Path("/library"), Journal(None))
    (item,) = shelf.items.values()
    edit(shelf, item, {"metadata": payload})
    (edited,) = shelf.items.values()
    for key in ("authors", "series"):
        if payload.get(key):
            assert getattr(edited, key)


@pytest.mark.parametrize("field", ["authors", "series", "narrators", "genres", "tags"])
@pytest.mark.parametrize("value", [[None], ["Baum", None], None, [], "Baum", 5, {"name": "Baum"}, [{"name": None}]])
def test_a_list_with_null_is_refused_before_it_is_sent_and_after_it_is_received(field: FieldName, value: Any) -> None:
    is_list_of_names = value in (None, []) or value == "Baum"
    change = {"correction_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10", "field": field, "new": value, "source": "X"}
    if not is_list_of_names:
        with pytest.raises(UnwritableValue, match=field):
            metadata_payload({field: cast(FieldValue, value)})
        with pytest.raises(ValidationError):
            WriteMetadata.model_validate({"book_id": change["correction_id"], "changes": [change]})
    elif value == "Baum":
        with pytest.raises(UnwritableValue, match=field):
            metadata_payload({field: value})
    else:
        assert metadata_payload({field: value}) == {field: []}


@pytest.mark.parametrize("value", ["true", 1, ["abridged"], []])
def test_a_mark_that_is_not_true_or_false_is_refused(value: Any) -> None:
    with pytest.raises(UnwritableValue, match="abridged must be true or false"):
        metadata_payload({"abridged": value})


def test_the_mark_of_an_abridged_recording_is_set_and_removed() -> None:
    shelf = Shelf(a_world(a_book(1)), Path("/library"), Journal(None))
    for value, abridged in ((True, True), (None, False), (True, True), (False, False)):
        (item,) = shelf.items.values()
        assert edit(shelf, item, {"metadata": metadata_payload({"abridged": value})})
        (item,) = shelf.items.values()
        assert item.abridged is abridged


def is_text(value: object) -> bool:
    """Whether this is a text that is not blank and can be sent."""
    return isinstance(value, str) and bool(value.strip()) and "\x00" not in value and bool(value.encode())
