"""Chooses the series and position of a book from several sources, including its own title and folder."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from shared.books.gaps.works import same_series, series_key
from shared.books.series.reading import read_series
from shared.books.series.sequence import normalise
from shared.books.text.languages import language_code
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import stored_series, stored_value
from shared.contracts.values import Confidence, Reason, SeriesPlace
from shared.translatable import all_of, translatable

from metadata.domain.changes import Change
from metadata.domain.confidence import Judged
from metadata.domain.editions import Edition

TEXTS = "title and folder"
WeightOf = Callable[[str], float]


@dataclass(slots=True)
class ListedSeries:
    """A series with its sources: the positions that each source gives."""

    name: str
    key: str
    places: dict[str, set[str | None]] = field(default_factory=lambda: defaultdict(set))
    by_edition: set[str] = field(default_factory=set)

    def providers(self) -> list[str]:
        """The sources that are providers."""
        return [source for source in self.places if source != TEXTS]

    def backers(self, place: str | None) -> list[str]:
        """The sources that give this position and no other; all sources if `place` is None."""
        return [source for source, places in self.places.items() if place is None or places - {None} == {place}]

    def place(self) -> str | None:
        """The position that no source contradicts, or that outweighs the contradiction; None if in doubt."""
        known = {place for places in self.places.values() for place in places if place}
        if len(known) == 1:
            return known.pop()
        backed = [place for place in known if self._outweighs(place)]
        return backed[0] if len(backed) == 1 else None

    def doubtful(self) -> bool:
        """Whether the sources contradict each other about the position, and none outweighs the others."""
        return any(places - {None} for places in self.places.values()) and self.place() is None

    def _outweighs(self, place: str) -> bool:
        """Two providers against a text, or a provider and the text against a provider."""
        backers = self.backers(place)
        against = [source for source, places in self.places.items() if places - {None} - {place}]
        return len(backers) > len(against) and any(source != TEXTS for source in backers)


def choose_series(
    book: Book, judged: Sequence[Judged], weight_of: WeightOf, *, fill_only: bool, all_answered: bool = True
) -> Change | None:
    """The change of a book's series, or None. Without `fill_only`, a value that all contradict is replaced.

    A single provider is trusted only about this edition, and only if all providers answered.
    """
    listed = listed_series(book, [each for each in judged if each.same_work], weight_of)
    for each in () if all_answered else listed:
        each.by_edition.clear()
    now = stored_series(book)
    if not now:
        best = _best_to_fill(listed)
        return change_series(book, [SeriesPlace(name=best.name, sequence=best.place())], best) if best else None
    for number, place in enumerate(now):
        mine = next((each for each in listed if each.key and same_series(each.key, series_key(place.name))), None)
        if mine is None or not mine.providers() or not _is_better(place, mine, fill_only=fill_only):
            continue
        if place.sequence and is_occupied(mine, judged):
            continue
        better = SeriesPlace(name=place.name, sequence=mine.place())
        return change_series(book, [*now[:number], better, *now[number + 1 :]], mine)
    return None if fill_only or len(now) > 1 else _replaced(book, now[0], listed, judged)


def listed_series(book: Book, judged: Sequence[Judged], weight_of: WeightOf) -> list[ListedSeries]:
    """Every series in the entries, spelled as by the provider with the highest weight."""
    listed: list[ListedSeries] = []
    for each in _nearest(sorted(judged, key=lambda one: -weight_of(one.entry.provider))):
        source = each.entry.witness
        for place in each.entry.series:
            known = _add(listed, place.name, source, normalise(place.sequence))
            if each.edition is Edition.THIS or each.identified:
                known.by_edition.add(source)
    for name, sequence in _in_texts(book):
        _add(listed, name, TEXTS, normalise(sequence))
    return listed


def _in_texts(book: Book) -> list[tuple[str, str | None]]:
    """The series in the book's texts: as the library read them together with related books, else read alone."""
    if book.series_evidence:
        return [(place.name, place.sequence) for place in book.series[:1]]
    author = book.authors[0] if book.authors else None
    readings = read_series(book.title, book.subtitle, author, book.path)
    return [(one.name, one.sequence) for one in readings[:1]]


