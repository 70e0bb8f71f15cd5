"""Who is who: authors and series known under several spellings get one identity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from shared.books.gaps.works import keys_of_one_series, series_key
from shared.books.text.names import Person, is_nobody, person, same_name, same_people, split_people, without_pen_name
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold

from library_scanner.domain.series_reading import place_of


def author_key(name: str) -> str:
    """An author's name as it is compared: "Baum, L. Frank" and "L. Frank Baum" are one."""
    return person(name).letters or fold(name) or name.strip().lower()


def by_person(names: Sequence[str]) -> list[list[int]]:
    """The places of names that are one person, a full name first: "W. Collins" goes with the only "Wilkie Collins".

    An initial that fits two full names goes with neither.
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
    """Whether the first name is an initial, or is not given at all."""
    return not one.given or len(one.given[0]) == 1


def names_of(authors: Iterable[str]) -> list[str]:
    """Every person once: "Niven & Pournelle" are two, a name with its pen name is one, "Unknown" is nobody."""
    named = [name for text in authors for name in (split_people(without_pen_name(text)) or (text,))]
    return [name for name in named if not is_nobody(name)]


def key_of_series(name: str) -> str:
    """A series' name as it is compared: "The Dr. Tuck Series" and "Doctor Tuck" are one."""
    return one_spelling(series_key(name) or fold(name)) or name.strip().lower()


def keys_of_series(name: str) -> tuple[str, ...]:
    """Every compared name under which an author's series of this name may be kept, its own first.

    "Red Tide" may be kept as "Red Tide Saga", and the other way round; by another author that is another series.
    """
    return keys_of_one_series(key_of_series(name))


@dataclass(slots=True)
class KnownSeries:
    """A series and who wrote which of its places."""

    id: UUID
    key: str
    number: int
    name: str
    authors: list[str] = field(default_factory=list)
    places: dict[str, list[str]] = field(default_factory=dict)
    new: bool = False
    altered: bool = False

    def takes(self, sequence: str | None, authors: Sequence[str]) -> bool:
        """False for a book by others at a place that is taken: it belongs to another series of the same name."""
        holders = self.places.get(sequence or "")
        return not holders or not authors or same_people(holders, authors)


class SeriesRegister:
    """The series of some keys; finds the one a book belongs to, or enters a new one."""

    def __init__(self, known: Iterable[KnownSeries]) -> None:
        self._by_key: dict[str, list[KnownSeries]] = {}
        for one in known:
            self._by_key.setdefault(one.key, []).append(one)

    def find(self, name: str, sequence: str | None, authors: Sequence[str]) -> KnownSeries:
        """The series of this name that the book's authors write, else one where its place is free, else a new one.

        Only the authors' own series may differ in a last word such as "Saga".
        """
        key = key_of_series(name)
        place = place_of(sequence)
        same_name = self._by_key.setdefault(key, [])
        alike = [one for other in keys_of_series(name) for one in self._by_key.get(other, ())]
        found = next((one for one in alike if authors and same_people(one.authors, authors)), None)
        found = found or next((one for one in same_name if one.takes(place, authors)), None)
        if found is None:
            found = KnownSeries(uuid4(), key, len(same_name), name, new=True)
            same_name.append(found)
        _enter(found, place, authors)
        return found

    def all(self) -> list[KnownSeries]:
        """Every series, with what was entered."""
        return [one for series in self._by_key.values() for one in series]


def _enter(series: KnownSeries, place: str | None, authors: Sequence[str]) -> None:
    missing = [name for name in authors if name not in series.authors]
    if missing and len(series.authors) < 20:
        series.authors += missing
        series.altered = True
    if place and authors:
        series.places.setdefault(place, list(authors))
