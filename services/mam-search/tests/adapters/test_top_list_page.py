"""The page with the top list becomes releases, or an error that names the selector that matches nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.adapters.browser.top_list_page import releases_in
from sandbox.mam.top_list_page import top_list_page
from sandbox.testing import an_offer
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError
from shared.contracts.values import SeriesPlace

OFFER = an_offer(
    id="901", title="Ozma & Oz", narrators=["Maud Ellery"], snatched=1_310, seeders=24, leechers=2, vip=True,
    series=[{"name": "Oz", "sequence": "1-3"}], filetype="m4b", added_days_ago=0,
)  # fmt: skip
PAGE = bytes(top_list_page([OFFER.model_copy(update={"added": OFFER.added.replace(year=2999)})]).body).decode()


def test_every_field_of_a_row_is_read() -> None:
    (release,) = releases_in(PAGE)
    assert (release.id, release.title, release.authors, release.narrators) == (
        "901", "Ozma & Oz", ["L. Frank Baum"], ["Maud Ellery"],
    )  # fmt: skip
    assert release.series == [SeriesPlace(name="Oz", sequence="1-3")]
    assert (release.seeders, release.leechers, release.snatches) == (24, 2, 1310)
    assert (release.category_id, release.vip, release.filetype) == (41, True, "m4b")
    assert abs(release.size_bytes - OFFER.size_bytes) < 2**20


@pytest.mark.parametrize(
    ("old", "new", "selector"),
    [
        ('id="top10"', 'id="top20"', "'#top10'"),
        ("newTorTable", "torrents", "table.newTorTable"),
        ("torTitle", "title", "a.torTitle"),
    ],
)
def test_a_redesigned_page_is_an_error_that_names_the_selector(old: str, new: str, selector: str) -> None:
    with pytest.raises(RemoteAnsweredNonsense, match="does not match in /stats/top10Tor") as raised:
        releases_in(PAGE.replace(old, new))
    assert selector in raised.value.detail


@given(st.integers(0, len(PAGE)), st.integers(0, 40), st.text(max_size=10))
def test_any_damaged_page_gives_releases_or_a_known_error(start: int, length: int, inserted: str) -> None:
    try:
        releases = releases_in(PAGE[:start] + inserted + PAGE[start + length :])
    except RemoteError:
        return
    for release in releases:
        release.model_dump_json().encode()
