"""A person starts with nothing configured, and has the first imported book without leaving the browser."""

from collections.abc import Iterator

import pytest
from harness.browser import PASSWORD, SIZE, Tab, chromium, tab_in, violations
from playwright.sync_api import expect

from .conftest import Unconfigured

pytestmark = pytest.mark.needs("chromium")

STEPS = {
    "Audiobookshelf": {"Address of Audiobookshelf": "ABS_URL", "API key of Audiobookshelf": "ABS_TOKEN"},
    "Folders": {"Folder of the downloads": "DOWNLOAD_PATH", "Folder of the library": "LIBRARY_PATH"},
    "Download client": {
        "Address of qBittorrent": "QBITTORRENT_URL",
        "User name": "QBITTORRENT_USERNAME",
        "Password": "QBITTORRENT_PASSWORD",
    },
    "MyAnonamouse": {"Session of MyAnonamouse (mam_id)": "MAM_SESSION"},
    "Prowlarr": {},
    "Metadata": {"Token of Hardcover": "HARDCOVER_TOKEN"},
}
"""What a person enters in each step, as the label of each field and the name of its setting. Prowlarr is skipped."""


@pytest.fixture
def newcomer(unconfigured: Unconfigured) -> Iterator[Tab]:
    """A tab of a person who never signed in."""
    with chromium() as browser:
        made = tab_in(browser.new_context(viewport=SIZE, locale="en-GB", reduced_motion="reduce"), unconfigured.url)
        yield made
    assert made.complaints == []


def test_a_person_sets_everything_up_and_gets_the_first_book(newcomer: Tab, unconfigured: Unconfigured) -> None:
    """The steps are done with the keyboard, and once more with the mouse. The gaps are found with the mouse."""
    page = newcomer.page
    page.goto(unconfigured.url)
    expect(page.get_by_label("Password, at least 10 characters")).to_be_focused()
    page.keyboard.type("short")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("at least 10 characters")
    page.get_by_label("Password, at least 10 characters").fill(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Audiobookshelf")).to_be_visible()
    assert violations(newcomer) == []
    refuse_a_wrong_key(newcomer)
    for step, fields in STEPS.items():
        entered = {label: unconfigured.values[name] for label, name in fields.items()}
        take_with_the_keyboard(newcomer, step, entered)
    expect(page.get_by_text("The library is scanned. Found: 20 books")).to_be_visible()
    assert violations(newcomer) == []
    repeat_with_the_mouse(newcomer)
    page.get_by_role("link", name="Go to the start page").click()
    expect(page.get_by_role("heading", level=1, name="Home")).to_be_visible()
    get_a_book(newcomer, unconfigured)


def refuse_a_wrong_key(tab: Tab) -> None:
    """Enter a wrong key. The step says that it is refused, and lets a person save it anyway."""
    page = tab.page
    key = page.get_by_label("API key of Audiobookshelf", exact=True)
    key.fill("a wrong key")
    key.press("Enter")
    expect(page.get_by_role("img", name="Failed").first).to_be_visible()
    expect(page.get_by_role("button", name="Save anyway and continue")).to_be_visible()
    assert violations(tab) == []


def take_with_the_keyboard(tab: Tab, step: str, entered: dict[str, str]) -> None:
    """Enter the values by their labels, test them, and continue; or skip the step if there are none."""
    page = tab.page
    expect(page.get_by_role("heading", level=2, name=step)).to_be_visible()
    for label, value in entered.items():
        page.get_by_label(label, exact=True).focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(value)
    if entered:
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Skip").press("Enter")
    expect(page.get_by_role("heading", level=2, name=step)).to_have_count(0)


def repeat_with_the_mouse(tab: Tab) -> None:
    """Go back to the first step, and test every step again without entering anything."""
    page = tab.page
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Audiobookshelf").click()
    for step, entered in STEPS.items():
        expect(page.get_by_role("heading", level=2, name=step)).to_be_visible()
        page.get_by_role("button", name="Test and continue" if entered else "Skip").click()
    expect(page.get_by_role("heading", level=2, name="First scan")).to_be_visible()


def get_a_book(tab: Tab, unconfigured: Unconfigured) -> None:
    """Find the gaps from the page of the schedule, search them, and look at the imported book."""
    page = tab.page
    tab.open("/schedule")
    page.get_by_role("button", name="Run “Find gaps of series” now").click()
    expect(page.get_by_text("“Find gaps of series” started.")).to_be_visible()
    unconfigured.run_until(["wanted_search", "download_monitor", "library_scan"], unconfigured.has_imported)
    tab.open("/activity?status=imported")
    expect(page.get_by_role("grid").get_by_text("Imported").first).to_be_visible()
