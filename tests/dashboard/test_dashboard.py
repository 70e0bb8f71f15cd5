"""A person signs in with a browser and walks through the dashboard, with the mouse and with the keyboard."""

import re

import pytest
from harness.browser import PASSWORD, Tab, tab_in, violations, violations_in_every_form
from playwright.sync_api import Browser, expect

from .conftest import BOOKS_BY_HAND, HOSTILE, NARRATOR, Dashboard, Scanned

pytestmark = pytest.mark.needs("chromium")

PAGES = [
    *("/", "/library", "/library?view=table", "/series", "/wanted", "/activity", "/authors"),
    *("/account", "/account?tab=seeding&list=client"),
    *("/discover", "/discover?tab=lists", "/discover?tab=guides", "/calendar", "/statistics"),
    *("/schedule", "/schedule/library_scan"),
    *(
        "/system",
        "/system?tab=integrations",
        "/system?tab=notifications",
        "/system?tab=access",
        "/system?tab=logs",
        "/system?tab=backup",
    ),
    *(
        "/settings",
        "/settings?q=audible",
        "/settings/quality-profiles",
        "/settings/quality-profiles/new",
        "/setup/client",
    ),
    *("/metadata", "/metadata/corrections", "/metadata/findings"),
]


PICTURES = {"/": "home", "/library": "library", "/series": "series", "/wanted": "wanted", "/schedule": "schedule"}
"""The pages of the screenshots in the documentation."""


def test_every_page_is_accessible(tab: Tab, scanned: Scanned) -> None:
    """With SCREENSHOTS=folder, it also writes what it sees: `make screenshots`."""
    book = scanned.api.get("/api/books", params={"limit": 1}).json()["items"][0]["id"]
    scanned.run("account_care")
    found = {}
    tab.open("/")
    for path in [*PAGES, f"/library/{book}"]:
        tab.visit(path)
        if wrong := violations_in_every_form(tab):
            found[path] = wrong
        if path in PICTURES:
            tab.pictures(PICTURES[path])
    assert found == {}


ADD_FAULTS = """() => {
    const grey = Object.assign(document.createElement('p'), { id: 'only-dark', textContent: 'grey' })
    grey.style.color = '#555'
    document.querySelector('main').append(grey, Object.assign(new Image(), { id: 'nameless' }))
}"""


def test_a_fault_is_found_and_named_in_every_theme_and_width_that_has_it(tab: Tab) -> None:
    tab.open("/calendar")
    tab.page.evaluate(ADD_FAULTS)
    faults = {"image-alt": "nameless", "color-contrast": "only-dark"}
    found = violations_in_every_form(tab)
    assert {
        (each.split(": ")[0], rule) for each in found for rule, name in faults.items() if rule in each and name in each
    } == {
        ("light, 360 px", "image-alt"),
        ("light, 1440 px", "image-alt"),
        ("dark, 360 px", "color-contrast"),
        ("dark, 1440 px", "color-contrast"),
    }


def test_the_page_to_sign_in_is_accessible_and_says_why_it_refuses(browser: Browser, dashboard: Dashboard) -> None:
    context = browser.new_context(locale="de-DE", color_scheme="dark")
    tab = tab_in(context, dashboard.url)
    tab.page.goto(f"{dashboard.url}/series")
    tab.page.get_by_label("Passwort", exact=True).fill("another password")
    tab.page.get_by_role("button", name="Anmelden").click()
    expect(tab.page.get_by_role("alert")).to_contain_text("Falsches Passwort: Großschreibung")
    assert violations(tab) == []
    tab.page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    tab.page.get_by_role("button", name="Anmelden").click()
    expect(tab.page.get_by_role("heading", name="Reihen")).to_be_visible()
    context.close()


