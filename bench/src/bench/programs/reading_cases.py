"""Writes cases for reading series, one JSON a line: `python -m bench.programs.reading_cases > cases.jsonl`.

All books of one series of the catalogue are written in the same way, as one owner does. So a library that is read
jointly has siblings as a real library has. There are also standalone titles with numbers.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parent / "reading_catalogue.txt"
READERS = ("Tom Reed", "Ada Vale", "Ian Moss")


@dataclass(frozen=True, slots=True)
class CatalogueBook:
    """One book of a series of the catalogue."""

    author: str
    series: str
    place: int
    places: int
    title: str
    reader: str


CaseInput = dict[str, str]


def _path(text: Callable[[CatalogueBook], str]) -> Callable[[CatalogueBook], CaseInput]:
    return lambda book: {"path": text(book)}


def _title(text: Callable[[CatalogueBook], str]) -> Callable[[CatalogueBook], CaseInput]:
    return lambda book: {"title": text(book), "author": book.author}


KINDS: tuple[tuple[str, Callable[[CatalogueBook], CaseInput]], ...] = (
    ("title and series run together", _title(lambda t: f"{t.title} {t.series}, Book {t.place}")),
    ("author runs into the series", _path(
        lambda t: f"{t.author} Audiobook Collection/{t.author} {t.series} {t.place:02d} {t.title}")),
    ("number, dot, series, reader", _path(
        lambda t: f"{t.author} - {t.series}/{t.place:02d}.{t.series} ({t.reader})")),
    ("numbered folder of the series", _path(
        lambda t: f"{t.author}/04.{t.series} ({t.reader})/{t.place:02d} {t.title}")),
    ("number between dashes", _path(lambda t: f"{t.author} - {t.series}/{t.author} -{t.place:02d}- {t.title}")),
    ("underscores", _path(lambda t: f"{t.author}_-_{t.series}_{t.place:02d}_-_{t.title}".replace(" ", "_"))),
    ("several spaces", _path(lambda t: f"{t.author}  -  {t.series}  {t.place:02d}  -  {t.title}")),
    ("range above, place and year here", _path(
        lambda t: f"{t.author}/{t.series}[1-{t.places}]/{t.series}-#{t.place}-{80 + t.place} {t.title}")),
    ("reader before the place", _path(
        lambda t: f"{t.author} - {t.title} (Read by {t.reader}) - {t.series} Book {t.place}")),
    ("reader without brackets", _title(lambda t: f"{t.title} - read by {t.reader} - {t.series}, Book {t.place}")),
    ("title and series run together in a folder", _path(
        lambda t: f"{t.author} - {t.title} {t.series}, Book {t.place} (Unabridged)")),
    ("a novel of the series", _title(lambda t: f"{t.title}: {_article(t.series)} {t.series} Novel")),
    ("bare number at the end", _title(lambda t: t.series if t.place == 1 else f"{t.series} {t.place}")),
    ("series before the title", _title(lambda t: f"{t.series}: {t.title}, Book {t.place}")),
    ("four digits", _path(lambda t: f"{t.author}/{t.series} {2700 + t.place} - {t.title}")),
    ("plain number inside", _title(lambda t: f"{t.series} {t.place} {t.title}")),
)  # fmt: skip
WHOLE: tuple[tuple[str, Callable[[CatalogueBook], str]], ...] = (
    ("omnibus with a range", lambda t: f"{t.series} Omnibus (1-{t.places})"),
    ("books through", lambda t: f"{t.series}: Books 1 through {t.places}"),
    ("complete with a range", lambda t: f"The Complete {t.series}, Books 1-{t.places}"),
    ("box set with a range", lambda t: f"{t.series} Box Set: Books 1-{t.places}"),
)
NO_SERIES = (
    "Tell No One", "From a Buick 8", "Emotional Growth 2.0", "Heroes of SEAL Team 4", "Graded Readers, Level 5",
    "The 39 Steps", "Seven Pillars of Wisdom", "Fahrenheit 600", "Cabin 12", "A Tale of Two Towns", "Twelve Years Away",
    "Ocean's 14", "The Road to Number 10", "Hotel Room 9", "A Historical Novel", "The Willows: A Regency Novel",
    "Nine Perfect Neighbours", "Summer of 69", "Track 4", "World War III", "Pope Leo XIII",
    "The Last Dance: A Love Story", "The Complete Sonnets", "Life 4.0", "Apollo 18",
)  # fmt: skip


def _article(name: str) -> str:
    return "An" if name[0] in "AEIOU" else "A"


def books() -> Iterator[list[CatalogueBook]]:
    """The books of each series of the catalogue."""
    for count, line in enumerate(CATALOGUE.read_text(encoding="utf-8").splitlines()[1:]):
        author, series, titles = (part.strip() for part in line.split("|"))
        each = [title.strip() for title in titles.split(";")]
        reader = READERS[count % len(READERS)]
        yield [
            CatalogueBook(author, series, place, len(each), title, reader) for place, title in enumerate(each, start=1)
        ]


def cases() -> Iterator[dict[str, Any]]:
    """Every case: its kind, input and expected series. The order is random, so that siblings are apart."""
    found: list[dict[str, Any]] = []
    for count, series in enumerate(books()):
        kind, write = KINDS[count % len(KINDS)]
        for book in series:
            if kind == "bare number at the end" and book.place == 1:
                found.append({"kind": kind, "input": write(book), "expected": None})
            else:
                place = None if kind == "a novel of the series" else str(book.place + 2700 * (kind == "four digits"))
                found.append({"kind": kind, "input": write(book), "expected": [book.series, place]})
        kind, name = WHOLE[count // 2 % len(WHOLE)]
        if count % 2 == 0:
            whole = {"title": name(series[0]), "author": series[0].author}
            found.append({"kind": kind, "input": whole, "expected": [series[0].series, f"1-{len(series)}"]})
    for title in NO_SERIES:
        found.append({"kind": "no series", "input": {"title": title, "author": "Ellen Marsh"}, "expected": None})
    random.Random(1907).shuffle(found)
    for count, case in enumerate(found):
        yield {"id": f"reading-{count:03d}", **case}


if __name__ == "__main__":
    for case in cases():
        sys.stdout.write(json.dumps(case, ensure_ascii=False) + "\n")
