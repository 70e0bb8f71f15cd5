"""A person subscribes to the calendar, and moves through its months."""

import httpx
import pytest
from harness.browser import Tab, violations
from playwright.sync_api import expect

from .conftest import Dashboard

pytestmark = pytest.mark.needs("chromium")


def test_a_person_creates_the_address_of_the_calendar_and_revokes_it(tab: Tab, dashboard: Dashboard) -> None:
    tab.open("/calendar?month=2027-02")
    expect(tab.page.get_by_role("table", name="February 2027")).to_be_visible()
    tab.page.get_by_role("button", name="Next month").press("Enter")
    expect(tab.page.get_by_role("table", name="March 2027")).to_be_visible()
    tab.page.get_by_role("button", name="Subscribe").press("Enter")
    dialog = tab.page.get_by_role("dialog", name="Subscribe")
    dialog.get_by_label("Where you use it").fill("Telephone")
    dialog.get_by_role("button", name="Create an address").press("Enter")
    address = dialog.get_by_label("Address of the calendar").input_value()
    assert address.startswith(dashboard.url)
    assert violations(tab) == []
    assert "BEGIN:VCALENDAR" in httpx.get(address, timeout=60).text
    dialog.get_by_role("button", name="Revoke the address of Telephone").press("Enter")
    dialog.get_by_role("button", name="Revoke it").press("Enter")
    expect(dialog.get_by_text("Telephone")).to_have_count(0)
    assert httpx.get(address, timeout=60).status_code == 401
