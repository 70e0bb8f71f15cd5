"""Facts that the makers invent: the same for the same name, every time. Narrators and publishers are invented."""

import hashlib
import re
from collections.abc import Sequence as Choices
from typing import TypeVar

from sandbox.world import Work

T = TypeVar("T")

NARRATORS = (
    "Agnes Fairweather", "Bernard Tolliver", "Clara Whitcombe", "Desmond Okafor", "Edith Marchetti",
    "Felix Abernathy", "Greta Lindqvist", "Hugh Pemberton", "Imogen Castellano", "Jasper Thornquist",
    "Kirsten Dalgaard", "Lionel Achterberg", "Maud Ellery", "Nathaniel Birch", "Olive Rasmussen",
    "Percival Quayle", "Rosalind Achebe", "Silas Merriweather", "Tabitha Crowe", "Walter Eskildsen",
)  # fmt: skip
AUDIO_PUBLISHERS = ("Lantern Audio", "Harbour Street Recordings", "Northgate Audiobooks", "Nightingale Spoken Word")
PRINT_PUBLISHERS = ("Old Mill Press", "Reilly & Ames", "Camden House Classics", "Foxglove Books")


def stable(*parts: object) -> int:
    """A number that depends on the parts alone."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, parts)).encode()).digest()[:8])


def pick(choices: Choices[T], *parts: object) -> T:
    return choices[stable(*parts) % len(choices)]


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")


def asin(*parts: object) -> str:
    """`B0` and eight letters or digits, as retailers number what has no ISBN."""
    letters, number = "", stable("asin", *parts)
    for _ in range(8):
        number, place = divmod(number, 36)
        letters += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
    return f"B0{letters}"


def isbn(*parts: object) -> str:
    """An ISBN-13 with a true check digit."""
    digits = f"978{stable('isbn', *parts) % 10**9:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def minutes(work_id: str, edition: int) -> int:
    """Playing time of an edition: 4 to 11 hours for a book, another narrator up to 40 minutes slower."""
    return 240 + stable("minutes", work_id) % 420 + (stable("pace", work_id, edition) % 31 + 10 if edition else 0)


def inverted(name: str) -> str:
    """`L. Frank Baum` as `Baum, L. Frank`."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else last


def shelf(work: Work) -> str:
    """The folder of a tidy owner: `Author/Series/03 - Title`."""
    if not work.series:
        return f"{work.authors[0]}/{work.title}"
    place = work.series[0]
    number = f"{int(place.sequence):02d} - " if place.sequence and place.sequence.isdigit() else ""
    return f"{work.authors[0]}/{place.name}/{number}{work.title}"
