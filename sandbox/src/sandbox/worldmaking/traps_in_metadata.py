"""Stories of the traps world whose trap is in what files, folders and tags say of a book."""

from sandbox.world import Work
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import WorldMaker


def releases_with_messy_tags(maker: WorldMaker, books: Bibliography) -> None:
    """The tags of three Leatherstocking Tales are a listing, an author and a rip, a series and a place."""
    works = [maker.work(entry) for entry in books.series("Leatherstocking Tales")]
    for work in works:
        maker.told(work)
    maker.own(works[0])
    maker.own(works[1])
    pathfinder, pioneers, prairie = works[2:]
    maker.offer(pathfinder, indexer="prowlarr", tagged_title=listing_of(pathfinder.title))
    maker.offer(pioneers, tagged_title="James Fenimore Cooper - The Pioneers [2017] 64kbps")
    maker.offer(prairie, filetype="mp3", tagged_title="Leatherstocking Tales, Book 5: The Prairie (Unabridged)")


def books_that_are_only_files(maker: WorldMaker, books: Bibliography) -> None:
    """Of the Psammead and of Curdie nothing is told but the names of files, in which title, series and author run
    together."""
    children, carpet, amulet = (maker.work(entry) for entry in books.series("Psammead"))
    goblin, curdie = (maker.work(entry) for entry in books.series("Curdie"))
    for work in (children, carpet, amulet, goblin, curdie):
        maker.told(work)
    own_as_file(maker, children, "psammead 01 five children and it e nesbit")
    own_as_file(maker, carpet, "psammead 02 the phoenix and the carpet e nesbit unabridged")
    own_as_file(maker, goblin, "the_princess_and_the_goblin-george_macdonald")
    own_as_file(maker, curdie, "George MacDonald - The Princess and Curdie (1883) [64kbps]")
    maker.offer(amulet)


def a_series_that_only_a_provider_knows(maker: WorldMaker, books: Bibliography) -> None:
    """Nothing in the library says that Little Men and Jo's Boys follow Little Women."""
    women, men, boys = (maker.work(entry) for entry in books.series("Little Women"))
    for work in (women, men, boys):
        maker.told(work)
    for work in (men, boys):
        maker.own(work, folder=f"{work.authors[0]}/{work.title}", without=("series",))
    maker.offer(women)


def own_as_file(maker: WorldMaker, work: Work, name: str) -> None:
    """Put a book into the library of which Audiobookshelf has nothing but its name on the disk."""
    nothing = ("narrators", "series", "asin", "isbn", "publisher", "published_year", "language")
    maker.own(work, title=name, folder=name, authors=[], without=nothing)


def listing_of(title: str) -> str:
    """How a release's files repeat its listing."""
    return f"{title} by James Fenimore Cooper [ENG / M4B]"
