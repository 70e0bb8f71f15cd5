"""The tracker's responses, however malformed, become valid contracts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.adapters.mam import parsing
from mam_search.adapters.mam.schemas import Member, Row, SearchAnswer
from pydantic import ValidationError
from shared.contracts.mam.releases import Release
from shared.contracts.values import SeriesPlace

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def unexpected(field: str, value: str) -> None:
    raise AssertionError(f"{field} could not be read: {value}")


def release(**changes: Any) -> Release:
    row = {"id": 7, "title": "Ozma of Oz", "size": "230.5 MiB", "main_cat": 13}
    return parsing.release(Row.model_validate(row | changes), unexpected)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1,016.2 KiB", 1_040_588),
        ("1.0 GiB", 2**30),
        ("881.4 MB", 924_214_886),
        ("12 B", 12),
        ("2 TiB", 2 * 2**40),
        ("1234567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("", 0),
        ("large", 0),
        ("1.2.3 GB", 0),
        (", MB", 0),
        ("-5 MB", 0),
        ("٣ MB", 0),
    ],
)
def test_sizes_are_parsed_with_every_unit(text: str, size: int) -> None:
    assert parsing.size_in_bytes(text) == size


@given(st.text(max_size=30))
def test_any_text_can_be_parsed_as_a_size(text: str) -> None:
    assert parsing.size_in_bytes(text) >= 0


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ('{"8234": "L. Frank Baum"}', ["L. Frank Baum"]),
        ('{"2": "Arthur Conan Doyle", "1": "Adrian Doyle"}', ["Arthur Conan Doyle", "Adrian Doyle"]),
        ('{"7": "Antoine de Saint-Exup&eacute;ry"}', ["Antoine de Saint-Exupéry"]),
        ('"{\\"7\\": \\"L. M. Montgomery\\"}"', ["L. M. Montgomery"]),
        ({"7": "L. M. Montgomery"}, ["L. M. Montgomery"]),
        ('{"7":"Ada "Red" Quill","8":"Bob Inker"}', ['Ada "Red" Quill', "Bob Inker"]),
        ("", []),
        (None, []),
        ("[]", []),
        ([], []),
        ("{}", []),
        ("{not json", []),
        ("null", []),
        ("5", []),
        ('{"7": "  "}', []),
    ],
)
def test_authors_are_parsed_from_json_in_a_string_that_may_be_malformed(raw: Any, names: list[str]) -> None:
    assert release(author_info=raw).authors == names


@given(st.text(max_size=60))
def test_any_text_can_be_parsed_as_names_and_series(text: str) -> None:
    assert isinstance(parsing.names(text), list)
    assert isinstance(parsing.series(text), list)


@pytest.mark.parametrize(
    ("raw", "series"),
    [
        ('{"3": ["Oz", "3", 3.0]}', [SeriesPlace(name="Oz", sequence="3")]),
        ('{"3": ["Oz", ""]}', [SeriesPlace(name="Oz")]),
        ('{"3": ["Oz"]}', [SeriesPlace(name="Oz")]),
        ('{"3": "Oz"}', [SeriesPlace(name="Oz")]),
        ('{"3": ["Oz", "01-14, 13.5"]}', [SeriesPlace(name="Oz", sequence="01-14, 13.5")]),
        ('{"3": ["Oz", 2], "4": ["Barsoom", "1"]}',
         [SeriesPlace(name="Oz", sequence="2"), SeriesPlace(name="Barsoom", sequence="1")]),
        ('{"3": [], "4": ["", "1"]}', []),
        ("", []),
        ("{", []),
    ],
)  # fmt: skip
def test_series_are_parsed_with_their_positions(raw: str, series: list[SeriesPlace]) -> None:
    assert release(series_info=raw).series == series


@pytest.mark.parametrize(
    ("field", "asin", "isbn"),
    [
        ("ASIN:B00OZ00003", "B00OZ00003", None),
        ("asin: b00oz00003", "B00OZ00003", None),
        ("978-0-14-043208-0", None, "9780140432080"),
        ("014043208X", None, "014043208X"),
        (9780140432080, None, "9780140432080"),
        ("ASIN:", None, None),
        ("12", None, None),
        ("none", None, None),
        (None, None, None),
    ],
)
def test_one_field_contains_the_asin_or_the_isbn(field: Any, asin: str | None, isbn: str | None) -> None:
    found = release(isbn=field)
    assert (found.asin, found.isbn) == (asin, isbn)


@pytest.mark.parametrize(
    ("changes", "is_audio"),
    [
        ({"main_cat": 13}, True),
        ({"main_cat": "13"}, True),
        ({"main_cat": 14}, False),
        ({"main_cat": 0, "mediatype": 1}, True),
        ({"main_cat": 0, "mediatype": 2}, False),
        ({"main_cat": None}, None),
    ],
)
def test_the_category_or_media_type_says_whether_it_is_audio(changes: dict[str, Any], is_audio: bool | None) -> None:
    assert release(**changes).is_audio is is_audio


def test_numbers_may_be_texts_and_flags_numbers() -> None:
    found = release(id="900", seeders="1,204", leechers="x", numfiles="inf", free=1, my_snatched="1", vip="0")
    assert (found.id, found.seeders, found.leechers, found.files) == ("900", 1204, 0, None)
    assert (found.freeleech, found.snatched_before, found.vip) == (True, True, False)


def test_an_abridged_upload_is_recognized() -> None:
    assert release(browseflags=32).abridged is True
    assert release(browseflags=0).abridged is None


@pytest.mark.parametrize("identity", [None, "", "abc", 0, "inf"])
def test_a_row_without_an_id_is_rejected(identity: Any) -> None:
    with pytest.raises(ValidationError):
        SearchAnswer.model_validate({"data": [{"id": identity, "title": "Ozma of Oz"}]})


@pytest.mark.parametrize(
    "summary",
    [
        {"unsat": {"name": "Unsatisfied", "count": 3, "limit": 50}},
        {"snatch_summary": {"unsat": {"count": "3", "limit": "50"}}},
    ],
)
def test_the_standing_is_parsed_in_both_formats(summary: dict[str, Any]) -> None:
    member = {"username": "dorothy", "classname": "VIP", "ratio": "1,234.5", "seedbonus": 99_999, "wedges": "2"}
    found = parsing.standing(Member.model_validate(member | summary), NOW)
    assert (found.unsatisfied, found.unsatisfied_limit) == (3, 50)
    assert (found.ratio, found.bonus_points, found.wedges, found.read_at) == (1234.5, 99_999.0, 2, NOW)


def test_a_missing_count_of_unsatisfied_torrents_is_not_read_as_zero() -> None:
    found = parsing.standing(Member.model_validate({"username": "dorothy", "ratio": "Inf"}), NOW)
    assert (found.unsatisfied, found.unsatisfied_limit, found.ratio) == (None, None, None)


@pytest.mark.parametrize(
    ("shown", "uploaded", "downloaded"),
    [
        ({"uploaded_bytes": 2147483648.0, "downloaded_bytes": "1,073,741,824"}, 2**31, 2**30),
        ({"uploaded": "2.0 GiB", "downloaded": "0 B"}, 2**31, 0),
        ({}, None, None),
        ({"uploaded_bytes": -1, "downloaded_bytes": "many"}, None, None),
    ],
)
def test_upload_and_download_are_parsed_as_bytes(
    shown: dict[str, Any], uploaded: int | None, downloaded: int | None
) -> None:
    found = parsing.standing(Member.model_validate({"username": "dorothy"} | shown), NOW)
    assert (found.uploaded_bytes, found.downloaded_bytes) == (uploaded, downloaded)


def test_a_vip_date_is_utc() -> None:
    member = Member.model_validate({"username": "dorothy", "vip_until": "2026-09-01 10:00:00"})
    assert parsing.standing(member, NOW).vip_until == datetime(2026, 9, 1, 10, tzinfo=UTC)
