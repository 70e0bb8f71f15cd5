"""A person decides in the browser: which release is taken, which changes are made, and what is undone."""

import re

import pytest
from harness.browser import Tab, violations, violations_in_every_form, wait_until
from playwright.sync_api import Locator, expect

from .conftest import Scanned

pytestmark = pytest.mark.needs("chromium")

WANTED = "Dorothy and the Wizard in Oz"
CORRECTIONS = "/api/metadata/corrections"


def release(tab: Tab, words: str) -> Locator:
    """The row of the release of the wanted book that contains these words."""
    return tab.page.locator("tr[data-state]").filter(has_text=words)


def test_a_wrong_release_is_blocked_and_another_is_taken_until_it_is_imported(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    missing = scanned.missing(WANTED)
    tab.open(f"/wanted/{missing}")
    page.get_by_role("button", name="Interactive search").click()
    tab.settle()
    wrong, other = release(tab, "m4b"), release(tab, "mp3")
    expect(wrong).to_contain_text("Accepted")
    wrong.get_by_role("button", name=f"Block “{WANTED}” without grabbing it").click()
    expect(wrong).to_contain_text("Rejected")
    page.get_by_role("button", name="Undo").click()
    expect(wrong).to_contain_text("Accepted")
    wrong.get_by_role("button", name="Block").focus()
    page.keyboard.press("Enter")
    expect(wrong).to_contain_text("Rejected")
    assert [each["release_id"] for each in scanned.api.get("/api/blocklist").json()["items"]] == ["900001"]

    page.get_by_role("button", name="blocklist 1").click()
    expect(page.get_by_text(re.compile(r"^1 of \d+ shown$"))).to_be_visible()
    expect(other).to_have_count(0)
    page.get_by_role("button", name="blocklist 1").click()
    wrong.get_by_role("button", name=WANTED, exact=True).click()
    expect(page.get_by_role("row", name="blocklist Against it")).to_be_visible()
    assert violations_in_every_form(tab) == []

    other.get_by_role("button", name=f"Grab “{WANTED}”").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Grab this release?")
    expect(dialog).to_contain_text("1 slot")
    assert violations(tab) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=WANTED, exact=True)).to_be_visible()
    download = scanned.api.get(f"/api/downloads/{page.url.rsplit('/', 1)[1]}").json()
    assert (download["release_id"], download["missing_book_id"]) == ("900002", missing)

    def imported() -> bool:
        return bool(scanned.api.get(f"/api/downloads/{download['id']}").json()["status"] == "imported")

    scanned.run_until("download_monitor", imported)
    expect(page.get_by_text("Imported", exact=True)).to_be_visible()
    tab.open(f"/activity/{download['id']}/releases")
    expect(release(tab, "mp3")).to_contain_text("Grabbed")

    page.evaluate("() => localStorage.setItem('gapless.language', 'de')")
    page.reload()
    release(tab, "mp3").get_by_role("button", name=WANTED, exact=True).click()
    expect(page.get_by_role("row", name=re.compile(r"^Seeder Passt \d+ Seeder mindestens 1$"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^passt zum Buch Treffer Titel „"))).to_be_visible()
    tab.open(f"/activity/{download['id']}")
    history = page.get_by_role("region", name="Was geschah mit diesem Download?")
    expect(history).to_contain_text("alle Dateien sind geladen")
    for entry in scanned.api.get(f"/api/downloads/{download['id']}/timeline").json()["entries"]:
        if entry["service"] == "downloader":
            expect(history).not_to_contain_text(entry["words"])


def test_other_releases_of_an_owned_book_are_searched_from_its_page(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    books = scanned.api.get("/api/books/search", params={"query": "The Time Machine"}).json()["items"]
    tab.open(f"/library/{books[0]['id']}")
    page.get_by_role("button", name="Interactive search").press("Enter")
    expect(page.get_by_text("The library has this book.")).to_be_visible()
    tab.settle()
    assert violations(tab) == []
    page.get_by_role("button", name="Back").press("Enter")
    expect(page.get_by_role("heading", level=1, name="The Time Machine")).to_be_visible()


def test_the_reason_why_a_book_is_missing_is_a_page_to_share(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.open(f"/wanted/{scanned.missing('Glinda of Oz')}/why")
    expect(page.get_by_role("heading", level=1, name="Why is “Glinda of Oz” not here?")).to_be_visible()
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_text("copied as text")).to_be_visible()
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert text.startswith("Glinda of Oz: What happened")
    assert "is missing from the library" in text
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_text("is missing from the library").first).to_be_visible()
    page.emulate_media(media="screen")
    assert violations_in_every_form(tab) == []


def test_some_proposals_are_accepted_and_undone_one_by_one_and_by_day(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    tab.open("/metadata?kind=title_cleaned&sort=book_title")
    grid = page.get_by_role("grid", name="Proposals")
    boxes = grid.get_by_role("checkbox")
    expect(boxes.first).to_be_visible()
    total = boxes.count()
    boxes.nth(0).check()
    page.keyboard.press("ArrowDown")
    boxes.nth(1).check()
    expect(page.get_by_text("2 selected")).to_be_visible()
    assert violations_in_every_form(tab) == []
    page.get_by_role("button", name="Accept 2").click()
    expect(page.get_by_text("2 proposals are accepted")).to_be_visible()
    expect(boxes).to_have_count(total - 2)

    tab.open("/metadata/corrections?source=TEXTS")
    written = page.get_by_role("grid", name="Corrections").get_by_text("Written", exact=True)
    expect(written).to_have_count(2)
    # Other tests, which may run before, leave corrections that are undone. They must not count here.
    ids = [each["id"] for each in scanned.api.get(CORRECTIONS, params={"status": "applied"}).json()["items"]]

    def undone() -> int:
        """How many of the two corrections are undone."""
        listed = scanned.api.get(CORRECTIONS, params={"source": "TEXTS", "limit": 200}).json()["items"]
        return sum(each["id"] in ids and each["status"] == "undone" for each in listed)

    page.locator("[data-index='0']").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="All of this day").click()
    expect(page.get_by_role("button", name="Undo all 2 that match…")).to_be_visible()
    assert violations_in_every_form(tab) == []
    page.get_by_role("button", name="Undo Title of").first.click()
    page.get_by_role("button", name="Undo 1", exact=True).click()
    expect(written).to_have_count(1)
    wait_until(lambda: undone() == 1)
    page.get_by_role("button", name="Undo the 1 that matches…").click()
    page.get_by_role("button", name="Undo 1", exact=True).click()
    expect(written).to_have_count(0)
    wait_until(lambda: undone() == 2)


def test_a_preview_of_a_refresh_is_accepted_in_part_and_that_is_undone(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    tab.open("/metadata")
    before = scanned.api.get(CORRECTIONS).json()["total"]
    page.get_by_role("button", name="Preview a refresh").click()
    page.get_by_role("button", name="Start the preview").click()
    dialog = page.get_by_role("dialog", name="Preview a refresh")
    expect(dialog.get_by_role("button", name="Refresh now")).to_be_visible()
    expect(dialog).to_contain_text("fields would be changed.")
    assert violations(tab) == []
    assert scanned.api.get(CORRECTIONS).json()["total"] == before

    previews = scanned.api.get("/api/scheduler/tasks/metadata_full_refresh/history", params={"limit": 1}).json()[
        "items"
    ]
    preview = scanned.api.get(f"/api/scheduler/runs/{previews[0]['id']}").json()
    actions = preview["details"]["plan"]["actions"]
    books = list(dict.fromkeys(each["book_id"] for each in actions))
    chosen = next(each["book_id"] for each in actions if each["kind"] == "change_field")
    boxes = dialog.get_by_role("checkbox")
    for number, book in enumerate(books):
        if book != chosen:
            boxes.nth(number).uncheck()
    dialog.get_by_role("button", name="Refresh 1 book").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Corrections")).to_be_visible()
    run = page.url.rpartition("run=")[2]
    wait_until(lambda: bool(scanned.api.get(f"/api/scheduler/runs/{run}").json()["status"] == "completed"))

    def corrections() -> list[dict[str, str]]:
        return list(scanned.api.get(CORRECTIONS, params={"run_id": run}).json()["items"])

    wait_until(lambda: {each["status"] for each in corrections()} == {"applied"})
    made = corrections()
    assert {each["book_id"] for each in made} == {chosen}
    page.get_by_role("button", name=f"Undo {'all' if len(made) > 1 else 'the'} {len(made)} that match").press("Enter")
    page.get_by_role("button", name=f"Undo {len(made)}", exact=True).press("Enter")
    wait_until(lambda: {each["status"] for each in corrections()} == {"undone"})

    page.evaluate("() => localStorage.setItem('gapless.language', 'de')")
    tab.open(f"/library/{chosen}")
    history = page.get_by_role("region", name="Woher kommt es?")
    expect(history).to_contain_text("das Feld wird nie wieder von selbst geändert")
    expect(history).to_contain_text("Sicherheit: sicher")
    for entry in scanned.api.get(f"/api/books/{chosen}/timeline").json()["entries"]:
        if entry["service"] == "metadata":
            expect(history).not_to_contain_text(entry["words"])


def test_a_declined_proposal_is_opened_again_at_once_or_later(tab: Tab, scanned: Scanned) -> None:
    def declined() -> int:
        return int(scanned.api.get("/api/metadata/proposals", params={"status": "declined"}).json()["total"])

    page = tab.page
    tab.open("/metadata?sort=book_title")
    button = page.get_by_role("grid", name="Proposals").get_by_role("button", name="Decline").first
    named = str(button.get_attribute("aria-label"))
    decline = page.get_by_role("button", name=named, exact=True)
    shown = decline.count()
    decline.first.click()
    page.get_by_role("dialog", name="Decline this proposal?").get_by_role("button", name="Decline 1").click()
    expect(page.get_by_text("1 proposal is declined.")).to_be_visible()
    expect(decline).to_have_count(shown - 1)
    assert declined() == 1
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("1 proposal is open again.")).to_be_visible()
    expect(decline).to_have_count(shown)
    assert declined() == 0

    decline.first.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Decline 1").press("Enter")
    expect(decline).to_have_count(shown - 1)
    tab.open("/metadata?status=declined")
    assert violations(tab) == []
    undo = page.get_by_role("button", name=f"Undo {named.replace('Decline', 'declining')}", exact=True)
    undo.press("Enter")
    expect(page.get_by_text("1 proposal is open again.")).to_be_visible()
    expect(undo).to_have_count(0)
    assert declined() == 0


def test_another_quality_profile_becomes_the_default_and_that_is_undone(tab: Tab, scanned: Scanned) -> None:
    def default() -> str:
        listed = scanned.api.get("/api/quality-profiles").json()
        return next(str(each["name"]) for each in listed if each["is_default"])

    made = scanned.api.post("/api/quality-profiles", json={"name": "Only m4b", "formats": ["m4b"]})
    assert made.status_code == 201, made.text
    page, before = tab.page, default()
    tab.open("/settings/quality-profiles")
    rows = page.get_by_role("main").get_by_role("listitem")
    row, former = (rows.filter(has=page.get_by_role("link", name=name, exact=True)) for name in ("Only m4b", before))
    star = page.get_by_role("button", name="Make “Only m4b” the default")
    star.press("Enter")
    expect(page.get_by_text("“Only m4b” is the default.")).to_be_visible()
    expect(row).to_contain_text("everything without another profile")
    expect(star).to_have_count(0)
    expect(former.get_by_role("button", name=f"Make “{before}” the default")).to_be_visible()
    assert default() == "Only m4b"
    assert violations(tab) == []
    page.get_by_role("button", name="Undo", exact=True).press("Enter")
    expect(star).to_be_visible()
    assert default() == before
    page.get_by_role("button", name="Delete “Only m4b”").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).press("Enter")
    expect(row).to_have_count(0)


def test_a_finding_is_ignored_and_opened_again(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    tab.open("/metadata/findings?kind=no_cover")
    ignore = page.get_by_role("grid", name="Findings").get_by_role("button", name="Ignore:")
    expect(ignore.first).to_be_visible()
    total = scanned.api.get("/api/findings", params={"kind": "no_cover"}).json()["total"]
    ignore.first.click()
    expect(page.get_by_text("1 finding is ignored.")).to_be_visible()
    expect(page.get_by_role("button", name=f"No cover {total - 1}")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=f"No cover {total}")).to_be_visible()
    assert violations_in_every_form(tab) == []

    page.get_by_role("button", name="Over time").click()
    dialog = page.get_by_role("dialog", name="Over time")
    expect(dialog.get_by_role("img", name="Open findings")).to_be_visible()
    expect(dialog.get_by_role("definition").filter(has_text=re.compile(f"^{total}$"))).to_be_visible()
    assert violations(tab) == []


def test_genres_are_mapped_and_the_map_is_changed(tab: Tab, scanned: Scanned) -> None:
    page = tab.page

    def stored() -> object:
        return scanned.api.get("/api/metadata/genre-map").json()["genres"]

    tab.open("/metadata")
    page.get_by_role("button", name="Map genres").press("Enter")
    dialog = page.get_by_role("dialog", name="Genres and tags")
    dialog.get_by_role("button", name="Add").press("Enter")
    dialog.get_by_label("Genre or tag").fill("Steampunk")
    dialog.get_by_label("What “Steampunk” becomes").fill("Science Fiction, Fantasy")
    assert violations_in_every_form(tab) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("The genres are mapped.")).to_be_visible()
    assert stored() == {"Steampunk": ["Science Fiction", "Fantasy"]}

    page.get_by_role("button", name="Map genres").press("Enter")
    dialog.get_by_label("What “Steampunk” becomes").fill("")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(dialog).to_have_count(0)
    assert stored() == {"Steampunk": None}

    page.get_by_role("button", name="Map genres").press("Enter")
    dialog.get_by_role("button", name="Remove Steampunk").press("Enter")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(dialog).to_have_count(0)
    assert stored() == {}


def test_the_edition_of_a_book_is_chosen_and_its_fields_are_edited(tab: Tab, scanned: Scanned) -> None:
    page = tab.page
    books = scanned.api.get("/api/books/search", params={"query": "The Time Machine"}).json()["items"]
    book = f"/api/books/{books[0]['id']}"
    tab.open(f"/library/{books[0]['id']}")
    page.get_by_role("button", name="Compare the candidates").click()
    candidates = page.get_by_role("region", name="Candidates")
    expect(candidates.get_by_role("columnheader", name="Your book")).to_be_visible()
    assert violations_in_every_form(tab) == []
    page.get_by_role("button", name="It is this one").first.click()
    expect(page.get_by_text("Chosen", exact=True).first).to_be_visible()
    assert scanned.api.get(book).json()["match_decision"] == "chosen"
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Chosen", exact=True)).to_have_count(0)
    page.get_by_role("button", name="None of these is the book").click()
    expect(page.get_by_text("None of them, decided by")).to_be_visible()
    page.get_by_role("button", name="Forget the decision").click()
    expect(page.get_by_text("None of them, decided by")).to_have_count(0)

    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Publisher", exact=True).fill("Reilly & Britton")
    assert violations(tab) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 field is changed.")).to_be_visible()
    expect(page.get_by_role("row", name="Publisher Reilly & Britton Set by a person")).to_be_visible()
    page.get_by_role("button", name="Undo Publisher of").click()
    expect(page.get_by_role("row", name="Publisher Reilly & Britton")).to_have_count(0)

    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Abridged", exact=True).check()
    page.get_by_role("button", name="Save 1 field").click()
    expect(page.get_by_role("row", name="Abridged Yes Set by a person")).to_be_visible()
    assert scanned.api.get(book).json()["abridged"] is True
    page.get_by_role("button", name="Undo Abridged of").click()
    expect(page.get_by_role("row", name="Abridged No")).to_be_visible()
    assert scanned.api.get(book).json()["abridged"] is False


def test_a_held_import_is_decided_in_place(tab: Tab, scanned: Scanned) -> None:
    taken = scanned.library / "L. Frank Baum" / "Oz" / "14 - Glinda of Oz {Rosalind Achebe}"
    taken.mkdir(parents=True)
    (taken / "notes.txt").write_text("These notes are not the book.")
    missing = scanned.missing("Glinda of Oz")
    found = scanned.api.get("/api/releases/search", params={"missing_book_id": missing}).json()["releases"][0][
        "release"
    ]
    grab = {"indexer": found["indexer"], "release_id": found["id"], "missing_book_id": missing}
    download = scanned.api.post("/api/releases/grab", json=grab).json()["id"]

    def state() -> tuple[str, int]:
        status = scanned.api.get(f"/api/downloads/{download}").json()["status"]
        return status, scanned.api.get("/api/imports/waiting").json()["total"]

    scanned.run_until("download_monitor", lambda: state()[1] == 1)
    tab.open("/activity")
    question = tab.page.get_by_role("region", name="Your decision is needed")
    expect(question).to_contain_text("The folder exists")
    assert violations_in_every_form(tab) == []
    question.get_by_role("button", name="place the book in a folder of its own").focus()
    tab.page.keyboard.press("Enter")
    expect(question).to_have_count(0)
    scanned.run_until("download_monitor", lambda: state() == ("imported", 0))
    assert (taken / "notes.txt").is_file()
    tab.page.evaluate("() => localStorage.setItem('gapless.language', 'de')")
    tab.open(f"/activity/{download}")
    expect(tab.page.get_by_text("Importiert", exact=True)).to_be_visible()
    history = tab.page.get_by_role("region", name="Was geschah mit diesem Download?")
    expect(history).to_contain_text("wartet auf Ihre Entscheidung über den Import: die Bibliothek hat schon")
    expect(history).to_contain_text("Das Buch in einen eigenen Ordner legen")