def test_a_person_who_comes_back_finds_the_same_row(tab: Tab, dashboard: Dashboard) -> None:
    last = dashboard.api.get("/api/books", params={"narrator": NARRATOR, "limit": 1}).json()["total"] - 1
    tab.open(f"/library?view=table&sort=title&narrator={NARRATOR}")
    tab.page.locator("[data-index='0']").focus()
    tab.page.keyboard.press("End")
    expect(tab.page.locator(f"[data-index='{last}']")).to_be_focused()
    for _ in range(20):
        tab.page.keyboard.press("ArrowUp")
    row = tab.page.locator(f"[data-index='{last - 20}']")
    expect(row).to_be_focused()
    title = row.get_by_role("link").inner_text()
    before = tab.page.evaluate("() => document.querySelector('[data-scroller]').scrollTop")
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("heading", level=1, name=title)).to_be_visible()
    tab.page.go_back()
    expect(row).to_be_focused()
    expect(row).to_contain_text(title)
    after = tab.page.evaluate("() => document.querySelector('[data-scroller]').scrollTop")
    assert abs(after - before) < 56


def test_a_letter_jumps_to_its_first_book(tab: Tab, dashboard: Dashboard) -> None:
    dashboard.add_book("Our Cat of Oz")
    tab.open(f"/library?view=table&sort=-title&narrator={NARRATOR}")
    letters = tab.page.get_by_role("toolbar", name="First letters")
    letters.get_by_role("button", name=f"B, {BOOKS_BY_HAND} entries").click()
    expect(tab.page.locator("[data-index]").filter(has_text=f"Book {BOOKS_BY_HAND:03}")).to_be_visible()
    tab.visit(f"/library?sort=title&narrator={NARRATOR}")
    letters.get_by_role("button", name="O, 1 entry").click()
    expect(tab.page.get_by_role("link", name="Our Cat of Oz")).to_be_in_viewport()
    assert violations(tab) == []


def test_a_list_that_is_wider_than_the_window_moves_to_the_side(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 800, "height": 900})
    tab.open("/wanted")
    row = tab.page.locator("[data-index='0']")
    for edge, name in ((2000, "Ignore"), (-2000, "Select")):
        row.hover(position={"x": 100, "y": 20})
        tab.page.mouse.wheel(edge, 0)
        expect(row.locator(f"[aria-label^='{name}']")).to_be_in_viewport(ratio=1)
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    expect(row.locator("[aria-label^='Select']")).to_be_in_viewport(ratio=1)
    expect(row.locator("[aria-label^='Ignore']")).to_be_in_viewport(ratio=1)


