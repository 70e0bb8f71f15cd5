"""A person changes when a task runs, and looks at what a run would do."""

from uuid import uuid4

import pytest
from harness.browser import Tab, violations, wait_until
from playwright.sync_api import expect

from .conftest import Dashboard

pytestmark = pytest.mark.needs("chromium")


def test_a_schedule_is_changed_and_undone_and_a_dry_run_says_what_a_run_would_do(
    tab: Tab, dashboard: Dashboard
) -> None:
    def cron() -> str:
        return str(dashboard.api.get("/api/scheduler/tasks/cleanup").json()["cron"])

    page = tab.page
    tab.open("/schedule")
    page.get_by_role("link", name="Delete what is too old").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Delete what is too old")).to_be_visible()
    page.get_by_label("How often").select_option("A cron line")
    page.get_by_label("Cron line").fill("0 25 * * *")
    expect(page.get_by_text("is not a cron line")).to_be_visible()
    expect(page.get_by_role("button", name="Save the schedule")).to_be_disabled()
    page.get_by_label("How often").select_option("On days of the week")
    page.get_by_role("button", name="Tuesday").press("Enter")
    page.get_by_label("Time", exact=True).fill("04:30")
    expect(page.get_by_role("status").get_by_text("At 04:30, only on Sunday and Tuesday")).to_be_visible()
    expect(page.get_by_role("list", name="Next times").get_by_role("listitem")).to_have_count(5)
    assert violations(tab) == []
    page.get_by_role("button", name="Save the schedule").press("Enter")
    expect(page.get_by_text("has a new schedule")).to_be_visible()
    assert cron() == "30 4 * * 0,2"
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("is as it was before")).to_be_visible()
    assert cron() == ""
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_role("button", name="Completed Dry run", expanded=True)).to_be_visible()
    tab.settle()
    assert violations(tab) == []


def test_the_parameters_of_a_task_are_changed_and_undone(tab: Tab, dashboard: Dashboard) -> None:
    def parameters() -> object:
        return dashboard.api.get("/api/scheduler/tasks/library_scan").json()["parameters"]

    page = tab.page
    tab.open("/schedule/library_scan")
    field = page.get_by_label("Parameters of the scheduled runs")
    save = page.get_by_role("button", name="Save the parameters")
    field.fill("full: true")
    expect(page.get_by_text("This is no JSON object.")).to_be_visible()
    expect(save).to_be_disabled()
    field.fill('{"ful": true}')
    save.press("Enter")
    expect(page.get_by_text("has no parameter 'ful'").first).to_be_visible()
    assert parameters() == {}
    field.fill('{"full": true}')
    save.press("Enter")
    expect(page.get_by_text("has new parameters")).to_be_visible()
    assert parameters() == {"full": True}
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("is as it was before")).to_be_visible()
    assert parameters() == {}


def test_the_problem_of_a_run_is_shown_in_german(tab: Tab, dashboard: Dashboard) -> None:
    page, book = tab.page, str(uuid4())
    started = dashboard.api.post("/api/scheduler/tasks/metadata_book/run", json={"book_id": book})
    assert started.is_success, started.text
    address = f"/api/scheduler/runs/{started.json()['id']}"
    wait_until(lambda: bool(dashboard.api.get(address).json()["status"] == "failed"))
    assert dashboard.api.get(address).json()["problems"] == [f"book {book} is no longer in the library"]
    tab.open("/schedule")
    page.evaluate("() => localStorage.setItem('gapless.language', 'de')")
    tab.open("/schedule/metadata_book")
    page.get_by_role("button", name="Fehlgeschlagen").first.click()
    problems = page.get_by_role("list", name="Probleme")
    expect(problems).to_have_text(f"das Buch {book} ist nicht mehr in der Bibliothek")
