"""A messy library: mostly clean books, many of which look wrong, with planted faults and the truth about both."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sandbox.world import OwnedBook
from sandbox.worldmaking import facts
from sandbox.worldmaking.messy.catalogue import Catalogue, TrueBook
from sandbox.worldmaking.messy.faults import FAULT_SHARES, ListedEdition, MessyItem, Planted, TrueFields
from sandbox.worldmaking.messy.naming import (
    FILES,
    POLLUTION,
    SUBTITLES,
    TITLES,
    file_safe,
    plain_folder,
    tidy_folder,
)

FIRST_DAY = date(2022, 1, 1)
_OF_SERIES = frozenset(
    {"series_in_folder", "series_in_title", "series_in_subtitle", "series_in_file", "place_missing", "place_twice",
     "place_contradicted", "series_named_twice", "book_inside"}
)  # fmt: skip
FINDINGS = {
    "series_in_folder": "series_read", "series_in_title": "series_read", "series_in_subtitle": "series_read",
    "series_in_file": "series_read", "place_missing": "series_without_place", "title_polluted": "title_polluted",
    "author_spelled": "author_spellings", "people_swapped": "narrator_as_author",
    "narrator_listed": "narrator_as_author",
    "double_item": "same_book_twice", "several_books": "several_books_in_one_item", "book_inside": "book_inside_book",
    "one_path": "folder_shown_twice", "files_missing": "files_missing", "no_cover": "no_cover",
    "tiny_cover": "tiny_cover", "no_language": "no_language", "wrong_language": "wrong_language",
    "duration_far": "duration_far", "abridged_unmarked": "abridged_unmarked", "place_twice": "place_twice",
    "place_contradicted": "place_contradicted", "series_named_twice": "series_names",
}  # fmt: skip
"""The kind of finding that names each fault."""


@dataclass
class MessyLibrary:
    """The items of a library, and the faults that were planted."""

    seed: int
    items: list[MessyItem] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def books(self) -> list[OwnedBook]:
        """The items as books of a world."""
        return [OwnedBook.model_validate(item.fields) for item in self.items]


def messy_library(seed: int, books: int) -> MessyLibrary:
    """A library of about `books` items, the same for the same seed. Other seeds plant the same kinds of faults."""
    return _Maker(seed, books).make()


class _Maker:
    def __init__(self, seed: int, books: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a seeded library, not a secret
        self.wanted = books
        self.library = MessyLibrary(seed)
        self.catalogue = Catalogue(self.chance)
        self.left = Counter({fault: max(1, round(share * books)) for fault, share in FAULT_SHARES.items()})
        self.paths: Counter[str] = Counter()
        self.busy: set[tuple[str, str]] = set()

    def make(self) -> MessyLibrary:
        for books in self.catalogue.authors():
            owned = [book for book in books if self.chance.random() < 0.9]
            self._add_author(owned)
            if len(self.library.items) >= self.wanted:
                return self.library
        raise AssertionError("the catalogue has no end")

    def _add_author(self, books: list[TrueBook]) -> None:
        """Add the books of an author, some of them with a fault."""
        made: list[tuple[TrueBook, MessyItem]] = []
        respelled = self._respelling(books)
        renamed = self._renaming(books)
        for book in books:
            item = self._clean(book)
            made.append((book, item))
            if respelled and book is respelled[0]:
                item.fields["authors"] = [respelled[1], *item.fields["authors"][1:]]
                self._plant("author_spelled", item)
                continue
            if renamed and book is renamed[0]:
                item.fields["series"] = [{"name": renamed[1], "sequence": book.place}]
                self._plant("series_named_twice", item)
                continue
            fault = self._next_fault(book)
            if fault:
                self._damage(fault, book, item, made)

    def _next_fault(self, book: TrueBook) -> str | None:
        """A fault for about a quarter of the books, while that kind is wanted."""
        remaining = max(1, self.wanted - len(self.library.items))
        open_faults = {fault: left for fault, left in self.left.items() if left > 0}
        if self.chance.random() > min(0.9, sum(open_faults.values()) / remaining):
            return None
        fits = [fault for fault in open_faults if (book.series is not None or fault not in _OF_SERIES)
                and fault not in ("author_spelled", "series_named_twice")]  # fmt: skip
        if book.tempting and book.series is None:
            fits = [fault for fault in fits if fault in ("no_cover", "no_language", "files_missing", "tiny_cover")]
        if not fits:
            return None
        return self.chance.choices(fits, [open_faults[fault] for fault in fits])[0]

    def _clean(self, book: TrueBook) -> MessyItem:
        number = len(self.library.items) + 1
        authors = [book.author, *book.others]
        has_asin = self.chance.random() < 0.6
        series = [{"name": book.series, "sequence": book.place}] if book.series else []
        fields: dict[str, Any] = {
            "id": f"messy-{number:05d}",
            "title": book.title,
            "subtitle": book.subtitle,
            "authors": authors,
            "narrators": [book.narrator],
            "series": series,
            "folder": self._free_path(
                tidy_folder(book, self.chance) if self.chance.random() < 0.8 else plain_folder(book, self.chance)
            ),
            "asin": facts.asin(str(self.library.seed), number) if has_asin else None,
            "publisher": None,
            "published_year": str(book.year) if self.chance.random() < 0.7 else None,
            "language": book.language.name,
            "duration_minutes": book.minutes,
            "added": FIRST_DAY + timedelta(days=number % 900),
        }
        places = ((book.series, book.place),) if book.series else ()
        truth = TrueFields(book.title, tuple(authors), (book.narrator,), places, book.language.name)
        item = MessyItem(fields, truth)
        if has_asin and self.chance.random() < 0.7:
            item.editions.append(self._edition(book, fields["asin"], identified=True))
        self.library.items.append(item)
        return item

    def _edition(self, book: TrueBook, number: str, *, identified: bool, **changes: Any) -> ListedEdition:
        minutes = book.minutes + self.chance.randint(-3, 3)
        values: dict[str, Any] = {
            "provider": "AUDIBLE", "id": f"AUDIBLE:{number}", "identified": identified, "duration_minutes": minutes,
            "abridged": False, "language": book.language.name, "series": book.series, "place": book.place,
        }  # fmt: skip
        return ListedEdition(**{**values, **changes})

    def _free_path(self, path: str) -> str:
        self.paths[path] += 1
        return path if self.paths[path] == 1 else f"{path} ({self.paths[path]})"

    def _plant(self, fault: str, *items: MessyItem) -> None:
        self.left[fault] -= 1
        ids = tuple(item.fields["id"] for item in items)
        self.library.planted.append(Planted(fault, FINDINGS[fault], ids))

    def _respelling(self, books: list[TrueBook]) -> tuple[TrueBook, str] | None:
        """One book of an author with at least three, and another spelling of the author."""
        if len(books) < 3 or self.left["author_spelled"] <= 0 or self.chance.random() > 0.12:
            return None
        author = books[0].author
        words = author.split()
        forms = [
            facts.inverted(author),
            author.upper(),
            author.lower(),
            author.replace(". ", "."),
            author.replace(".", ""),
        ]
        if len(words[0].rstrip(".")) > 1:
            forms.append(f"{words[0][0]}. {' '.join(words[1:])}")
        plain = author.translate(str.maketrans("äöüéèêëíóúñçåÄÖÉłśżą", "aoueeeeiounc" + "aAOElsza"))
        forms.append(plain)
        forms = [form for form in forms if form != author]
        return (self.chance.choice(books), self.chance.choice(forms)) if forms else None

    def _renaming(self, books: list[TrueBook]) -> tuple[TrueBook, str] | None:
        """One book of a series with at least three, and another name of the series."""
        counts = Counter(book.series for book in books if book.series)
        long = [name for name, count in counts.items() if count >= 3]
        if not long or self.left["series_named_twice"] <= 0 or self.chance.random() > 0.1:
            return None
        name = self.chance.choice(long)
        bare = name.removeprefix("The ")
        forms = [
            f"{name} Series",
            f"The {bare} Series",
            bare.lower(),
            bare if bare != name else f"{name} Serie",
            name.upper(),
        ]
        book = self.chance.choice([each for each in books if each.series == name])
        return book, self.chance.choice([form for form in forms if form != name])

    def _damage(self, fault: str, book: TrueBook, item: MessyItem, made: list[tuple[TrueBook, MessyItem]]) -> None:
        """Plant one fault in an item, if the fault fits it."""
        planted = getattr(self, f"_{fault}")(book, item, made)
        if planted is not None:
            self._plant(fault, *planted)

    def _series_in_folder(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.fields |= {"series": [], "folder": self._free_path(tidy_folder(book, self.chance))}
        return [item]

    def _series_in_title(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        title = self.chance.choice(TITLES)(book, self.chance)
        item.fields |= {"series": [], "title": title, "folder": self._free_path(plain_folder(book, self.chance))}
        self._plant("title_polluted", item)
        return [item]

    def _series_in_subtitle(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        subtitle = self.chance.choice(SUBTITLES)(book, self.chance)
        item.fields |= {"series": [], "subtitle": subtitle, "folder": self._free_path(plain_folder(book, self.chance))}
        return [item]

    def _series_in_file(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        name = f"{self.chance.choice(FILES)(book, self.chance)}.m4b"
        files = [{"name": name, "duration_seconds": book.minutes * 60.0}]
        item.fields |= {
            "series": [],
            "files": files,
            "folder": self._free_path(f"{book.author}/{file_safe(book.title)}"),
        }
        return [item]

    def _place_missing(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.fields["series"] = [{"name": book.series, "sequence": None}]
        item.fields["folder"] = self._free_path(tidy_folder(book, self.chance))
        return [item]

    def _title_polluted(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem] | None:
        _, habit = self.chance.choice(POLLUTION)
        item.fields["title"] = habit(book, self.chance)
        return [item] if item.fields["title"] != book.title else None

    def _people_swapped(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem] | None:
        if book.narrator == book.author or book.others:
            return None
        item.fields |= {"authors": [book.narrator], "narrators": [book.author]}
        return [item]

    def _narrator_listed(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem] | None:
        if book.narrator == book.author or book.others:
            return None
        item.fields["authors"] = [book.author, book.narrator]
        if self.chance.random() < 0.5:
            item.fields["narrators"] = []
        return [item]

    def _double_item(self, book: TrueBook, item: MessyItem, made: list[tuple[TrueBook, MessyItem]]) -> list[MessyItem]:
        copy = self._clean(book)
        copy.fields["asin"] = self.chance.choice((item.fields["asin"], None))
        copy.editions.clear()
        copy.fields["duration_minutes"] = book.minutes + self.chance.randint(-1, 1)
        copy.fields["folder"] = self._free_path(
            f"{self.chance.choice(('New', 'Unsorted', book.author))}/{file_safe(book.title)} (mp3)"
        )
        if book.series is None and self.chance.random() < 0.3:
            copy.fields["title"] = f"{book.title} (Unabridged)"
            self._plant("title_polluted", copy)
        return [item, copy]

    def _several_books(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        names = [file_safe(book.title), "A Second Story of the Shore", "The Other Harbour"]
        files = [{"name": f"{name}.m4b", "duration_seconds": 20_000.0 + 991 * n} for n, name in enumerate(names)]
        item.fields |= {"files": files, "folder": self._free_path(f"{book.author}/Collected {file_safe(book.title)}")}
        item.editions.clear()
        return [item]

    def _book_inside(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        files = [{"name": f"{n:02d}.mp3", "duration_seconds": 3000.0} for n in range(1, 9)]
        files += [{"name": f"2 - The Other Harbour/{n:02d}.mp3", "duration_seconds": 3000.0} for n in range(1, 9)]
        item.fields |= {
            "files": files,
            "folder": self._free_path(f"{book.author}/{file_safe(book.series or '')} {book.place}"),
        }
        item.editions.clear()
        return [item]

    def _one_path(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        twin = self._clean(book)
        twin.fields |= {"folder": item.fields["folder"], "asin": item.fields["asin"]}
        twin.editions.clear()
        return [item, twin]

    def _files_missing(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.fields["files_missing"] = True
        return [item]

    def _no_cover(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.cover_pixels = None
        return [item]

    def _tiny_cover(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.cover_pixels = self.chance.choice((60, 96, 120))
        return [item]

    def _no_language(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.fields["language"] = self.chance.choice((None, None, "und"))
        return [item]

    def _wrong_language(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        wrong = self.chance.choice([name for name in ("English", "German", "French") if name != book.language.name])
        item.fields["language"] = wrong
        item.fields["asin"] = item.fields["asin"] or facts.asin(str(self.library.seed), item.fields["id"])
        item.editions = [self._edition(book, item.fields["asin"], identified=True)]
        return [item]

    def _duration_far(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.fields["asin"] = item.fields["asin"] or facts.asin(str(self.library.seed), item.fields["id"])
        item.fields["duration_minutes"] = round(book.minutes * self.chance.choice((0.3, 0.5, 0.7, 1.6, 2.1)))
        item.editions = [self._edition(book, item.fields["asin"], identified=True)]
        return [item]

    def _abridged_unmarked(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem]:
        item.fields["asin"] = item.fields["asin"] or facts.asin(str(self.library.seed), item.fields["id"])
        if self.chance.random() < 0.5:
            item.editions = [self._edition(book, item.fields["asin"], identified=True, abridged=True)]
        else:
            item.fields["folder"] = self._free_path(f"{book.author}/{file_safe(book.title)} (Abridged)")
            item.editions.clear()
        item.truth = replace(item.truth, abridged=True)
        return [item]

    def _place_twice(
        self, book: TrueBook, item: MessyItem, made: list[tuple[TrueBook, MessyItem]]
    ) -> list[MessyItem] | None:
        damaged = {each for one in self.library.planted for each in one.books}
        others = [
            other
            for true, other in made
            if true.series == book.series
            and true is not book
            and other.fields["series"] == [{"name": true.series, "sequence": true.place}]
            and other.fields["id"] not in damaged
        ]
        if not others:
            return None
        other = self.chance.choice(others)
        item.fields["series"] = [{"name": book.series, "sequence": other.fields["series"][0]["sequence"]}]
        item.fields["folder"] = self._free_path(plain_folder(book, self.chance))
        item.editions.clear()
        return [item, other]

    def _place_contradicted(self, book: TrueBook, item: MessyItem, made: Any) -> list[MessyItem] | None:
        item.fields["asin"] = item.fields["asin"] or facts.asin(str(self.library.seed), item.fields["id"])
        item.fields["series"] = [{"name": book.series, "sequence": str(40 + int(float(book.place or 1)))}]
        item.fields["folder"] = self._free_path(plain_folder(book, self.chance))
        item.editions = [self._edition(book, item.fields["asin"], identified=True)]
        return [item]
