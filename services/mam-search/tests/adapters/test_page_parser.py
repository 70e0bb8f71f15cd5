"""A page that can no longer be read is stored once for each selector, without secrets, until it is old."""

from datetime import timedelta

import pytest
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.top_list_page import PATH, TopListPageReader
from mam_search.adapters.postgres.retention import Retention
from mam_search.adapters.postgres.stored_pages import UNREADABLE_KEPT, PostgresUnreadablePages
from mam_search.domain.ports import Page
from mam_search.domain.refusals import PageChanged
from mam_search.handlers.maintenance import MaintenanceHandlers
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import NotFound
from shared.contracts.system import CleanUp
from shared.testing.clocks import ManualClock

KEY = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6"


class ChangedTopList:
    """The page with the top list after the site has changed it."""

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Return the page."""
        del person_waits
        return Page(url=path, title="", html=f'<table id="chart"><tr><td>Ozma passkey={KEY}\x00</td></tr></table>')


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def unreadable(database: Database) -> PostgresUnreadablePages:
    return PostgresUnreadablePages(database.transactions(Transaction))


def changed(selector: str, path: str) -> PageChanged:
    return PageChanged(selector, path, f"<p>{path}</p>")


async def test_a_changed_top_list_is_stored_without_secrets(
    unreadable: PostgresUnreadablePages, clock: ManualClock
) -> None:
    with pytest.raises(PageChanged, match="does not match in /stats/top10Tor"):
        await TopListPageReader(ChangedTopList(), PageParser(unreadable, clock)).releases()
    (stored,) = await unreadable.newest()
    assert (stored.path, stored.selector, stored.read_at) == (PATH, "#top10", clock.now())
    page = await unreadable.get("#top10")
    assert page.model_dump(exclude={"html"}) == stored.model_dump()
    assert "Ozma" in page.html
    assert KEY not in page.html
    with pytest.raises(NotFound, match="'#top11' did not match"):
        await unreadable.get("#top11")


async def test_the_last_page_of_each_selector_is_stored_and_only_the_newest_are_kept(
    unreadable: PostgresUnreadablePages, clock: ManualClock
) -> None:
    for number in range(UNREADABLE_KEPT + 5):
        clock.forward(seconds=1)
        await unreadable.store(changed(".title", f"/t/{number}"), clock.now())
        await unreadable.store(changed(f".cell-{number}", "/guides/"), clock.now())
    stored = await unreadable.newest()
    assert len(stored) == UNREADABLE_KEPT
    assert [each.path for each in stored if each.selector == ".title"] == [f"/t/{UNREADABLE_KEPT + 4}"]


async def test_an_old_page_is_deleted(
    database: Database, unreadable: PostgresUnreadablePages, clock: ManualClock
) -> None:
    maintenance = MaintenanceHandlers(Retention(database.transactions(Transaction)), timedelta(days=30), clock)
    await unreadable.store(changed(".title", "/t/1"), clock.now())
    assert (await maintenance.clean_up(CleanUp())).deleted["unreadable_pages"] == 0
    clock.forward(days=31)
    assert (await maintenance.clean_up(CleanUp())).deleted["unreadable_pages"] == 1
    assert await unreadable.newest() == []
