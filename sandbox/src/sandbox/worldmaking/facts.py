"""Invented facts, always the same for the same name. Narrators and publishers are invented."""

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
    """A 64-bit number that depends only on the parts."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, parts)).encode()).digest()[:8])


def pick(choices: Choices[T], *parts: object) -> T:
    """One of the choices, which depends only on the parts."""
    return choices[stable(*parts) % len(choices)]


def slug(text: str) -> str:
    """The text in lower case, with hyphens between words."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")


def asin(*parts: object) -> str:
    """An ASIN: `B0` and eight letters or digits."""
    letters, number = "", stable("asin", *parts)
    for _ in range(8):
        number, index = divmod(number, 36)
        letters += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]
    return f"B0{letters}"


def isbn(*parts: object) -> str:
    """An ISBN-13 with a correct check digit."""
    digits = f"978{stable('isbn', *parts) % 10**9:09d}"
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return digits + str(-total % 10)


def minutes(work_id: str, edition: int) -> int:
    """The duration of an edition: 4 to 11 hours; further editions are 10 to 40 minutes longer."""
    return 240 + stable("minutes", work_id) % 420 + (stable("pace", work_id, edition) % 31 + 10 if edition else 0)


def inverted(name: str) -> str:
    """`L. Frank Baum` as `Baum, L. Frank`."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else last


def shelf(work: Work) -> str:
    """The folder in a tidy library: `Author/Series/03 - Title`."""
    if not work.series:
        return f"{work.authors[0]}/{work.title}"
    place = work.series[0]
    number = f"{int(place.sequence):02d} - " if place.sequence and place.sequence.isdigit() else ""
    return f"{work.authors[0]}/{place.name}/{number}{work.title}"
