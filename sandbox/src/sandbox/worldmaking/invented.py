"""Invented authors with plausible bibliographies, because there are not enough real works for the large world."""

from collections.abc import Callable, Iterator

from sandbox.worldmaking import facts
from sandbox.worldmaking.bibliography import Entry

_FIRST = (
    "Ada", "Alban", "Beatrix", "Caspian", "Celeste", "Cyril", "Daphne", "Edmund", "Elowen", "Florian", "Giles",
    "Harriet", "Isolde", "Ivo", "Jocasta", "Kenelm", "Leopold", "Lettice", "Marius", "Minna", "Nigel", "Octavia",
    "Osbert", "Phyllida", "Quentin", "Rowena", "Rupert", "Sabina", "Thaddeus", "Ursula", "Violet", "Wilfred",
)  # fmt: skip
_LAST = (
    "Ashgrove", "Barrowclough", "Castleford", "Dunmore", "Eastlake", "Fernsby", "Gatward", "Hallowell", "Inglethorpe",
    "Jessamy", "Kestrel", "Langstaffe", "Marchbanks", "Netherby", "Oakeshott", "Pettigrew", "Quillfeather",
    "Ravensdale", "Silverlock", "Thistlewood", "Underhay", "Vavasour", "Wetherell", "Yarborough",
)  # fmt: skip
_ADJECTIVES = (
    "Amber", "Ashen", "Bitter", "Borrowed", "Brazen", "Broken", "Burning", "Clockwork", "Copper", "Crooked", "Distant",
    "Drowned", "Empty", "Faithful", "Fallen", "Forgotten", "Frozen", "Gilded", "Glass", "Hidden", "Hollow", "Idle",
    "Iron", "Ivory", "Last", "Leaden", "Lonely", "Midnight", "Nameless", "Painted", "Paper", "Patient", "Quiet",
    "Ragged", "Restless", "Salt", "Scarlet", "Second", "Silent", "Silver", "Sleeping", "Stolen", "Tangled", "Thirsty",
    "Unlit", "Velvet", "Wandering", "Waxen", "Winter", "Wooden",
)  # fmt: skip
_NOUNS = (
    "Almanac", "Anchor", "Apothecary", "Archer", "Bargain", "Beacon", "Bell", "Bridge", "Cartographer", "Causeway",
    "Chalice", "Cipher", "Compass", "Corridor", "Courier", "Duchess", "Embassy", "Falcon", "Ferryman", "Fiddler",
    "Forest", "Fountain", "Garden", "Gatekeeper", "Harbour", "Heir", "Herald", "Hourglass", "Inheritance", "Islander",
    "Kingdom", "Lantern", "Ledger", "Lighthouse", "Locksmith", "Magpie", "Meadow", "Mirror", "Monastery", "Orchard",
    "Organist", "Parish", "Pilgrim", "Prisoner", "Promise", "Quarry", "Regiment", "Sailor", "Scholar", "Sentinel",
    "Shepherd", "Staircase", "Stranger", "Tapestry", "Tide", "Tower", "Verdict", "Vineyard", "Voyage", "Watchman",
)  # fmt: skip
_PLACE_STARTS = (
    "Alder", "Black", "Bram", "Cold", "Crow", "Dun", "Elm", "Fal", "Glen", "Har", "Hazel", "Kil", "Lark", "Mal", "Nor",
    "Otter", "Pen", "Raven", "Stan", "Thorn", "Ul", "Wen", "Whit", "Wool",
)  # fmt: skip
_PLACE_ENDS = ("bourne", "combe", "croft", "dale", "fell", "ford", "gate", "ham", "holt", "mere", "moor", "wick")
_SERIES_KINDS = ("Chronicles", "Tales", "Papers", "Letters", "Affairs", "Inheritance")
_MAX_ATTEMPTS = 10_000


class Inventor:
    """Invents authors, series and titles, each only once."""

    def __init__(self, used_titles: set[str]) -> None:
        self._used = set(used_titles)

    def authors(self, count: int) -> Iterator[list[Entry]]:
        """The works of `count` authors, one author at a time."""
        for number in range(count):
            # The steps have no common divisor with the lengths of the tables, so that no pair repeats early.
            yield self._bibliography(f"{_FIRST[number % 32]} {_LAST[(number // 32 + number * 5) % 24]}")

    def _bibliography(self, author: str) -> list[Entry]:
        first_year = 1880 + facts.stable("first year", author) % 60
        lengths = [3 + facts.stable("length", author, n) % 8 for n in range(1 + facts.stable("series", author) % 2)]
        entries: list[Entry] = []
        for length in lengths:
            series = self._unused_name(lambda attempt: _series_name(author, attempt))
            for place in range(1, length + 1):
                entries.append(Entry(author, self._title(author), first_year + len(entries), series, str(place)))
        for _ in range(facts.stable("alone", author) % 6):
            entries.append(Entry(author, self._title(author), first_year + len(entries)))
        return entries

    def _title(self, author: str) -> str:
        return self._unused_name(lambda attempt: _title(author, attempt))

    def _unused_name(self, make: Callable[[int], str]) -> str:
        name = next(name for attempt in range(_MAX_ATTEMPTS) if (name := make(attempt)) not in self._used)
        self._used.add(name)
        return name


def _title(author: str, attempt: int) -> str:
    noun = facts.pick(_NOUNS, "noun", author, attempt)
    if facts.stable("form", author, attempt) % 3:
        return f"The {facts.pick(_ADJECTIVES, 'adjective', author, attempt)} {noun}"
    return f"The {noun} of {_place_name(author, attempt)}"


def _series_name(author: str, attempt: int) -> str:
    return f"{_place_name(author, attempt)} {facts.pick(_SERIES_KINDS, 'kind', author, attempt)}"


def _place_name(author: str, attempt: int) -> str:
    return facts.pick(_PLACE_STARTS, "start", author, attempt) + facts.pick(_PLACE_ENDS, "end", author, attempt)
