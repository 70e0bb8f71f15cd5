"""A person looks at the state of the installation, and decides who may use it."""

import zipfile

import httpx
import pytest
from harness.browser import Tab, violations, violations_in_every_form
from playwright.sync_api import expect

from .conftest import Dashboard

pytestmark = pytest.mark.needs("chromium")


def test_a_key_is_made_shown_once_and_revoked(tab: Tab, dashboard: Dashboard) -> None:
    page = tab.page
    tab.open("/system?tab=access")
    page.get_by_role("button", name="Make a key").press("Enter")
    dialog = page.get_by_role("dialog", name="Make a key")
    expect(dialog.get_by_label("What it is for")).to_be_focused()
    page.keyboard.type("a <b>program</b>")
    assert violations(tab) == []
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="The key “a <b>program</b>”")
    key = dialog.locator("code").inner_text()
    read = httpx.get(f"{dashboard.url}/api/books?limit=1", headers={"X-Api-Key": key}, timeout=60)
    written = httpx.post(f"{dashboard.url}/api/books", headers={"X-Api-Key": key}, json={}, timeout=60)
    assert (read.status_code, written.status_code) == (200, 403)
    dialog.get_by_role("button", name="Done").press("Enter")
    expect(page.get_by_text(key)).to_have_count(0)

    page.get_by_role("button", name="Revoke the key “a <b>program</b>”").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Revoke").press("Enter")
    expect(page.get_by_role("button", name="Revoke the key “a <b>program</b>”")).to_have_count(0)
    assert httpx.get(f"{dashboard.url}/api/books?limit=1", headers={"X-Api-Key": key}, timeout=60).status_code == 403


def test_everything_is_checked_again_and_each_finding_says_since_when(tab: Tab) -> None:
    page = tab.page
    tab.page.route(
        "**/api/system/doctor",
        lambda route: route.fulfill(
            json={
                "healthy": False,
                "checked_at": "2026-03-01T12:00:00Z",
                "findings": [
                    {"area": "disk", "subject": "library", "severity": "ok", "words": "9 GiB free", "to_do": ""},
                    {
                        "area": "services",
                        "subject": "downloader",
                        "severity": "fault",
                        "words": "does not answer <script>",
                        "to_do": "read its log",
                        "since": "2026-02-27T12:00:00Z",
                    },
                ],
            }
        ),
    )
    tab.open("/system")
    finding = page.get_by_role("listitem").filter(has_text="does not answer <script>")
    expect(finding).to_contain_text("read its log")
    expect(finding.locator("time")).to_have_attribute("datetime", "2026-02-27T12:00:00Z")
    assert violations(tab) == []
    tab.page.unroute("**/api/system/doctor")
    page.get_by_role("button", name="Check everything now").press("Enter")
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("Everything was checked.")
    expect(finding).to_have_count(0)


def test_each_source_of_metadata_says_what_is_left_and_what_waits(tab: Tab) -> None:
    listed = {
        "name": "hardcover",
        "enabled": True,
        "weight": 0.9,
        "health": "throttled",
        "detail": "too often",
        "blocked_until": "2030-01-01T00:00:00Z",
        "quota": [
            {"span": "minute", "limit": 60, "left": 0, "renewed_at": "2030-01-01T00:00:00Z"},
            {"span": "day", "limit": 5000, "left": 4900, "renewed_at": None},
        ],
        "waiting_books": 12,
        "full_refresh": {"books": 50_000, "requests": 50_000, "days": 10.0},
    }
    unused = {"name": "google", "enabled": False, "weight": 1.0, "health": "unknown"}
    tab.page.route("**/api/metadata/providers", lambda route: route.fulfill(json=[listed, unused]))
    tab.open("/system?tab=integrations")
    row = tab.page.get_by_role("row").filter(has=tab.page.get_by_role("rowheader", name="Hardcover"))
    for words in ("Limits us", "0 of 60 in a minute (renewed", "4,900 of 5,000 in a day", "12", "10.00 days"):
        expect(row).to_contain_text(words)
    expect(tab.page.get_by_role("rowheader", name="Google")).to_have_count(0)
    assert violations_in_every_form(tab) == []


def test_a_backup_is_downloaded(tab: Tab) -> None:
    tab.open("/system?tab=backup")
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("link", name="Download", exact=True).press("Enter")
    names = zipfile.ZipFile(waiting.value.path()).namelist()
    assert names[-1] == "manifest.json"
    assert len(names) > 40


def test_the_level_of_a_service_is_changed_for_an_hour_and_reset(tab: Tab, dashboard: Dashboard) -> None:
    def level() -> tuple[str, bool, bool]:
        listed = dashboard.api.get("/api/logs/levels").json()["items"]
        of = next(each for each in listed if each["service"] == "scheduler")
        return of["level"], of["chosen"], of["until"] is not None

    page, before = tab.page, level()
    tab.open("/system?tab=logs")
    control = page.get_by_role("group").filter(has_text="What is logged")
    control.get_by_text("What is logged").click()
    control.get_by_role("combobox", name="Service").select_option("scheduler")
    control.get_by_role("combobox", name="Show").select_option("Everything")
    control.get_by_role("combobox", name="For").select_option("1 hour")
    control.get_by_role("button", name="Set the level").press("Enter")
    expect(page.get_by_text("1 service logs at this level now.")).to_be_visible()
    row = control.get_by_role("listitem").filter(has_text="scheduler")
    expect(row).to_contain_text("Everything")
    assert level() == ("debug", True, True)
    assert violations(tab) == []
    row.get_by_role("button", name="Back to Information: scheduler").press("Enter")
    expect(row.get_by_role("button")).to_have_count(0)
    assert level() == before == (before[0], False, False)
