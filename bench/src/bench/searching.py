"""Searches and the last pages of the lists of a large library, one call at a time."""

import random
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence

import httpx
from shared.contracts.library.books import Book

from bench.figures import Figure
from bench.measurement import NotMeasured

SECTION = "search and lists, one client"
REFERENCE = "one book by its id"
CALLS = 40
GENRE_WORDS = ("title", "-added_at", "updated_at", "-published_year", "duration_seconds", "-size_bytes", "path",
         "last_metadata_update_at")  # fmt: skip

Call = tuple[str, Mapping[str, str | int]]


def measure_searches(address: str, headers: Mapping[str, str], books: Sequence[Book]) -> list[Figure]:
    """Searches with and without typing errors, and the last page in every order, compared with the simplest call."""
    random_ = random.Random(7)
    chosen = random_.sample(books, CALLS)
    simplest: list[Call] = [(f"/api/books/{book.id}", {}) for book in chosen]
    figures = []
    with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False) as client:
        _milliseconds(client, simplest)
        reference = statistics.median(_milliseconds(client, simplest))
        for name, calls in (_searches(chosen, random_) | _last_pages(len(books))).items():
            _milliseconds(client, calls[:5])
            durations = _milliseconds(client, calls)
            figures += [
                Figure(SECTION, f"{name}, median", statistics.median(durations), "ms", reference, REFERENCE),
                Figure(SECTION, f"{name}, slowest", max(durations), "ms"),
            ]
    return figures


def _searches(books: Sequence[Book], random_: random.Random) -> dict[str, list[Call]]:
    titles = [book.title for book in books]
    authors = [book.authors[0] for book in books]
    return {
        "title": _search_calls("books", titles),
        "title, words in reverse order": _search_calls(
            "books", (" ".join(reversed(title.split())) for title in titles)
        ),
        "title and author, a typo in each word": _search_calls(
            "books", (_mistyped(f"{title} {author}", random_) for title, author in zip(titles, authors, strict=True))
        ),
        "one frequent word": _search_calls("books", (max(title.split(), key=len) for title in titles)),
        "author, a typo in each word": _search_calls("authors", (_mistyped(author, random_) for author in authors)),
        "series": _search_calls("series", (book.series[0].name for book in books if book.series)),
    }


def _last_pages(books: int) -> dict[str, list[Call]]:
    last = {"limit": 50, "offset": books - 50}
    return {"last page of books, each order": [("/api/books", {"sort": sort, **last}) for sort in GENRE_WORDS]}


def _search_calls(kind: str, queries: Iterable[str]) -> list[Call]:
    return [(f"/api/{kind}/search", {"query": query, "limit": 20}) for query in queries]


def _mistyped(text: str, random_: random.Random) -> str:
    """The text with two adjacent letters swapped in each longer word."""
    words = []
    for word in text.split():
        place = random_.randrange(1, len(word) - 1) if len(word) > 4 else 0
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :] if place else word
        words.append(swapped)
    return " ".join(words)


def _milliseconds(client: httpx.Client, calls: Sequence[Call]) -> list[float]:
    """The duration of each call. Raises `NotMeasured` if a response is an error."""
    durations = []
    for path, query in calls:
        started = time.perf_counter()
        response = client.get(path, params=query)
        durations.append(1000 * (time.perf_counter() - started))
        if response.status_code != 200:
            raise NotMeasured(f"{path} {dict(query)} failed with status {response.status_code}: {response.text[:200]}")
    return durations
