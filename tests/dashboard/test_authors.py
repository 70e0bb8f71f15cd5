"""A person adds an author, and changes which of their works are wanted."""

import pytest
from harness.browser import Tab, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.needs("chromium")


def test_an_author_is_added_by_search_and_followed_with_the_keyboard(tab: Tab) -> None:
    page = tab.page
    tab.open("/authors")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Add an author").press("Enter")
    dialog = page.get_by_role("dialog", name="Add an author")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Jules Verne")
    expect(dialog.get_by_role("heading", name="New: Jules Verne")).to_be_visible()
    dialog.get_by_role("button", name="Ask the providers").press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("author")
    assert violations(tab) == []
    dialog.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1, name="Jules Verne")).to_be_visible()
    tab.settle()
    assert violations(tab) == []

    modes = page.get_by_role("group", name="Which works are wanted")
    modes.get_by_role("button", name="Not followed").press("Enter")
    dialog = page.get_by_role("dialog", name="Change Jules Verne to “Not followed”?")
    expect(dialog).to_contain_text("No missing book is closed.")
    assert violations(tab) == []
    dialog.get_by_role("button", name="Change").press("Enter")
    expect(modes.get_by_role("button", name="Not followed")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Undo").click()
    expect(modes.get_by_role("button", name="All works Every")).to_have_attribute("aria-pressed", "true")

    page.get_by_role("button", name="Delete the author").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the author").click()
    expect(page.get_by_role("heading", level=1, name="Authors")).to_be_visible()
    expect(page.get_by_role("link", name="Jules Verne")).to_have_count(0)
