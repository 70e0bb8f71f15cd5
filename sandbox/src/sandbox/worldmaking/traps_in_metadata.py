"""Traps in the metadata of files, folders and tags."""

from sandbox.world import Work
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import WorldMaker


def releases_with_messy_tags(maker: WorldMaker, books: Bibliography) -> None:
    """The title tags of three Leatherstocking Tales contain a listing, an author and a bit rate, a series."""
    works = [maker.work(entry) for entry in books.series("Leatherstocking Tales")]
    for work in works:
        maker.add_records(work)
    maker.own(works[0])
    maker.own(works[1])
    pathfinder, pioneers, prairie = works[2:]
    maker.offer(pathfinder, indexer="prowlarr", tagged_title=listing_of(pathfinder.title))
    maker.offer(pioneers, tagged_title="James Fenimore Cooper - The Pioneers [2017] 64kbps")
    maker.offer(prairie, filetype="mp3", tagged_title="Leatherstocking Tales, Book 5: The Prairie (Unabridged)")


def books_known_only_by_file_name(maker: WorldMaker, books: Bibliography) -> None:
    """The Psammead and Curdie books have no metadata except file names that combine title, series and author."""
    children, carpet, amulet = (maker.work(entry) for entry in books.series("Psammead"))
    goblin, curdie = (maker.work(entry) for entry in books.series("Curdie"))
    for work in (children, carpet, amulet, goblin, curdie):
        maker.add_records(work)
    own_as_file(maker, children, "psammead 01 five children and it e nesbit")
    own_as_file(maker, carpet, "psammead 02 the phoenix and the carpet e nesbit unabridged")
    own_as_file(maker, goblin, "the_princess_and_the_goblin-george_macdonald")
    own_as_file(maker, curdie, "George MacDonald - The Princess and Curdie (1883) [64kbps]")
    maker.offer(amulet)


def a_series_that_only_a_provider_knows(maker: WorldMaker, books: Bibliography) -> None:
    """The library does not show that Little Men and Jo's Boys follow Little Women."""
    women, men, boys = (maker.work(entry) for entry in books.series("Little Women"))
    for work in (women, men, boys):
        maker.add_records(work)
    for work in (men, boys):
        maker.own(work, folder=f"{work.authors[0]}/{work.title}", without=("series",))
    maker.offer(women)


def own_as_file(maker: WorldMaker, work: Work, name: str) -> None:
    """Add a book to the library of which only the file name is known."""
    unknown = ("narrators", "series", "asin", "isbn", "publisher", "published_year", "language")
    maker.own(work, title=name, folder=name, authors=[], without=unknown)


def listing_of(title: str) -> str:
    """The title of a listing as it appears in the tags of the files."""
    return f"{title} by James Fenimore Cooper [ENG / M4B]"
