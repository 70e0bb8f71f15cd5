"""The true books of a messy library: authors with series and single books, and titles that look like mistakes."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.worldmaking.messy.words import Language, languages

NARRATORS_OF_LANGUAGE = 14
_SHARES = {"en": 60, "de": 10, "fr": 7, "es": 5, "it": 4, "nl": 4, "sv": 3, "pl": 4, "ru": 3}


@dataclass(frozen=True)
class TrueBook:
    """A book as it is, before any fault. `series` and `place` are None for a single book."""

    title: str
    author: str
    narrator: str
    language: Language
    year: int
    minutes: int
    series: str | None = None
    place: str | None = None
    subtitle: str | None = None
    tempting: bool = False
    others: tuple[str, ...] = ()
    """Further authors."""


@dataclass
class Catalogue:
    """Makes authors with their books. An author has each title and series once; other authors may have the same."""

    chance: random.Random
    used: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    narrators: dict[str, list[str]] = field(default_factory=dict)

    def authors(self) -> Iterator[list[TrueBook]]:
        """The books of one author after another, without end."""
        codes = list(_SHARES)
        while True:
            language = languages()[self.chance.choices(codes, list(_SHARES.values()))[0]]
            yield self._books_of(self.new_person(language), language)

    def new_person(self, language: Language) -> str:
        """A name that no other person of the library has, not even with the same surname and initial."""
        for _ in range(4000):
            name = language.person(self.chance)
            key = f"{name.split()[0][0]} {name.split()[-1]}".lower()
            if key not in self.people:
                self.people.add(key)
                return name
            longer = f"{name} {self.chance.choice(language.lists['surname'])}"
            key = f"{longer.split(maxsplit=1)[0][0]} {' '.join(longer.split()[-2:])}".lower()
            if key not in self.people:
                self.people.add(key)
                return longer
        raise RuntimeError("there are not enough names for a library of this size")

    def narrator(self, language: Language) -> str:
        """One of the narrators of a language; each reads many books."""
        known = self.narrators.setdefault(language.code, [])
        if len(known) < NARRATORS_OF_LANGUAGE:
            known.append(self.new_person(language))
        return self.chance.choice(known)

    def _books_of(self, author: str, language: Language) -> list[TrueBook]:
        books: list[TrueBook] = []
        self.used = set()
        year = self.chance.randint(1950, 2015)
        for _ in range(self.chance.choice((0, 1, 1, 1, 2))):
            name = self._unused(lambda: language.series(self.chance))
            narrator = self.narrator(language)
            first = self.chance.random() < 0.06
            for place in range(1, self.chance.choice((2, 3, 3, 4, 5, 6, 8, 12)) + 1):
                number = f"{place}.5" if self.chance.random() < 0.03 else str(place)
                title = name if first and place == 1 else self._unused(lambda: language.title(self.chance))
                if self.chance.random() < 0.2:
                    narrator = self.narrator(language)
                year += self.chance.randint(0, 2)
                books.append(self._book(title, author, narrator, language, year=year, series=name, place=number))
        for _ in range(self.chance.choice((0, 1, 1, 2, 3, 4))):
            year += self.chance.randint(0, 3)
            books.append(self._single(author, language, year))
        return books

    def _book(self, title: str, author: str, narrator: str, language: Language, **more: Any) -> TrueBook:
        more["year"] = min(more["year"], 2024)
        return TrueBook(title, author, narrator, language, minutes=self.chance.randint(200, 1500), **more)

    def _single(self, author: str, language: Language, year: int) -> TrueBook:
        narrator = self.narrator(language)
        draw = self.chance.random()
        if draw < 0.45 and language.code == "en":
            title, subtitle = self._tempting(author, language)
            return self._book(title, author, narrator, language, year=year, subtitle=subtitle, tempting=True)
        if draw < 0.5:
            return self._book(self._title(language), author, author, language, year=year, tempting=True)
        if draw < 0.55:
            others = (self.new_person(language),)
            return self._book(
                self._title(language), author, narrator, language, year=year, others=others, tempting=True
            )
        return self._book(self._title(language), author, narrator, language, year=year)

    def _title(self, language: Language) -> str:
        return self._unused(lambda: language.title(self.chance))

    def _tempting(self, author: str, language: Language) -> tuple[str, str | None]:
        """A right title with numbers, brackets, colons, names or words that mark pollution elsewhere."""
        chance = self.chance
        n, place, person = chance.randint(2, 60), chance.choice(language.lists["place"]), language.person(chance)
        subject = chance.choice(language.lists["subject"])
        bare = subject.removeprefix("The ").removeprefix("A ").removeprefix("An ")
        forms: tuple[tuple[str, str | None], ...] = (
            (
                f"{chance.choice(('Room', 'Platform', 'Apollo', 'Agent', 'District', 'Ward', 'Studio', 'Area'))} {n}",
                None,
            ),
            (f"{chance.choice(('Station', 'Cabin', 'Route', 'Apollo', 'Flight'))} {n}: The {bare}", None),
            (f"{chance.choice(('Channel', 'Apollo', 'Pier', 'Unit'))} {n} - The Untold Story of {place}", None),
            (f"{n} {bare}s of {place}", None),
            (f"{chance.randint(1850, 2090)}", "A Novel"),
            (f"{chance.randint(1850, 2060)}: The Year of the {bare}", None),
            (f"{place} {chance.randint(1914, 2049)}", None),
            (f"{subject}: A Novel", None),
            (f"{subject}: A Memoir of {place}", None),
            (f"{place}: {subject}", None),
            (f"(Not) {subject}", None),
            (f"{subject} (and Other Stories)", None),
            (f"{subject} (Illustrated Edition)", None),
            (f"The Collected Letters of {author}", None),
            (f"Poems by {author}", None),
            (f"{person}: A Life", None),
            (f"{author}: An Autobiography", None),
            (f"{subject} - and What Came After", None),
            (f"King {chance.choice(language.lists['given'])} {chance.choice(('II', 'III', 'IV'))}", None),
            (f"The Unabridged Diaries of {person}", None),
            (f"The {place} Audiobook Murders", None),
            (f"The Book of {bare}s", None),
            (f"{chance.choice(('One', 'Two', 'Three', 'Seven', 'Nine'))} {bare}s", None),
            (f"Chapter {chance.choice(('One', 'Two'))}", "A Novel"),
            (f"The {chance.choice(('First', 'Second', 'Third', 'Ninth'))} {bare}", None),
            (f"{subject}", f"A {place} Story"),
            (f"{subject}", f"The First {n} Years"),
            (f"The No. {n} {bare} Agency", None),
            (f"{subject}, or, The Heir of {place}", None),
            (f"Vol de {place}", None),
            (f"{place} Part Two", None),
            (f"Catch-{n}", None),
            (f"{n}/{chance.randint(1, 28)}/63", None),
            (f"{subject} Reborn ({chance.choice(('A', 'The'))} {place} Love Story)", None),
        )
        for _ in range(50):
            title, subtitle = chance.choice(forms)
            if title not in self.used:
                self.used.add(title)
                return title, subtitle
        return self._title(language), None

    def _unused(self, make: Callable[[], str]) -> str:
        for _ in range(6000):
            name = make()
            if name not in self.used:
                self.used.add(name)
                return name
        name = f"{name} {self.chance.choice(('Again', 'Bis', 'Nova', 'Redux'))}"
        self.used.add(name)
        return name
