"""A typed search becomes the site's parameters, and its response one page of releases or one of the known errors."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mam_search.adapters.mam.search_page import page_of, parameters
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs
from shared.contracts.mam.releases import BrowseFlag
from shared.contracts.mam.search import FoundPage, MamLanguage, MamSearch, ReleaseKind, SearchOrder

SEARCH = MamSearch(text="ozma")
ROW: dict[str, Any] = {
    "id": 900001, "title": "Ozma of Oz", "added": "2026-11-02 18:40:11", "author_info": '{"77":"L. Frank Baum"}',
    "narrator_info": '{"88":"Maud Ellery"}', "series_info": '{"66":["Oz","3"]}', "catname": "Audiobooks - Fantasy",
    "category": 41, "main_cat": 13, "categories": "[13]", "size": "1,016.2 MiB", "numfiles": 1, "filetype": "m4b",
    "lang_code": "ENG", "language": 1, "seeders": 24, "leechers": 0, "times_completed": 310, "free": 0, "vip": 1,
    "vip_expire": 0, "fl_vip": 1, "personal_freeleech": 0, "my_snatched": 0, "isbn": "ASIN:B0OZMA0001",
    "tags": "unabridged, 64 kbps", "browseflags": 0,
    "mediainfo": '{"General":{"Duration":"11:04:09"},"Audio1":{"BitRate":"64000"}}',
}  # fmt: skip
ANSWERS: list[Any] = [
    {"perpage": 100, "start": 0, "data": [ROW], "total": 1, "found": 1},
    {"data": [ROW], "total_found": "1"},
    {"data": {"0": ROW}, "found": 1},
    {"error": "Nothing returned, out of 0"},
    {"error": "Nothing returned, out of 37"},
    {"error": "Request not via correct session type"},
    {"error": "Something else", "message": "try again"},
    {"data": []},
    {},
    [],
    None,
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def page(answer: Any, search: MamSearch = SEARCH) -> FoundPage:
    return page_of(json.dumps(answer).encode(), search, lambda _field, _value: None)


def test_a_search_sends_what_it_means_in_the_names_of_the_site() -> None:
    search = MamSearch(
        title="The Lion's Tale",
        author="O'Neill",
        narrator="Maud Ellery",
        categories=[41, 47],
        languages=[MamLanguage.ENGLISH, MamLanguage.POLISH],
        only_flags=[BrowseFlag.ABRIDGED],
        kind=ReleaseKind.FREELEECH_OR_VIP,
        only_snatched=True,
        min_size_bytes=1000,
        max_seeders=50,
        added_from=date(2026, 11, 1),
        order=SearchOrder.MOST_SNATCHED,
        page=2,
        page_size=50,
    )
    assert parameters(search) == {
        "tor[text]": "The Lion s Tale O Neill Maud Ellery",
        "tor[srchIn][title]": "true",
        "tor[srchIn][author]": "true",
        "tor[srchIn][narrator]": "true",
        "tor[searchType]": "fl-VIP",
        "tor[searchIn]": "torrents",
        "tor[main_cat][0]": "13",
        "tor[cat][0]": "41",
        "tor[cat][1]": "47",
        "tor[browse_lang][0]": "1",
        "tor[browse_lang][1]": "45",
        "tor[browseFlags][0]": "32",
        "tor[browseFlagsHideVsShow]": "1",
        "tor[minSize]": "1000",
        "tor[maxSeeders]": "50",
        "tor[unit]": "1",
        "tor[startDate]": "2026-11-01",
        "my_snatched": "1",
        "tor[sortType]": "snatchedDesc",
        "tor[startNumber]": "100",
        "perpage": "50",
        "isbn": "1",
        "mediaInfo": "1",
    }


def test_no_empty_list_is_sent_because_it_would_break_the_search() -> None:
    sent = parameters(MamSearch(main_categories=[]))
    assert not [name for name in sent if "browse_lang" in name or "cat]" in name or "browseFlags" in name]
    assert sent["tor[text]"] == ""


def test_an_isbn_is_searched_where_uploaders_write_it() -> None:
    sent = parameters(MamSearch(isbn="978-0-14-043208-0"))
    assert sent["tor[text]"] == "9780140432080"
    assert "tor[srchIn][description]" in sent


def test_a_release_with_only_a_newer_category_is_found_too() -> None:
    search = MamSearch(categories=[41], new_categories=[13])
    only_new = ROW | {"id": 2, "category": 0}
    other = ROW | {"id": 3, "category": 47, "categories": "[45]"}
    found = page({"data": [ROW, only_new, other], "found": 3}, search)
    assert [release.id for release in found.releases] == ["900001", "2"]
    assert not [name for name in parameters(search) if name.startswith("tor[cat]")]


def test_a_page_past_the_end_is_told_apart_from_no_results() -> None:
    assert page({"error": "Nothing returned, out of 1,037"}).found == 1037
    assert page({"error": "Nothing returned, out of 0"}) == FoundPage(page_size=100)


def test_every_count_name_and_shape_of_a_page_is_accepted() -> None:
    for answer in ANSWERS[:3]:
        found = page(answer)
        assert ([each.id for each in found.releases], found.found) == (["900001"], 1)


def test_a_row_that_cannot_be_used_does_not_lose_the_others() -> None:
    reported: list[str] = []
    body = json.dumps({"data": [{"title": "no id"}, 5, ROW, ROW], "found": 4}).encode()
    found = page_of(body, SEARCH, lambda field, _value: reported.append(field))
    assert [release.id for release in found.releases] == ["900001"]
    assert reported == ["id"]


def test_a_page_without_any_usable_row_is_an_error_and_not_empty() -> None:
    with pytest.raises(RemoteAnsweredNonsense, match="none of the 2 rows"):
        page({"data": [{"title": "no id"}, None], "found": 2})


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 200_000, b"\xff\xfe", b'{"data": NaN}', b"5", b'{"error": []}'])
def test_a_body_that_is_no_answer_is_an_error(body: bytes) -> None:
    with pytest.raises(RemoteAnsweredNonsense):
        page_of(body, SEARCH, lambda _field, _value: None)


def test_the_wrong_kind_of_session_is_a_refusal_that_says_what_to_do() -> None:
    with pytest.raises(RemoteRefusedUs, match="set MAM_SESSION"):
        page({"error": "Request not via correct session type"})


@given(st.sampled_from(ANSWERS), st.sampled_from([*ROW, "data", "error", "found"]), JSON, st.integers(0, 400))
@example(ANSWERS[0], "title", "\ud800", 0)
def test_any_mutation_of_an_answer_gives_a_storable_page_or_a_known_error(
    answer: Any, field: str, value: Any, cut: int
) -> None:
    mutated = json.loads(json.dumps(answer))
    rows = mutated.get("data") if isinstance(mutated, dict) else None
    if isinstance(mutated, dict) and field not in ROW:
        mutated[field] = value
    elif isinstance(rows, list) and rows:
        rows[0][field] = value
    body = json.dumps(mutated).encode()
    for each in (body, body[: max(0, len(body) - cut)]):
        try:
            found = page_of(each, SEARCH, lambda _field, _value: None)
        except RemoteError:
            continue
        found.model_dump_json().encode()
