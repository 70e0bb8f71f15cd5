"""A torrent page is read once, stored, and kept for a report if the site has changed it."""

import re

import pytest
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.torrent_page import TorrentPageReader
from mam_search.adapters.postgres.page_tables import UnreadablePageRow
from mam_search.adapters.postgres.stored_pages import PostgresTorrentPages, PostgresUnreadablePages
from mam_search.domain.ports import Page
from mam_search.domain.refusals import PageChanged
from mam_search.handlers.get_torrent_page import GetTorrentPageHandler
from sandbox.mam.torrent_page import torrent_page
from sandbox.testing import an_offer
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import NotFound
from shared.contracts.mam.torrent_pages import GetTorrentPage
from shared.testing.clocks import ManualClock
from sqlalchemy import select


class StoredPages:
    """Pages that were read before. `test_pages.py` reads them with a browser."""

    def __init__(self) -> None:
        self.read_paths: list[str] = []
        self.new_markup = False

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        self.read_paths.append(path)
        if path == "/t/777":
            return Page(url=f"http://mam{path}", title="Error", html="<h1>Error</h1>", status=404)
        offer = an_offer(id=path.removeprefix("/t/"))
        response = torrent_page(offer, ratio=4.0, ratio_after=3.9, new_markup=self.new_markup)
        return Page(url=f"http://mam{path}", title="Details", html=bytes(response.body).decode())


@pytest.fixture
def pages() -> StoredPages:
    return StoredPages()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def handler(database: Database, pages: StoredPages, clock: ManualClock) -> GetTorrentPageHandler:
    transaction = database.transactions(Transaction)
    reader = TorrentPageReader(pages, PageParser(PostgresUnreadablePages(transaction), clock), clock)
    return GetTorrentPageHandler(reader, PostgresTorrentPages(transaction), clock)


async def test_a_page_is_read_once_while_it_is_recent(
    handler: GetTorrentPageHandler, pages: StoredPages, clock: ManualClock
) -> None:
    first = await handler.get(GetTorrentPage(release_id="901"))
    assert first.narrators == ["Tom Reed"]
    assert await handler.get(GetTorrentPage(release_id="901")) == first
    assert pages.read_paths == ["/t/901"]
    clock.forward(days=8)
    await handler.get(GetTorrentPage(release_id="901"))
    assert pages.read_paths == ["/t/901", "/t/901"]


async def test_a_torrent_that_does_not_exist_is_not_found(handler: GetTorrentPageHandler) -> None:
    with pytest.raises(NotFound, match="there is no torrent 777"):
        await handler.get(GetTorrentPage(release_id="777"))


async def test_a_changed_page_is_kept_for_a_report_and_the_next_page_is_read(
    handler: GetTorrentPageHandler, pages: StoredPages, database: Database
) -> None:
    pages.new_markup = True
    with pytest.raises(PageChanged, match=re.escape("does not match in /t/901")):
        await handler.get(GetTorrentPage(release_id="901"))
    async with database.transactions(Transaction)() as tx:
        kept = (await tx.session.scalars(select(UnreadablePageRow))).one()
    assert (kept.path, kept.selector) == ("/t/901", "#torDetMainCon .TorrentTitle")
    assert "detailTitle" in kept.html
    assert "userMenu" not in kept.html
    pages.new_markup = False
    assert (await handler.get(GetTorrentPage(release_id="902"))).release_id == "902"
