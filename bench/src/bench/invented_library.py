"""Invented books, the same in every run. Their words are as unevenly distributed as in real titles."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.values import SeriesPlace

BEGINNINGS = "b br c ch cl d dr f fl g gl gr h j k l m n p ph pl pr qu r s sh sl st t th tr v w z".split()
VOWELS = "a e i o u ai ea ee ie oa ou y".split()
ENDINGS = ["", "", "", *"ck d ft l ld ll m n nd ng nt p r rd rn rt s sk ss st t tch th x".split()]
WORDS_KNOWN = 6_000
FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)


def invented_books(count: int) -> Iterator[Book]:
    """Yield `count` books. Six in ten are part of a series of three to eight, and an author has about ten books."""
    random_ = random.Random(20_260_101)
    invent = _Inventor(random_)
    authors = [invent.person() for _ in range(max(1, count // 10))]
    narrators = [invent.person() for _ in range(max(1, count // 100))]
    made = 0
    while made < count:
        author = random_.choice(authors)
        length = random_.choice((1, 1, 1, 3, 4, 6, 8))
        series = f"{invent.title()} {random_.choice(('Saga', 'Chronicles', 'Tales'))}" if length > 1 else None
        for place in range(1, min(length, count - made) + 1):
            made += 1
            yield invent.book(made, author, random_.choice(narrators), (series, place) if series else None)


class _Inventor:
    """Invents names, titles and books."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        invented = (self._word(random_.choice((2, 2, 3))) for _ in range(WORDS_KNOWN))
        self._known = list(dict.fromkeys(invented))
        self._shares = list(accumulate(1 / (rank + 20) for rank in range(len(self._known))))
        self._descriptions = [" ".join(self._common_word() for _ in range(90)) for _ in range(200)]

    def person(self) -> str:
        return f"{self._word(2)} {self._word(3)}".title()

    def title(self) -> str:
        form = self._random.choice(("The {} of {}", "{} and {}", "The {} {}", "A {} for the {}", "{}'s {}"))
        return form.format(self._common_word().title(), self._common_word().title())

    def book(self, number: int, author: str, narrator: str, place: tuple[str, int] | None) -> Book:
        title, day = self.title(), FIRST_DAY + timedelta(hours=number)
        series = [SeriesPlace(name=place[0], sequence=str(place[1]))] if place else []
        folder = f"{author}/{place[0]}/{place[1]:02} - {title}" if place else f"{author}/{title}"
        return Book(
            id=UUID(int=self._random.getrandbits(128), version=4),
            abs_id=f"invented-{number}",
            title=title,
            authors=[author],
            narrators=[narrator],
            series=series,
            asin=f"B0{number:08}" if number % 3 else None,
            publisher=f"{narrator.split()[1]} Press",
            published_year=str(1950 + number % 70),
            language="English" if number % 20 else "German",
            description=self._random.choice(self._descriptions) if number % 9 else None,
            genres=["Fantasy", "Adventure"],
            duration_seconds=20_000.0 + number,
            size_bytes=300_000_000 + number,
            format="m4b",
            path=folder,
            metadata_source={"title": "abs", "authors": "abs", "narrators": "abs"},
            added_at=day,
            updated_at=day,
        )

    def _common_word(self) -> str:
        """One of a few thousand words. The first ones are the most frequent, as in a language (Zipf)."""
        return self._random.choices(self._known, cum_weights=self._shares)[0]

    def _word(self, syllables: int) -> str:
        choice = self._random.choice
        parts = (choice(BEGINNINGS) + choice(VOWELS) for _ in range(syllables))
        return "".join(parts) + choice(ENDINGS)
