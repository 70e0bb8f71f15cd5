"""The box sets of a catalogue and their contents, by the places that they span or the titles that they list."""

from collections.abc import Iterable, Sequence

from shared.books.gaps.answer import CatalogueEntry, LeftOut, LeftOutBecause
from shared.books.gaps.works import CatalogueWork, same_series, series_key, titles_of, without_series
from shared.books.matching.folded import Folded, folded
from shared.books.matching.work_kinds import places_spanned
from shared.books.records import record
from shared.books.series.sequence import contains
from shared.books.text.titles import fold, without_article
from shared.translatable import translatable

SHORTEST_LISTED = 8
"""The fewest letters of a title that counts as listed within a longer title, and not as a chance word."""
FEWEST_WORDS = 5
"""The fewest words of a title that may list others."""


@record
class CatalogueBox:
    """A box set or omnibus of a catalogue: its folded entry, its titles, and the places of a series that it spans."""

    edition: Folded
    names: tuple[str, ...]
    series_key: str
    span: str

    def holds(self, key: str, place: str | None) -> bool:
        """Whether the box contains a place of the series with this `series_key`."""
        return contains(self.span, place) and same_series(self.series_key, key)


def boxes_of(catalogue: Iterable[CatalogueEntry]) -> list[CatalogueBox]:
    """The entries that span several places of a series."""
    found: list[CatalogueBox] = []
    for entry in catalogue:
        for place in entry.description.series:
            span = places_spanned(place.sequence)
            if span is not None and span[0] < span[1]:
                names = (fold(without_series(entry.description.title), drop_article=True),)
                key, places = series_key(place.name), f"{span[0]:g}-{span[1]:g}"
                found.append(CatalogueBox(folded(entry.description), names, key, places))
    return found


def listing_others(entries: Sequence[CatalogueEntry]) -> list[LeftOut]:
    """Entries whose title lists two or more other titles of the catalogue: box sets without a word that marks them."""
    names = {name for entry in entries for name in titles_of(entry.description)[:1] if len(name) >= SHORTEST_LISTED}
    names_of_series = names & {series_key(place.name) for entry in entries for place in entry.description.series}
    found: list[LeftOut] = []
    for entry in entries:
        title = fold(without_series(entry.description.title))
        listed = names_listed(title, names) if len(title.split()) >= FEWEST_WORDS else []
        plural = _plural_of(title, names_of_series)
        if plural:
            words = f"the title is the plural of the series name “{plural}”"
            words = translatable("work.plural", words, series=plural)
            found.append(LeftOut(entry.id, LeftOutBecause.BOX_SET, words))
        elif len(listed) > 1:
            one, other = listed[0], listed[1]
            words = translatable("work.lists", f"the title lists “{one}” and “{other}”", one=one, other=other)
            found.append(LeftOut(entry.id, LeftOutBecause.BOX_SET, words))
    return found


def _plural_of(title: str, names: set[str]) -> str | None:
    """The name of both a series and a book, if the folded title is its plural ("The Jungle Books"), else None."""
    bare = without_article(title)
    return bare[:-1] if bare.endswith("s") and bare[:-1] in names and bare not in names else None


def works_listed(title: str, works: Sequence[CatalogueWork]) -> list[int]:
    """The numbers of the works whose whole titles a box's folded title lists. Empty when it lists only one."""
    found = [number for number, work in enumerate(works) if names_listed(title, work.names[:1])]
    return found if len(found) > 1 else []


def names_listed(title: str, names: Iterable[str]) -> list[str]:
    """The names that occur in a longer title, except those contained in another of them."""
    padded = f" {title} "
    inside = [name for name in names if name in title and f" {name} " in padded and len(name) + 4 < len(title)]
    return [name for name in inside if not any(name != other and f" {name} " in f" {other} " for other in inside)]
