"""Finds which works of a catalogue the library owns: by title, within an omnibus, or maybe under another title."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from shared.books.description import BookDescription
from shared.books.gaps.boxes import CatalogueBox, names_listed, works_listed
from shared.books.gaps.explained_item import nearer_verdict
from shared.books.gaps.omnibus import Span, spans_of
from shared.books.gaps.owned_index import Owned, Shelf, verdict_on
from shared.books.gaps.owned_parts import PartsOwned, part_of
from shared.books.gaps.works import REMEMBERED, CatalogueWork, same_series, series_key
from shared.books.matching.folded import Folded, folded
from shared.books.matching.same_work import Answer, one_series
from shared.books.matching.work_kinds import is_core_place
from shared.books.records import record
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.names import Person, people, same_name
from shared.books.text.spelling import spellings

SURELY_SAME = 0.1
"""Up to this distance, the only work that matches an owned book needs no further check."""
Spelling = tuple[tuple[str, ...], str]
"""The words of a title, and their first joined letters."""
_BETWEEN_TITLES = frozenset({"and", "the", "a", "an"})
_LETTERS_COMPARED = 40
"""Letters of a title that the filter before the comparison reads."""


@dataclass(frozen=True)
class Sought:
    """The works to find among the owned books, the boxes of the catalogue, and the series, if one is searched."""

    works: Sequence[CatalogueWork]
    boxes: Sequence[CatalogueBox] = ()
    series: str | None = None

    def places(self, work: CatalogueWork) -> list[tuple[str, str]]:
        """The series key and place of a work: in the searched series, else in its own series."""
        if self.series is not None:
            return [(series_key(self.series), work.place)] if work.place else []
        return [(name, place) for one in work.editions for name, place in one.places if place]

    @cached_property
    def first_names(self) -> list[str]:
        """The first title of each work."""
        return [name for work in self.works for name in work.names[:1]]

    @cached_property
    def ways_to_write(self) -> list[list[Spelling]]:
        """Every spelling of every title of each work."""
        return [[way for name in work.names for way in _ways_to_write(name)] for work in self.works]


@record
class Omnibus:
    """An owned book with several works: its label and its position on the shelf."""

    label: str
    position: int


@dataclass(slots=True)
class Ownership:
    """For each work, by its number: the owned book that is it, the omnibus with it, the book that may be it."""

    owned: dict[int, Owned] = field(default_factory=dict)
    omnibus: dict[int, Omnibus] = field(default_factory=dict)
    maybe: dict[int, str] = field(default_factory=dict)


def find_owned(sought: Sought, shelf: Shelf, authors: Sequence[str]) -> Ownership:
    """Assign every owned book of these authors, and every one with all words of a work's title, to its work."""
    answer = Ownership()
    writers = people(authors)
    parts = PartsOwned()
    places = shelf.by_people(authors)
    for work in sought.works:
        places |= shelf.by_title(work)
    for place in shelf.in_order(places):
        book, item = shelf.books[place]
        label = (book.path or book.title)[:120]
        if _covers(answer, sought, book, item, Omnibus(label, place)):
            continue
        if item.kind is WorkKind.SPLIT_VOLUME and _is_part(parts, sought, book):
            continue
        unsure = _is_work(answer, sought, book, item, place)
        if unsure is not None:
            for number in unsure:
                answer.maybe.setdefault(number, label)
            if _may_be_by(item, writers):
                _same_place(answer, sought, item, label)
    _record_parts(answer, parts, sought)
    _other_names_of_owned(answer, sought)
    return answer


def _may_be_by(item: Folded, writers: Sequence[Person]) -> bool:
    """Whether the book is by one of the writers, or an author is unknown. Series names can be similar."""
    known = bool(item.people and writers)
    return not known or any(same_name(one, writer) for one in item.people for writer in writers)


def _is_work(answer: Ownership, sought: Sought, book: BookDescription, item: Folded, position: int) -> list[int] | None:
    """None when the book is one of the works, which is recorded; else the works that it may be."""
    near = _works_near(sought, item)
    if not near:
        return []
    verdicts = {number: verdict_on(sought.works[number], item) for number in near}
    same = [number for number in near if verdicts[number].answer is Answer.SAME]
    if len(same) != 1 or verdicts[same[0]].distance > SURELY_SAME:
        verdicts = {
            number: nearer_verdict(verdicts[number], sought.works[number].entries[0].description, book)
            for number in near
        }
        same = [number for number in near if verdicts[number].answer is Answer.SAME]
    if not same:
        return [number for number in near if verdicts[number].answer is Answer.UNSURE]
    best = min(same, key=lambda one: (verdicts[one].distance, not is_core_place(sought.works[one].place), one))
    answer.owned.setdefault(best, Owned(book, verdicts[best], position))
    return None


def _is_part(parts: PartsOwned, sought: Sought, book: BookDescription) -> bool:
    """Whether the book is a part of one of the works. The part is recorded."""
    part = part_of(book)
    if part is None:
        return False
    whole = folded(part.whole)
    for number in _works_near(sought, whole):
        if verdict_on(sought.works[number], whole).answer is Answer.SAME:
            parts.add(number, part)
            return True
    return False


