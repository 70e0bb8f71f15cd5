"""Searches and the last pages of a large library's lists, one call at a time."""

import random
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence

import httpx
from shared.contracts.library.books import Book

from bench.figures import Figure
from bench.measurement import NotMeasured

SECTION = "search and lists, one client"
BESIDE = "one book by its id"
CALLS = 40
GENRE_WORDS = ("title", "-added_at", "updated_at", "-published_year", "duration_seconds", "-size_bytes", "path",
         "last_metadata_update_at")  # fmt: skip

Call = tuple[str, Mapping[str, str | int]]


def searching(address: str, headers: Mapping[str, str], books: Sequence[Book]) -> list[Figure]:
    """What people type, right and wrong, and the last page in every order; medians beside the simplest call's."""
    random_ = random.Random(7)
    chosen = random_.sample(books, CALLS)
    simplest: list[Call] = [(f"/api/books/{book.id}", {}) for book in chosen]
    figures = []
    with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False) as client:
        _waits(client, simplest)
        best = statistics.median(_waits(client, simplest))
        for name, calls in (_searches(chosen, random_) | _last_pages(len(books))).items():
            _waits(client, calls[:5])
            waits = _waits(client, calls)
            figures += [
                Figure(SECTION, f"{name}, median", statistics.median(waits), "ms", best, BESIDE),
                Figure(SECTION, f"{name}, slowest", max(waits), "ms"),
            ]
    return figures


def _searches(books: Sequence[Book], random_: random.Random) -> dict[str, list[Call]]:
    titles = [book.title for book in books]
    authors = [book.authors[0] for book in books]
    return {
        "title": _asked("books", titles),
        "title, words turned about": _asked("books", (" ".join(reversed(title.split())) for title in titles)),
        "title and author, a typo in each word": _asked(
            "books", (_mistyped(f"{title} {author}", random_) for title, author in zip(titles, authors, strict=True))
        ),
        "one frequent word": _asked("books", (max(title.split(), key=len) for title in titles)),
        "author, a typo in each word": _asked("authors", (_mistyped(author, random_) for author in authors)),
        "series": _asked("series", (book.series[0].name for book in books if book.series)),
    }


def _last_pages(books: int) -> dict[str, list[Call]]:
    last = {"limit": 50, "offset": books - 50}
    return {"last page of books, each order": [("/api/books", {"sort": sort, **last}) for sort in GENRE_WORDS]}


def _asked(kind: str, queries: Iterable[str]) -> list[Call]:
    return [(f"/api/{kind}/search", {"query": query, "limit": 20}) for query in queries]


def _mistyped(text: str, random_: random.Random) -> str:
    """Two letters that stand side by side in each longer word, the other way round."""
    words = []
    for word in text.split():
        place = random_.randrange(1, len(word) - 1) if len(word) > 4 else 0
        turned = word[:place] + word[place + 1] + word[place] + word[place + 2 :] if place else word
        words.append(turned)
    return " ".join(words)


def _waits(client: httpx.Client, calls: Sequence[Call]) -> list[float]:
    """Milliseconds of each call. Raises NotMeasured when one is refused."""
    waits = []
    for path, query in calls:
        began = time.perf_counter()
        answer = client.get(path, params=query)
        waits.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise NotMeasured(f"{path} {dict(query)} was answered {answer.status_code}: {answer.text[:200]}")
    return waits
