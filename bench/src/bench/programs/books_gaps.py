"""Measures how fast the gaps of a whole library are found and the releases of a search are judged; prints JSON.

`python -m bench.programs.books_gaps [BOOKS]` invents 50,000 owned books by default, with a tenth as many series and at
most 8,000 authors. The catalogue lists every third work twice, and the library lacks one work in seven.
"""

import json
import random
import resource
import statistics
import sys
import time
from collections import defaultdict
from datetime import date

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapPolicy
from shared.books.gaps.finding import author_gaps, series_gaps
from shared.books.gaps.owned_index import Shelf
from shared.books.releases.description import ReleaseDescription, WantedBook
from shared.books.releases.judging import rank

SYLLABLES = "ka lo mi ra ven tor el dun sa bri gol na thar ul wen os pel qui ston mar fey rod hal gim".split()
NOUNS = (
    "Tower River Crown Garden Winter Harbour Lantern Orchard Mirror Winter Bridge Forest Sail Stone Raven Ember".split()
)
KINDS = "Silent Broken Hidden Golden Last First Burning Hollow Distant Crooked Iron Paper Salt Amber Northern".split()
POLICY = GapPolicy(as_of=date(2026, 1, 1))


def name(random_: random.Random, syllables: int) -> str:
    """An invented name."""
    return "".join(random_.choice(SYLLABLES) for _ in range(syllables)).title()


def title(random_: random.Random) -> str:
    """An invented title."""
    return f"The {random_.choice(KINDS)} {random_.choice(NOUNS)} of {name(random_, 3)}"


def library(books: int, random_: random.Random) -> tuple[list[BookDescription], list[CatalogueEntry]]:
    """The owned books, as folders or tagged items, and the catalogue of all works of their authors."""
    authors = [f"{name(random_, 2)} {name(random_, 3)}" for _ in range(min(8_000, max(1, books // 6)))]
    owned: list[BookDescription] = []
    catalogue: list[CatalogueEntry] = []
    series_count, written = max(1, books // 10), 0
    while len(owned) < books:
        author = random_.choice(authors)
        series = f"{name(random_, 3)} {random_.choice(NOUNS)}s" if written < series_count else None
        for place in range(1, random_.choice((4, 6, 8)) if series else 2):
            written += place == 1 and series is not None
            _write(owned, catalogue, random_, author, series, place)
    return owned[:books], catalogue


def _write(
    owned: list[BookDescription],
    catalogue: list[CatalogueEntry],
    random_: random.Random,
    author: str,
    series: str | None,
    place: int,
) -> None:
    text = title(random_)
    places = (SeriesPlace(series, str(place)),) if series else ()
    for language in ("eng", None) if place % 3 == 0 else ("eng",):
        book = BookDescription(text, authors=(author,), series=places, language=language, published_year=2000 + place)
        catalogue.append(CatalogueEntry(f"c{len(catalogue)}", book))
    if place % 7 == 5:
        return
    if random_.random() < 0.5:
        folder = f"{author}/{series}/{series} {place:02} - {text}" if series else f"{author} - {text} (2004) [MP3]"
        owned.append(BookDescription("", path=folder))
    else:
        owned.append(BookDescription(f"{text} (Unabridged)", authors=(author,), series=places))


def measure_gaps(books: int) -> dict[str, float]:
    """The seconds and megabytes to find the gaps of a library: of each author's series, then of the author."""
    owned, catalogue = library(books, random.Random(7))
    by_series: dict[str, list[CatalogueEntry]] = defaultdict(list)
    by_author: dict[str, list[CatalogueEntry]] = defaultdict(list)
    for entry in catalogue:
        by_author[entry.description.authors[0]].append(entry)
        for place in entry.description.series:
            by_series[place.name].append(entry)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    processor_started = time.process_time()
    started = time.perf_counter()
    shelf = Shelf(owned)
    indexed = time.perf_counter()
    missing_in_series = missing_of_authors = 0
    for author, entries in by_author.items():
        for series in {place.name for entry in entries for place in entry.description.series}:
            answer = series_gaps(SeriesPlace(series), (author,), by_series[series], shelf, POLICY)
            missing_in_series += len(answer.missing)
        missing_of_authors += len(author_gaps((author,), entries, shelf, POLICY).missing)
    ended = time.perf_counter()
    return {
        "owned_books": len(owned),
        "series": len(by_series),
        "authors": len(by_author),
        "missing_in_series": missing_in_series,
        "missing_of_authors": missing_of_authors,
        "index_seconds": round(indexed - started, 2),
        "gaps_seconds": round(ended - indexed, 2),
        "total_seconds": round(ended - started, 2),
        "processor_seconds": round(time.process_time() - processor_started, 2),
        "grown_megabytes": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def measure_releases(count: int = 1_000, searches: int = 5) -> dict[str, float]:
    """How fast the releases of a search are judged and ordered: the median of several searches, in CPU time.

    A search takes a twentieth of a second, so one alone depends on chance. A tenth of the releases are the wanted book,
    and half are by its author.
    """
    author, text = "Ozwald Baumbert", "The Silent Tower of Kalomi"
    wanted = WantedBook(BookDescription(text, authors=(author,), series=(SeriesPlace("Kalomi Towers", "3"),)))
    seconds, accepted = [], 0
    for seed in range(searches):
        releases = _invented_releases(random.Random(seed), author, text, count)
        started = time.process_time()
        ranked = rank(wanted, releases)
        seconds.append(time.process_time() - started)
        accepted = sum(judgement.accepted for _, judgement in ranked)
    took = statistics.median(seconds)
    return {
        "releases": count,
        "accepted": accepted,
        "milliseconds": round(took * 1000, 1),
        "judged_per_second": round(count / took),
    }


def _invented_releases(random_: random.Random, author: str, text: str, count: int) -> list[ReleaseDescription]:
    releases = []
    for number in range(count):
        other = title(random_)
        shown = text if number % 10 == 0 else other
        by = author if number % 2 == 0 else f"{name(random_, 2)} {name(random_, 3)}"
        style = (
            f"{shown} by {by} [ENG / M4B]",
            f"{by} - Kalomi Towers {number % 9:02} - {shown} (Unabridged) 64k mp3",
            f"{by}-{shown}-AUDIOBOOK-2012-MP3".replace(" ", "."),
        )[number % 3]
        releases.append(ReleaseDescription(str(number), style, seeders=number % 50))
    return releases


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    sys.stdout.write(json.dumps({"releases": measure_releases(), "gaps": measure_gaps(count)}, indent=1) + "\n")
