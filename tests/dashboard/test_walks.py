"""A person fills a gap from the board, and looks on while a service or the connection is away."""

from collections.abc import Callable

import pytest
from harness.browser import Tab, violations, violations_in_every_form, wait_until
from playwright.sync_api import Locator, expect

from .conftest import Scanned

pytestmark = pytest.mark.needs("chromium")

Use = Callable[[Locator], None]
DEVICES: dict[str, Use] = {"mouse": lambda button: button.click(), "keyboard": lambda button: button.press("Enter")}


@pytest.mark.parametrize("device", DEVICES)
def test_a_gap_is_filled_from_the_board_and_that_is_undone(tab: Tab, scanned: Scanned, device: str) -> None:
    page, use = tab.page, DEVICES[device]
    series = scanned.series_with_gaps()
    gaps = {book["id"]: book["title"] for book in scanned.open_gaps(series["id"])}
    tab.open("/series")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=series["name"], exact=True))
    use(row.get_by_role("button", name=f"Fill {len(gaps)} gap"))
    dialog = page.get_by_role("dialog", name=f"Fill the gaps of {series['name']}")
    assert dialog.get_by_role("listitem").count() == len(gaps)
    assert violations(tab) == []
    use(dialog.get_by_role("button", name=f"Search {len(gaps)} book"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Notifications")).to_contain_text(f"{len(gaps)} search")
    wanted = scanned.downloads_of(gaps)
    assert sorted(each["missing_book_id"] for each in wanted) == sorted(gaps)

    undo = page.get_by_label("Notifications").get_by_role("button", name="Undo")
    if device == "keyboard":
        # The button that had the focus is gone.
        expect(row).to_be_focused()
        page.keyboard.press("u")
    else:
        undo.click()
    wait_until(lambda: {each["status"] for each in scanned.downloads_of(gaps)} == {"cancelled"})
    wait_until(lambda: {book["id"] for book in scanned.open_gaps(series["id"])} == set(gaps))
    expect(row.get_by_role("button", name=f"Fill {len(gaps)} gap")).to_be_visible()


def test_one_gap_is_searched_from_its_cell_on_the_board(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    series = scanned.series_with_gaps()
    gap = scanned.open_gaps(series["id"])[0]
    tab.open("/series")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=series["name"], exact=True))
    row.get_by_role("button", name=gap["title"]).press("Enter")
    page.get_by_role("button", name="Search now").press("Enter")
    expect(page.get_by_label("Notifications")).to_contain_text(gap["title"])
    (wanted,) = scanned.downloads_of([gap["id"]])
    scanned.api.post(f"/api/downloads/{wanted['id']}/cancel").raise_for_status()
    wait_until(lambda: any(each["id"] == gap["id"] for each in scanned.open_gaps(series["id"])))


def test_a_series_has_a_page_with_its_works_its_books_and_how_it_is_followed(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    series = scanned.series_with_gaps()
    gap = scanned.open_gaps(series["id"])[0]["title"]
    tab.open("/series")
    page.get_by_role("link", name=series["name"], exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1, name=series["name"])).to_be_visible()
    expect(page.get_by_role("region", name="Works").get_by_role("link", name=gap, exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Books").get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_text("Nobody has changed the list.")).to_be_visible()
    expect(page.get_by_role("region", name="Narrators").get_by_role("listitem").first).to_be_visible()
    tab.settle()
    assert violations_in_every_form(tab) == []
    modes = page.get_by_role("group", name="Which works are wanted")
    modes.get_by_role("button", name="Not followed").press("Enter")
    dialog = page.get_by_role("dialog", name=f"Change {series['name']} to “Not followed”?")
    expect(dialog.get_by_role("listitem").filter(has_text=gap)).to_be_visible()
    dialog.get_by_role("button", name="Change").press("Enter")
    expect(modes.get_by_role("button", name="Not followed")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(modes.get_by_role("button", name="All works")).to_have_attribute("aria-pressed", "true")
    wait_until(lambda: any(each["title"] == gap for each in scanned.open_gaps(series["id"])))


def test_a_part_whose_service_is_away_says_so_and_comes_back_by_itself(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    tab.open("/library")
    scanned.processes.kill("downloader")
    try:
        page.keyboard.press("g")
        page.keyboard.press("a")
        expect(page.get_by_role("alert").first).to_contain_text("downloader")
        assert violations(tab) == []
        page.keyboard.press("g")
        page.keyboard.press("s")
        expect(page.get_by_role("grid", name="Series").get_by_role("button", name="Fill").first).to_be_visible()
        page.keyboard.press("g")
        page.keyboard.press("a")
        expect(page.get_by_role("alert").first).to_contain_text("downloader")
    finally:
        scanned.processes.restart("downloader")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="Activity")).to_be_visible()


def test_without_a_connection_the_page_stays_and_goes_on_when_it_is_back(tab: Tab) -> None:
    page = tab.page
    tab.open("/library")
    books = page.get_by_role("grid", name="Library").get_by_role("link")
    expect(books.first).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("No connection to Gapless.")).to_be_visible()
    expect(books.first).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_role("alert")).to_contain_text("Gapless does not answer")
    assert violations(tab) == []
    page.context.set_offline(False)
    expect(page.get_by_role("grid", name="Series")).to_be_visible()
    expect(page.get_by_text("No connection to Gapless.")).to_have_count(0)


def test_the_focus_and_the_title_follow_the_page(tab: Tab) -> None:
    page = tab.page
    tab.open("/library")
    assert page.title() == "Library – Gapless"
    link = page.get_by_role("navigation", name="Pages").get_by_role("link", name="Series")
    link.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Series")).to_be_visible()
    expect(page.locator("main")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Series")).to_be_attached()
    assert page.title() == "Series – Gapless"
    more = page.get_by_role("button", name="More")
    more.press("Enter")
    expect(page.get_by_role("dialog", name="More")).to_be_visible()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