def _record_parts(answer: Ownership, parts: PartsOwned, sought: Sought) -> None:
    """Record a work as owned if all its parts are, and as maybe owned if only some are."""
    for number, owned in parts.parts.items():
        label = (owned[0].whole.title or owned[0].whole.path or "")[:120]
        if parts.complete(number):
            verdict = verdict_on(sought.works[number], folded(owned[0].whole))
            answer.owned.setdefault(number, Owned(owned[0].whole, verdict))
        else:
            answer.maybe.setdefault(number, f"{label}, part {owned[0].number}")


def _works_near(sought: Sought, item: Folded) -> list[int]:
    """A fast filter: the works of which the owned book's texts contain most words of a title, or its joined letters."""
    is_word, letters = item.words.__contains__, item.letters
    near: list[int] = []
    for number, ways in enumerate(sought.ways_to_write):
        for parts, joined in ways:
            if joined in letters or sum(map(is_word, parts)) * 2 > len(parts):
                near.append(number)
                break
    return near


@lru_cache(maxsize=REMEMBERED)
def _ways_to_write(name: str) -> tuple[Spelling, ...]:
    """The words of a title in each spelling, with their first joined letters."""
    words = tuple(name.split())
    return tuple((parts, "".join(parts)[:_LETTERS_COMPARED]) for parts in (words, *spellings(words)))


def _covers(answer: Ownership, sought: Sought, book: BookDescription, item: Folded, omnibus: Omnibus) -> bool:
    """Whether the book is an omnibus of works; they are recorded.

    It contains the places that its name spans ("Oz, Books 1-3"), or those of the catalogue's box with its title.
    """
    holders: Sequence[Span | CatalogueBox] = spans_of(book) or _boxes_it_is(sought, item)
    found = False
    for number, work in enumerate(sought.works) if holders else ():
        if any(holder.holds(name, place) for holder in holders for name, place in sought.places(work)):
            answer.omnibus.setdefault(number, omnibus)
            found = True
    if not holders and (item.kind is WorkKind.BOX_SET or _is_list_of_titles(item, sought)):
        for number in works_listed(item.text, sought.works):
            answer.omnibus.setdefault(number, omnibus)
            found = True
    return found


def _is_list_of_titles(item: Folded, sought: Sought) -> bool:
    """Whether the book's text is only titles of the works and its author: "Emma, Persuasion, Sanditon".

    Of two titles, neither may be the name of a series, because that may precede the title of any of its books.
    """
    listed = names_listed(item.text, sought.first_names)
    if len(listed) < 2:
        return False
    if len(listed) == 2 and not {name for work in sought.works for name, _ in sought.places(work)}.isdisjoint(listed):
        return False
    rest = f" {item.text} "
    for name in listed:
        rest = rest.replace(f" {name} ", " ", 1)
    known = _BETWEEN_TITLES.union(*(person.tokens for person in item.people))
    return known.issuperset(rest.split())


def _boxes_it_is(sought: Sought, item: Folded) -> list[CatalogueBox]:
    """The boxes of the catalogue that the book is, except boxes with the title of one of the works."""
    if not sought.boxes:
        return []
    titles = {name for work in sought.works for name in work.names}
    return [
        box
        for box in sought.boxes
        if any(name in item.titles[:2] and name not in titles for name in box.names)
        and (not item.people or any(same_name(one, other) for one in item.people for other in box.edition.people))
    ]


def _other_names_of_owned(answer: Ownership, sought: Sought) -> None:
    """Record a work at the same place as an owned one as maybe owned, under another title ("The Devil Doctor")."""
    owned = [(_one_place_each(sought, number), found) for number, found in answer.owned.items()]
    for number in range(len(sought.works)) if owned else ():
        if number in answer.owned or number in answer.omnibus or number in answer.maybe:
            continue
        mine = _one_place_each(sought, number)
        for theirs, found in owned:
            equal = {a == b for name, a in mine.items() for other, b in theirs.items() if one_series(name, other)}
            if equal == {True}:
                answer.maybe.setdefault(number, (found.book.path or found.book.title)[:120])


def _one_place_each(sought: Sought, number: int) -> dict[str, str]:
    """The series in which all editions of a work have the same whole place, with that place."""
    places: dict[str, set[str]] = {}
    for name, place in sought.places(sought.works[number]):
        places.setdefault(name, set()).add(place)
    return {name: min(found) for name, found in places.items() if len(found) == 1 and is_core_place(min(found))}


def _same_place(answer: Ownership, sought: Sought, item: Folded, label: str) -> None:
    """Record the works at the place of a book, which may be one of them under another title, as maybe owned."""
    for number, work in enumerate(sought.works):
        for own_name, own_place in sought.places(work):
            if any(sequence == own_place and same_series(name, own_name) for name, sequence in item.places):
                answer.maybe.setdefault(number, label)
