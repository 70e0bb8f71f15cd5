"""A person selects rows of a list and changes all of them at once."""

import pytest
from harness.browser import Tab, violations
from playwright.sync_api import expect

from .conftest import NARRATOR, Dashboard

pytestmark = pytest.mark.needs("chromium")


def test_all_books_that_match_are_locked_in_one_call(tab: Tab, dashboard: Dashboard) -> None:
    total = dashboard.api.get("/api/books", params={"narrator": NARRATOR, "limit": 1}).json()["total"]
    tab.open(f"/library?view=table&sort=title&narrator={NARRATOR}")
    boxes = tab.page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(3).click(modifiers=["Shift"])
    bar = tab.page.get_by_role("toolbar", name="Selected rows")
    expect(bar).to_contain_text("4 selected")
    assert violations(tab) == []
    bar.get_by_role("button", name=f"Select all {total} that match").click()
    expect(bar).to_contain_text(f"{total} selected")
    bar.get_by_role("button", name="Lock", exact=True).click()
    expect(tab.page.get_by_text(f"All fields of {total} books are locked.")).to_be_visible()
    expect(bar).to_have_count(0)
    locked = dashboard.api.get(f"/api/books/{dashboard.books[0]}/locks").json()["locked"]
    assert {"title", "series"} <= {each["field"] for each in locked}


def test_rows_are_selected_with_the_keyboard_and_unlocking_asks_first(tab: Tab, dashboard: Dashboard) -> None:
    book = dashboard.books[1]
    dashboard.api.put(f"/api/books/{book}/locks", json={"fields": ["title"]}).raise_for_status()
    tab.open(f"/library?view=table&sort=title&narrator={NARRATOR}")
    tab.page.locator("[data-index='1']").focus()
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("checkbox").nth(1)).to_be_focused()
    tab.page.keyboard.press("Space")
    bar = tab.page.get_by_role("toolbar", name="Selected rows")
    bar.get_by_role("button", name="Unlock").click()
    dialog = tab.page.get_by_role("dialog", name="Unlock 1 book?")
    assert violations(tab) == []
    dialog.get_by_role("button", name="Unlock").click()
    expect(tab.page.get_by_text("All fields of 1 book are unlocked.")).to_be_visible()
    tab.page.get_by_role("checkbox").nth(0).check()
    bar.get_by_role("button", name="Clear the selection").click()
    expect(bar).to_have_count(0)


@pytest.mark.parametrize(("view", "width"), [("", 1440), ("table", 360)])
def test_books_are_selected_among_covers_and_on_a_phone(tab: Tab, dashboard: Dashboard, view: str, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.open(f"/library?view={view}&sort=title&narrator={NARRATOR}")
    box = tab.page.get_by_role("checkbox", name="Book 003")
    box.check()
    bar = tab.page.get_by_role("toolbar", name="Selected rows")
    expect(bar).to_contain_text("1 selected")
    assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert violations(tab) == []
    box.press("Space")
    expect(bar).to_have_count(0)
