"""Traps about which book an item is: tags that say nothing, folders that say it, and titles that fit two books."""

from sandbox.world import Work
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import WorldMaker

TOBIAS, WILMA = "Tobias Renfrew", "Wilma Tarrant"
"""Invented authors. All their works are invented, too."""
UNTAGGED = ("narrators", "series", "asin", "isbn", "publisher", "published_year", "language")


def items_whose_folders_alone_name_them(maker: WorldMaker, _: Bibliography) -> None:
    """Three items without tags, or with the tags of one file. Author, series and title are only in their folders."""
    titles = ("The Lower Step", "The Glass Landing", "The Attic Door")
    works = [
        maker.work(Entry(TOBIAS, title, 1931 + number, "The Copper Stair", str(number)))
        for number, title in enumerate(titles, 1)
    ]
    for work in works:
        maker.add_records(work)
    step, landing, attic = works
    _own_untagged(maker, step, "Track 01", f"{TOBIAS}/The Copper Stair/01 - {step.title}")
    _own_untagged(maker, landing, landing.title, f"Renfrew, Tobias/The Copper Stair/02 - {landing.title}")
    _own_untagged(maker, attic, "Chapter 1", f"The Copper Stair 03 {attic.title} ({TOBIAS})")


def a_title_that_fits_two_books(maker: WorldMaker, _: Bibliography) -> None:
    """An item is named by one word that two books of its author share. Only a person knows which one it is."""
    lantern = maker.work(Entry(WILMA, "A Lantern in the Marsh", 1921))
    road = maker.work(Entry(WILMA, "The Marsh Road", 1924))
    for work in (lantern, road):
        maker.add_records(work)
    folder = f"{WILMA}/Marsh"
    maker.own_uncorrectable(lantern, title="Marsh", folder=folder, authors=[WILMA], without=UNTAGGED)


def _own_untagged(maker: WorldMaker, work: Work, title: str, folder: str) -> None:
    """Add a book to the library whose tags name neither its author nor its series."""
    maker.own(work, title=title, folder=folder, authors=[], without=UNTAGGED)