def _nearest(judged: Sequence[Judged]) -> list[Judged]:
    """The entries of this edition by provider; if a provider has none, those with the nearest title."""
    by_provider: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        by_provider[each.entry.provider].append(each)
    chosen: list[Judged] = []
    for theirs in by_provider.values():
        this = [each for each in theirs if each.edition is Edition.THIS or each.identified]
        nearest = min(each.distance for each in theirs)
        chosen += this or [each for each in theirs if each.distance <= nearest]
    return chosen


def _add(listed: list[ListedSeries], name: str, source: str, place: str | None) -> ListedSeries:
    key = series_key(name)
    known = next((each for each in listed if same_series(each.key, key)), None)
    if known is None:
        known = ListedSeries(name, key)
        listed.append(known)
    known.places[source].add(place)
    return known


def _best_to_fill(listed: Sequence[ListedSeries]) -> ListedSeries | None:
    """The series with the most sources. A single provider needs the support of the edition or the texts.

    None if equally many sources support different series.
    """
    sure = [each for each in listed if each.providers() and not each.doubtful()]
    backed = [each for each in sure if len(each.backers(each.place())) > 1 or each.by_edition]
    ranked = sorted(backed, key=lambda each: -len(each.backers(each.place())))
    if not ranked:
        return None
    best = len(ranked[0].backers(ranked[0].place()))
    equals = [each for each in ranked if len(each.backers(each.place())) == best]
    one_voice = len({tuple(each.providers()) for each in equals}) == 1
    return equals[0] if len(equals) == 1 or one_voice else None


def _is_better(place: SeriesPlace, listed: ListedSeries, *, fill_only: bool) -> bool:
    """Whether the listed position is better than the book's position in its series."""
    now, better = normalise(place.sequence), listed.place()
    if better is None or now == better:
        return False
    if not place.sequence:
        return len(listed.backers(better)) > 1 or bool(listed.by_edition & set(listed.backers(better)))
    nobody_agrees = not any(now in places for places in listed.places.values())
    return not fill_only and nobody_agrees and len(listed.backers(better)) > 1


def _replaced(book: Book, now: SeriesPlace, listed: Sequence[ListedSeries], judged: Sequence[Judged]) -> Change | None:
    """Replace a series that no provider knows, if two providers agree on a position in another one."""
    if any(same_series(each.key, series_key(now.name)) for each in listed):
        return None
    agreed = [each for each in listed if each.place() and len(_agreeing(each)) > 1]
    if len(agreed) != 1 or is_occupied(agreed[0], judged):
        return None
    return change_series(book, [SeriesPlace(name=agreed[0].name, sequence=agreed[0].place())], agreed[0])


def is_occupied(listed: ListedSeries, judged: Sequence[Judged]) -> bool:
    """Whether a supporting provider gives the position to another audiobook in that language too."""
    place = listed.place()
    backers = listed.backers(place)
    languages = {language_code(each.entry.language) for each in judged if each.same_work}
    return any(
        same_series(listed.key, series_key(each.name)) and normalise(each.sequence) == place
        for other in judged
        if other.confidence is Confidence.UNMATCHED
        and other.entry.provider in backers
        and other.entry.is_audio
        and language_code(other.entry.language) in languages
        for each in other.entry.series
    )


def _agreeing(listed: ListedSeries) -> list[str]:
    return [source for source in listed.backers(listed.place()) if source != TEXTS]


def change_series(book: Book, new: list[SeriesPlace], listed: ListedSeries) -> Change:
    """The change to these series, with the sources that list them."""
    backers = listed.backers(listed.place())
    words = all_of([_named(source, listed.name, places) for source, places in listed.places.items()])
    source = next(each for each in (*backers, *listed.providers()) if each != TEXTS)
    reasons = (Reason.of("series agreed", words, float(len(backers))),)
    return Change("series", stored_value(book, "series"), list(new), source, Confidence.HIGH, reasons)


def _named(source: str, series: str, places: Iterable[str | None]) -> str:
    """The series and places that one source names."""
    nowhere = translatable("match.without_place", "without a position")
    shown = sorted(place or nowhere for place in places)
    words = f"{source}: {series} {', '.join(shown)}"
    return translatable("match.series_named", words, source=source, series=series, places=shown)
