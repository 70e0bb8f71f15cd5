"""The rows of a search response, however malformed, become releases; a field that cannot be parsed is reported."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.adapters.mam.search_rows import release_of
from shared.contracts.mam.releases import BrowseFlag, Release
from shared.contracts.values import SeriesPlace

ROW = {"id": 7, "title": "Ozma of Oz", "size": "230.5 MiB", "main_cat": 13}
Reports = list[tuple[str, str]]


def release(reports: Reports | None = None, **changes: Any) -> Release:
    reports = [] if reports is None else reports
    found = release_of(ROW | changes, lambda field, value: reports.append((field, value)))
    assert found is not None
    return found


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
    release(author_info=text, narrator_info=text, series_info=text, categories=text, mediainfo=text).model_dump_json()


def test_what_cannot_be_parsed_is_reported_and_does_not_lose_the_row() -> None:
    reports: Reports = []
    found = release(reports, author_info="{not json", series_info="[" * 5000, categories="{", size="large", isbn=[1])
    assert (found.title, found.authors, found.series, found.size_bytes) == ("Ozma of Oz", [], [], 0)
    assert {field for field, _ in reports} == {"author_info", "series_info", "categories", "size"}


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
        ('{"3":["The "Real" Oz","2"],"4":["Barsoom","1"]}',
         [SeriesPlace(name='The "Real" Oz', sequence="2"), SeriesPlace(name="Barsoom", sequence="1")]),
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


@pytest.mark.parametrize("identity", [None, "", "abc", 0, "inf", -4, [7]])
def test_a_row_without_an_id_is_no_release_and_is_reported(identity: Any) -> None:
    reports: Reports = []
    assert release_of(ROW | {"id": identity}, lambda field, value: reports.append((field, value))) is None
    assert [field for field, _ in reports] == ["id"]


def test_browse_flags_are_names() -> None:
    found = release(browseflags="38")
    assert found.flags == [BrowseFlag.CRUDE_LANGUAGE, BrowseFlag.VIOLENCE, BrowseFlag.ABRIDGED]
    assert found.abridged


def test_the_end_of_vip_is_known_unless_it_is_permanent() -> None:
    assert release(vip=1, vip_expire=1793644811).vip_until is not None
    assert release(vip=1, vip_expire=0).vip_until is None
    assert release(vip=0, vip_expire=1793644811).vip_until is None


def test_freeleech_for_this_account_counts_as_freeleech() -> None:
    found = release(personal_freeleech="1")
    assert (found.freeleech, found.personal_freeleech, found.vip) == (True, True, False)
    assert not release(free=1).personal_freeleech


def test_categories_of_both_kinds_are_parsed() -> None:
    found = release(category="41", categories='[13,"29"]', catname="Audiobooks - Fantasy")
    assert (found.category_id, found.new_category_ids) == (41, [13, 29])


def test_a_long_media_info_is_parsed_whole() -> None:
    chapters = [{"title": f"Chapter {number}", "start": f"{number}:00:00.000"} for number in range(2_000)]
    info = json.dumps({"menu": chapters, "General": {"Duration": "11:04:09"}, "Audio1": {"BitRate": "64000"}})
    assert len(info) > 50_000
    found = release(mediainfo=info)
    assert (found.duration_minutes, found.bitrate_kbps) == (664, 64)


def test_a_very_long_name_is_cut() -> None:
    found = release(author_info=json.dumps({"1": "&amp;" * 5_000}), title="O" * 5_000)
    assert (found.authors, len(found.title)) == (["&" * 200], 500)