def test_every_page_and_every_book_is_reached_with_the_keyboard(tab: Tab) -> None:
    tab.open("/library")
    for key, heading in (("s", "Series"), ("w", "Wanted"), ("a", "Activity"), ("l", "Library")):
        tab.page.keyboard.press("g")
        tab.page.keyboard.press(key)
        expect(tab.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    tab.page.keyboard.press("?")
    expect(tab.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    tab.page.keyboard.press("Control+k")
    expect(tab.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    tab.page.keyboard.type("Book 023")
    expect(tab.page.get_by_role("option", name="Book 023")).to_be_visible()
    assert violations(tab) == []
    tab.page.get_by_role("option", name="Book 023").click()
    expect(tab.page.get_by_role("heading", level=1, name="Book 023")).to_be_visible()


def test_a_hostile_title_is_shown_as_text(tab: Tab, dashboard: Dashboard) -> None:
    book = dashboard.add_book(HOSTILE, description=f"<script>document.title=3</script><b>bold</b>{HOSTILE}")
    tab.open("/")
    for path in ("/library", "/library?view=table", "/series", f"/library/{book}"):
        tab.visit(path)
        expect(tab.page.get_by_text("onerror=").first).to_be_attached()
        assert tab.page.locator("main img[src=x], main script, main b").count() == 0
        assert "Gapless" in tab.page.title()
        assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_refused_call_says_what_happened_why_and_what_to_do(tab: Tab) -> None:
    problem = {"code": "away", "title": "Unavailable", "status": 503, "detail": "library-scanner does not answer"}
    tab.page.route("**/api/series?*", lambda route: route.fulfill(status=422, json={**problem, "status": 422}))
    tab.page.goto(f"{tab.url}/series")
    alert = tab.page.get_by_role("alert").filter(has_text="Unavailable")
    expect(alert).to_contain_text("library-scanner does not answer")
    assert violations(tab) == []
    tab.page.unroute("**/api/series?*")
    alert.get_by_role("button", name="Try again").click()
    expect(tab.page.get_by_role("grid", name="Series")).to_be_visible()


def test_a_link_to_a_page_works_and_an_unknown_one_says_so(tab: Tab) -> None:
    tab.open("/library?narrator=Nobody")
    expect(tab.page.get_by_text("Nothing matches these filters.")).to_be_visible()
    tab.page.goto(f"{tab.url}/no/such/page")
    expect(tab.page.get_by_text("There is no such page")).to_be_visible()


def test_the_appearance_and_the_language_are_chosen_and_stay(tab: Tab) -> None:
    tab.open("/library")
    tab.page.get_by_role("button", name="More").click()
    tab.page.get_by_role("radio", name="Dark").check()
    tab.page.get_by_role("radio", name="Deutsch").click()
    expect(tab.page.get_by_role("dialog", name="Mehr")).to_be_visible()
    tab.page.keyboard.press("Escape")
    tab.page.reload()
    expect(tab.page.get_by_role("heading", name="Bibliothek")).to_be_visible()
    assert tab.page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert tab.page.evaluate("() => document.documentElement.lang") == "de"


def test_what_services_name_by_a_key_is_german_on_german_pages(tab: Tab) -> None:
    tab.open("/settings/gaps")
    tab.page.evaluate("() => localStorage.setItem('gapless.language', 'de')")
    tab.page.reload()
    languages = tab.page.get_by_label("Gewünschte Sprachen")
    expect(languages).to_have_accessible_description(re.compile("^Sprachen, in denen fehlende Bücher gewünscht sind"))
    tab.page.get_by_role("searchbox", name="Einstellung finden").fill("Titelbilder gemessen")
    expect(tab.page.get_by_label("Geprüfte Titelbilder am Tag")).to_be_visible()
    tab.open("/schedule/library_scan")
    expect(tab.page.get_by_text("Liest Änderungen aus Audiobookshelf ein.")).to_be_visible()
    tab.open("/system")
    tab.page.get_by_role("button", name=re.compile("^In Ordnung")).click()
    expect(tab.page.get_by_role("listitem").filter(has_text="Datenbankschemas").first).to_be_visible()
    tab.page.goto(f"{tab.url}/schedule/no_such_task")
    expect(tab.page.get_by_role("alert")).to_contain_text("Diese Aufgabe gibt es nicht")


def test_sentences_of_services_with_figures_are_german_on_german_pages(tab: Tab) -> None:
    tab.open("/account")
    tab.page.evaluate("() => localStorage.setItem('gapless.language', 'de')")
    tab.page.reload()
    tab.page.get_by_role("button", name="Jetzt prüfen").click()
    expect(tab.page.get_by_text(re.compile(r"^\d+ von höchstens \d+ belegt, noch \d+ frei$"))).to_be_visible()
    tab.open("/settings/folders")
    tab.page.get_by_role("button", name="Testen").click()
    expect(tab.page.get_by_role("listitem").filter(has_text="Hardlinks.")).to_be_visible()
    tab.open("/settings/language_model")
    tab.page.get_by_role("button", name="Testen").click()
    expect(tab.page.get_by_text("LANGUAGE_MODEL_API ist leer: Es wird kein Modell benutzt.")).to_be_visible()
    tab.open("/settings/gaps")
    tab.page.get_by_label("Gewünschte Sprachen").fill("Klingonisch")
    tab.page.get_by_role("button", name="Speichern").click()
    expect(tab.page.get_by_text("Unbekannte Sprache: Klingonisch.")).to_be_visible()
