"""Identifies authors and series that are spelled in several ways."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from shared.books.gaps.works import keys_of_one_series, series_key
from shared.books.text.names import Person, is_nobody, person, same_name, same_people, split_people, without_pen_name
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold

from library_scanner.domain.series_reading import place_of


def author_key(name: str) -> str:
    """Return the key of an author: the same for "Baum, L. Frank" and "L. Frank Baum"."""
    return person(name).letters or fold(name) or name.strip().lower()


def by_person(names: Sequence[str]) -> list[list[int]]:
    """Group names by person and return their indexes, a full name first: "W. Collins" is the only "Wilkie Collins".

    An initial that matches two full names is grouped with neither.
    """
    people = [person(name) for name in names]
    groups: dict[str, list[list[int]]] = {}
    for place in sorted(range(len(names)), key=lambda one: (_is_short(people[one]), one)):
        known = groups.setdefault(people[place].surname, [])
        fitting = [group for group in known if same_name(people[group[0]], people[place])]
        if len(fitting) == 1 and _is_short(people[place]):
            fitting[0].append(place)
        else:
            known.append([place])
    return [group for known in groups.values() for group in known]


def _is_short(one: Person) -> bool:
    """Whether the first name is an initial or absent."""
    return not one.given or len(one.given[0]) == 1


def one_name_each(names: Sequence[str]) -> list[str]:
    """Return one name of each person, in the order of the first ones: "Baum, L. Frank" is "L. Frank Baum".

    A full name is preferred to an initial, and then a name without a comma to one with its last name first.
    """
    spellings: dict[str, str] = {}
    for name in sorted(names, key=lambda one: "," in one):
        spellings.setdefault(author_key(name), name)
    people = list(dict.fromkeys(author_key(name) for name in names))
    written = [spellings[key] for key in people]
    return [written[group[0]] for group in sorted(by_person(written), key=min)]


def names_of(authors: Iterable[str]) -> list[str]:
    """Return each person's name: "Niven & Pournelle" are two, a name with a pen name is one, "Unknown" is none."""
    named = [name for text in authors for name in (split_people(without_pen_name(text)) or (text,))]
    return [name for name in named if not is_nobody(name)]


def key_of_series(name: str) -> str:
    """Return the key of a series: the same for "The Dr. Tuck Series" and "Doctor Tuck"."""
    return one_spelling(series_key(name) or fold(name)) or name.strip().lower()


def keys_of_series(name: str) -> tuple[str, ...]:
    """Return every key under which an author's series of this name may be stored, its own first.

    "Red Tide" may be stored as "Red Tide Saga", and the other way round; by another author that is another series.
    """
    return keys_of_one_series(key_of_series(name))


@dataclass(slots=True)
class KnownSeries:
    """A series and the authors of each position in it."""

    id: UUID
    key: str
    number: int
    name: str
    authors: list[str] = field(default_factory=list)
    places: dict[str, list[str]] = field(default_factory=dict)
    new: bool = False
    altered: bool = False

    def has_room_for(self, sequence: str | None, authors: Sequence[str]) -> bool:
        """Return False if a book by other authors has the position: then this is another series of the same name."""
        holders = self.places.get(sequence or "")
        return not holders or not authors or same_people(holders, authors)


class SeriesRegister:
    """Finds the series that a book belongs to, or adds a new one."""

    def __init__(self, known: Iterable[KnownSeries]) -> None:
        self._by_key: dict[str, list[KnownSeries]] = {}
        for one in known:
            self._by_key.setdefault(one.key, []).append(one)

    def find(self, name: str, sequence: str | None, authors: Sequence[str]) -> KnownSeries:
        """Return the series of this name by the book's authors, else one with a free position, else a new one.

        Only a series by the same authors may differ in a last word such as "Saga".
        """
        key = key_of_series(name)
        place = place_of(sequence)
        same_name = self._by_key.setdefault(key, [])
        alike = [one for other in keys_of_series(name) for one in self._by_key.get(other, ())]
        found = next((one for one in alike if authors and same_people(one.authors, authors)), None)
        found = found or next((one for one in same_name if one.has_room_for(place, authors)), None)
        if found is None:
            found = KnownSeries(uuid4(), key, len(same_name), name, new=True)
            same_name.append(found)
        _create_entries(found, place, authors)
        return found

    def all(self) -> list[KnownSeries]:
        """Return every series, including the new ones."""
        return [one for series in self._by_key.values() for one in series]


def _create_entries(series: KnownSeries, place: str | None, authors: Sequence[str]) -> None:
    missing = [name for name in authors if name not in series.authors]
    if missing and len(series.authors) < 20:
        series.authors += missing
        series.altered = True
    if place and authors:
        series.places.setdefault(place, list(authors))
