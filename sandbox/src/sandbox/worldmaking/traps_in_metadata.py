"""Stories of the traps world whose trap is in what files, folders and tags say of a book."""

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


def listing_of(title: str) -> str:
    """How a release's files repeat its listing."""
    return f"{title} by James Fenimore Cooper [ENG / M4B]"
