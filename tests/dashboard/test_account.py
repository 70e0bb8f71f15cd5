"""A person checks the account at the tracker, and pauses all requests."""

import pytest
from harness.browser import Tab, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.needs("chromium")


def test_a_person_checks_the_account_pauses_all_requests_and_undoes_it_with_the_keyboard(tab: Tab) -> None:
    tab.open("/account")
    tab.page.get_by_role("button", name="Check now").press("Enter")
    expect(tab.page.get_by_role("figure", name="Ratio")).to_be_visible()
    tab.page.get_by_role("button", name="Pause", exact=True).press("Enter")
    dialog = tab.page.get_by_role("dialog", name="Pause all requests to MyAnonamouse?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Pause all requests").press("Enter")
    expect(tab.page.get_by_role("button", name="Resume requests")).to_be_visible()
    assert violations(tab) == []
    tab.page.get_by_role("button", name="Undo").press("Enter")
    expect(tab.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
