"""A person adds an import list with a file, and looks at what became of its books."""

import pytest
from harness.browser import Tab, violations
from playwright.sync_api import expect

from .conftest import HOSTILE

pytestmark = pytest.mark.needs("chromium")

BOOKS = f"Ozma of Oz - L. Frank Baum\n{HOSTILE} - Nobody\n"


def test_a_person_imports_a_file_and_sees_each_of_its_books(tab: Tab) -> None:
    tab.open("/discover?tab=lists")
    tab.page.get_by_role("button", name="Add a list").click()
    dialog = tab.page.get_by_role("dialog", name="Add a list")
    dialog.get_by_role("combobox", name="Kind").select_option(label="Plain list")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("To listen")
    dialog.get_by_label("File", exact=True).set_input_files(
        {"name": "books.txt", "mimeType": "text/plain", "buffer": BOOKS.encode()}
    )
    assert violations(tab) == []
    dialog.get_by_role("button", name="Add and import").click()
    expect(dialog).to_have_count(0)
    tab.page.get_by_role("link", name="To listen").click()
    row = tab.page.get_by_role("row").filter(has_text="Ozma of Oz")
    expect(row).to_be_visible()
    expect(tab.page.get_by_text("onerror=").first).to_be_attached()
    assert tab.page.locator("main img[src=x], main script").count() == 0
    row.press("Enter")
    expect(tab.page.get_by_role("dialog", name="Ozma of Oz")).to_be_visible()
    assert violations(tab) == []
    tab.page.keyboard.press("Escape")
    tab.page.go_back()
    tab.page.get_by_role("button", name="Delete To listen").click()
    tab.page.get_by_role("button", name="Delete the list").click()
    expect(tab.page.get_by_text("No import lists")).to_be_visible()
