"""A torrent page becomes fields, or an error that names the selector that does not match."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.scrubbing import REMOVED, scrub
from mam_search.adapters.browser.torrent_page import parse
from mam_search.domain.refusals import PageChanged
from sandbox.mam.torrent_page import torrent_page
from sandbox.testing import an_offer

NOW = datetime(2026, 11, 29, tzinfo=UTC)
OFFER = an_offer(
    id="901",
    title="Ozma & the <Nome> King",
    authors=["L. Frank Baum", "Ada O'Quill"],
    series=[{"name": "Oz", "sequence": "3"}, {"name": "Tide Wardens"}],
    size_bytes=1_065_399_123,
    tags="unabridged, 64 kbps",
    description="<p>Ozma visits<br>the king.</p><script>track()</script>",
    files=[{"name": "Ozma.m4b", "duration_minutes": 1}, {"name": "cover.jpg"}],
)


def markup(*, new_markup: bool = False) -> str:
    return bytes(torrent_page(OFFER, ratio=4.2, ratio_after=4.15, new_markup=new_markup).body).decode()


def without(selector: str) -> str:
    soup = BeautifulSoup(markup(), "lxml")
    for tag in soup.select(selector):
        tag.decompose()
    return str(soup)


def test_a_torrent_page_is_read_completely() -> None:
    page = parse(markup(), "901", NOW)
    assert page.title == "Ozma & the <Nome> King"
    assert (page.authors, page.narrators) == (["L. Frank Baum", "Ada O'Quill"], ["Tom Reed"])
    assert [(place.name, place.sequence) for place in page.series] == [("Oz", "3"), ("Tide Wardens", None)]
    assert (page.category, page.category_id) == ("Audiobooks - Fantasy", 41)
    assert page.size_bytes == 1_065_399_123
    assert [file.name for file in page.files] == ["Ozma.m4b", "cover.jpg"]
    assert page.tags == "unabridged, 64 kbps"
    assert page.description.startswith("Ozma visits\nthe king.")
    assert page.ratio_after == 4.15
    assert page.submitted.startswith("Uploaded by uploader on ")


@pytest.mark.parametrize(
    "selector",
    [
        selectors.TORRENT_TITLE,
        selectors.TORRENT_CATEGORY,
        selectors.TORRENT_SIZE,
        selectors.TORRENT_ROW,
        selectors.TORRENT_DESCRIPTION,
        selectors.TORRENT_SUBMITTED,
        selectors.TORRENT_SERIES,
    ],
)
def test_a_selector_that_no_longer_matches_is_named_with_its_page(selector: str) -> None:
    with pytest.raises(PageChanged) as raised:
        parse(without(selector), "901", NOW)
    assert raised.value.selector == selector
    assert raised.value.detail == f"the selector {selector!r} does not match in /t/901: the site has changed this page"


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(markup())), st.integers(0, 400), st.text(max_size=40))
def test_a_mutated_page_is_read_or_named_as_changed(start: int, length: int, inserted: str) -> None:
    page = markup()
    with suppress(PageChanged):
        parse(page[:start] + inserted + page[start + length :], "901", NOW)


def test_a_stored_page_has_no_secrets_and_keeps_its_structure() -> None:
    key = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6"
    page = f"""<html><head><script>var session = "{key}";</script><meta name="csrf" content="{key}"></head><body>
        <!-- {key} --><div id="userMenu">reader</div><form><input type="hidden" name="a" value="{key}"></form>
        <div id="torDetMainCon" data-key="{key}"><a href="/tor/download.php/{key}?tid=901">Download</a>
        <a href="/rss.php?passkey=short1">feed</a> passkey={key} reader@example.org 203.0.113.7</div></body></html>"""
    stored = scrub(page + "\x00\ud800")
    assert "torDetMainCon" in stored
    assert "tid=901" in stored
    assert REMOVED in stored
    assert not {"\x00", "\ud800"} & set(stored)
    for secret in (key, "short1", ">reader<", "reader@example.org", "203.0.113.7"):
        assert secret not in stored
