"""Which works of a catalogue the library owns: by title, within an omnibus, or perhaps under another title."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.books.catalogue_works import CatalogueWork, same_series, series_key
from shared.books.folded import Folded
from shared.books.same_work import Answer
from shared.books.sequence import contains, is_range
from shared.books.shelf import Owned, Shelf, verdict_on

_SPARSE = 40
"""Letters of a title looked at when owned books are sieved before they are compared."""


@dataclass(slots=True)
class Ownership:
    """For each work (by its number): the owned book that is it, the omnibus that holds it, the book that may be it."""

    owned: dict[int, Owned] = field(default_factory=dict)
    omnibus: dict[int, str] = field(default_factory=dict)
    maybe: dict[int, str] = field(default_factory=dict)


def find_owned(works: Sequence[CatalogueWork], shelf: Shelf, authors: Sequence[str], series: str | None) -> Ownership:
    """Every owned book of these authors, and every one carrying a work's whole title, given to the work it is."""
    answer = Ownership()
    places = shelf.by_people(authors)
    for work in works:
        places |= shelf.by_title(work)
    key = series_key(series) if series else None
    for place in sorted(places):
        _place_book(answer, works, shelf, place, key)
    return answer


def _place_book(answer: Ownership, works: Sequence[CatalogueWork], shelf: Shelf, place: int, key: str | None) -> None:
    item = shelf.folded(place)
    best: tuple[float, int] | None = None
    unsure: list[int] = []
    for number, work in enumerate(works):
        if not _could_be(item, work):
            continue
        verdict = verdict_on(work, item)
        if verdict.answer is Answer.SAME and (best is None or verdict.distance < best[0]):
            best = (verdict.distance, number)
            answer_for = Owned(shelf.books[place], verdict)
        elif verdict.answer is Answer.UNSURE:
            unsure.append(number)
    if best is not None:
        answer.owned.setdefault(best[1], answer_for)
        return
    if _covers(answer, works, item, key, _said(shelf, place)):
        return
    for number in unsure:
        answer.maybe.setdefault(number, _said(shelf, place))
    _same_place(answer, works, item, key, _said(shelf, place))


def _could_be(item: Folded, work: CatalogueWork) -> bool:
    """A cheap sieve: most of a title's words, or its letters run together, stand in the owned book's texts."""
    for one in work.titles:
        for title in one.titles[:2]:
            words = title.split()
            if sum(word in item.words for word in words) * 2 > len(words):
                return True
            if title.replace(" ", "")[:_SPARSE] in item.text.replace(" ", ""):
                return True
    return False


def _covers(answer: Ownership, works: Sequence[CatalogueWork], item: Folded, key: str | None, said: str) -> bool:
    """An omnibus ("Oz, Books 1-3") owns the whole places it names, in the series asked about or in the works' own."""
    ranges = [(name, sequence) for name, sequence in item.places if is_range(sequence)]
    found = False
    for number, work in enumerate(works):
        for name, sequence in ranges:
            for own_name, own_place in _places(work, key):
                if contains(sequence, own_place) and same_series(name, own_name):
                    answer.omnibus.setdefault(number, said)
                    found = True
    return found


def _same_place(answer: Ownership, works: Sequence[CatalogueWork], item: Folded, key: str | None, said: str) -> None:
    """A book that is no work by title but stands at a work's place may be it under another title."""
    for number, work in enumerate(works):
        for own_name, own_place in _places(work, key):
            if any(sequence == own_place and same_series(name, own_name) for name, sequence in item.places):
                answer.maybe.setdefault(number, said)


def _places(work: CatalogueWork, key: str | None) -> list[tuple[str, str]]:
    if key is not None:
        return [(key, work.place)] if work.place else []
    return [(name, place) for one in work.titles for name, place in one.places if place]


def _said(shelf: Shelf, place: int) -> str:
    book = shelf.books[place]
    return (book.path or book.title)[:120]
