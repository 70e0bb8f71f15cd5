"""A world with as many wanted books as a test needs, each with at least one good release."""

from sandbox.testing import a_record, a_world, an_offer
from sandbox.world import Offer, OwnedBook, ProviderRecord, Work, World

SERIES_LENGTH = 11
"""The books of a series, of which the first is owned."""
_MINUTES = 300
_ADJECTIVES = (
    "Amber", "Brass", "Copper", "Crimson", "Distant", "Eastern", "Fallen", "Frozen", "Gilded", "Hidden",
    "Ivory", "Lonely", "Marble", "Northern", "Painted", "Quiet", "Scarlet", "Silver", "Velvet", "Western",
)  # fmt: skip
_NOUNS = (
    "Anchor", "Bridge", "Cathedral", "Compass", "Forest", "Garden", "Harbour", "Island", "Journey", "Lantern",
    "Meadow", "Mirror", "Orchard", "Palace", "River", "Shepherd", "Tower", "Valley", "Window", "Yard",
)  # fmt: skip


def wanted_books(count: int) -> World:
    """A world in which `count` books are missing, 350 at most. Every fourth one has a second release elsewhere."""
    works, records, library, offers = [], [], [], []
    for index in range(count + -(-count // (SERIES_LENGTH - 1))):
        book = _Book(index)
        works.append(Work(id=book.id, title=book.title, authors=[book.author]))
        records.append(book.record())
        if book.is_owned:
            library.append(book.owned())
        else:
            offers += book.offers(twice=len(works) % 4 == 0)
    return a_world(
        works=works,
        library=library,
        providers={"audible": records, "hardcover": records},
        offers=offers,
        account={"unsatisfied_limit": 10_000},
        settings={"SERIES_AUTO_DOWNLOAD": "true", "SERIES_MIN_BOOKS": "1", "MAM_RATE_LIMIT": "0"},
    )


class _Book:
    """The book with this number in the world."""

    def __init__(self, index: int) -> None:
        self._index = index
        series, place = divmod(index, SERIES_LENGTH)
        noun = _NOUNS[series % 20]
        self.id = f"book-{index}"
        self.title = f"The {_ADJECTIVES[index % 20]} {_NOUNS[(index // 20 + index) % 20]}"
        self.author = f"Ada {noun}{_ADJECTIVES[series // 20].lower()}"
        self.is_owned = place == 0
        self._series = {"name": f"The {noun} Tales", "sequence": str(place + 1)}

    def record(self) -> ProviderRecord:
        return a_record(
            id=str(100_000 + self._index),
            title=self.title,
            authors=[self.author],
            series=[self._series],
            asin=f"B0TALE{self._index:04}",
            published="2001-05-01",
            duration_minutes=_MINUTES,
        )

    def owned(self) -> OwnedBook:
        return OwnedBook.model_validate(
            {
                "id": f"li_{self._index}",
                "title": self.title,
                "authors": [self.author],
                "series": [self._series],
                "folder": f"{self.author}/{self._series['name']}/{self._series['sequence']} - {self.title}",
            }
        )

    def offers(self, *, twice: bool) -> list[Offer]:
        shared = {
            "title": self.title,
            "authors": [self.author],
            "series": [self._series],
            "files": [{"name": f"{self.title}.m4b", "duration_minutes": _MINUTES}],
        }
        first = an_offer(id=str(500_000 + self._index), **shared)
        if not twice:
            return [first]
        again = {"indexer": "prowlarr", "narrators": ["Bert Speaker"], "folder": f"{self.title} (Speaker)"}
        return [first, an_offer(id=str(700_000 + self._index), **(shared | again))]
