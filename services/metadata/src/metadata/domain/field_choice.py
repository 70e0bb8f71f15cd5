"""Chooses the fields of a book to change. If in doubt, nothing is changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shared.books.matching.folded import folded
from shared.books.matching.same_work import are_two_volumes
from shared.books.text.identifiers import asin, isbn13
from shared.books.text.languages import language_code
from shared.books.text.names import same_people
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import is_empty, set_by_person, stored_value
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Reason
from shared.translatable import translatable

from metadata.domain.changes import Change
from metadata.domain.confidence import Judged
from metadata.domain.descriptions import of_entry
from metadata.domain.editions import Edition, names_recording
from metadata.domain.sanity import Sanity, is_first_publication
from metadata.domain.series_choice import WeightOf, choose_series

Read = Callable[[CataloguedWork], FieldValue]

EDITION_FIELDS: dict[FieldName, Read] = {
    "asin": lambda entry: asin(entry.asin),
    "narrators": lambda entry: list(entry.narrators),
    "subtitle": lambda entry: entry.subtitle,
    "abridged": lambda entry: entry.abridged or None,
}
"""Fields that differ between recordings: only an entry of the same edition may fill them."""
AUTHOR_FIELDS: dict[FieldName, Read] = {"authors": lambda entry: list(entry.authors)}
"""Fields of the work: entries of other editions may fill them if all of them name the same person."""
ONLY_EDITION_FIELDS: dict[FieldName, Read] = {
    "isbn": lambda entry: isbn13(entry.isbn),
    "publisher": lambda entry: entry.publisher,
    "published_year": lambda entry: f"{entry.published_year:04d}" if entry.published_year else None,
    "language": lambda entry: entry.language,
}
"""Fields that the only known audiobook of a work may fill, even if it has neither narrator nor duration."""
WORK_FIELDS: dict[FieldName, Read] = {
    "description": lambda entry: entry.description,
    "genres": lambda entry: list(entry.genres),
}
ONLY_OF_RECORDINGS: frozenset[FieldName] = frozenset({"publisher", "published_year"})
"""Fields in which a printed book differs from its recording: only entries with details of a recording fill them."""
MUST_AGREE: frozenset[FieldName] = frozenset({"asin", "isbn", "language", "narrators"})
"""Fields that are not filled if two entries of this edition contradict each other."""


def choose(
    book: Book, judged: Sequence[Judged], weight_of: WeightOf, *, fill_only: bool, all_answered: bool = True
) -> list[Change]:
    """Every change that is sure. A title and fields that a person set are never changed.

    Unless all providers answered, a missing contradiction proves nothing, so no edition is matched by duration alone.
    """
    sure = [each for each in judged if each.same_edition and (all_answered or each.identified)]
    this = _by_weight(sure, weight_of)
    only = this + (_only_edition(book, judged) if all_answered else [])
    others = _by_weight([each for each in judged if each.same_work and each not in sure], weight_of)
    work = this + (others if in_one_language(book, [*this, *others]) else [])
    changes: list[Change] = []
    fill = Filling(book, Sanity(book, [each.entry for each in judged if each.same_work]), weight_of)
    authors = this or (others if _name_one_person(others) else [])
    parts = ((EDITION_FIELDS, this), (AUTHOR_FIELDS, authors), (ONLY_EDITION_FIELDS, only), (WORK_FIELDS, work))
    for fields, entries in parts:
        for name, read in fields.items():
            if is_empty(stored_value(book, name)) and not set_by_person(book, name):
                change = fill(name, read, entries)
                changes += [change] if change else []
    series = None
    if not set_by_person(book, "series"):
        series = choose_series(book, judged, weight_of, fill_only=fill_only, all_answered=all_answered)
    return [*changes, *([series] if series else [])]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that makes sense for a field, and its entry. `repaired`: noise of the provider was removed."""

    judged: Judged
    value: FieldValue
    repaired: bool

    @property
    def provider(self) -> str:
        """The provider of the entry."""
        return self.judged.entry.provider

    @property
    def backer(self) -> str:
        """The provider that vouches for the value."""
        return self.judged.entry.witness


@dataclass(frozen=True, slots=True)
class Filling:
    """Fills empty fields of one book."""

    book: Book
    sanity: Sanity
    weight_of: WeightOf

    def __call__(self, name: FieldName, read: Read, entries: Iterable[Judged]) -> Change | None:
        """The change that fills a field from these entries, or None.

        Of several values, the one whose providers weigh most together is used: two independent providers that agree
        outweigh a single one with a higher weight. Values of audiobooks go first.
        """
        candidates = self.candidates(name, read, entries)
        if name in MUST_AGREE and _contradict(candidates):
            candidates = _of_the_nearest_volume(candidates)
        if not candidates or (name in MUST_AGREE and _contradict(candidates)):
            return None
        chosen = self._heaviest(name, candidates)
        same = compared(chosen.value)
        agreeing = sorted({each.provider for each in candidates if compared(each.value) == same})
        reasons = [listed_by(agreeing)]
        if others := sorted({each.provider for each in candidates} - set(agreeing)):
            words = translatable("match.other_value_by", f"listed by {', '.join(others)}", providers=others)
            reasons.append(Reason.of("another value", words, -float(len(others))))
        return Change(
            name,
            stored_value(self.book, name),
            chosen.value,
            chosen.provider,
            chosen.judged.confidence,
            (*reasons, *chosen.judged.reasons),
        )

    def candidates(self, name: FieldName, read: Read, entries: Iterable[Judged]) -> list[Candidate]:
        """The values of these entries that make sense for a field. A mark that one of them denies has none."""
        listed = list(entries)
        if name == "abridged" and any(each.entry.abridged is False for each in listed):
            return []
        return [each for each in (self._candidate(name, read, entry) for entry in listed) if each]

    def _candidate(self, name: FieldName, read: Read, judged: Judged) -> Candidate | None:
        listed = read(judged.entry)
        if name in ONLY_OF_RECORDINGS and not names_recording(judged.entry):
            return None
        value = None if is_empty(listed) else self.sanity.sane(name, judged.entry, listed)
        return None if is_empty(value) else Candidate(judged, value, repaired=value != listed)

    def _heaviest(self, name: FieldName, candidates: Sequence[Candidate]) -> Candidate:
        """The candidate to use; entries are in the order of weight. A value as the provider wrote it goes first.

        A year before the first audiobooks is that of the first publication. It is used only if no recording has a year.
        """
        recordings = [each for each in candidates if each.judged.entry.is_audio is not False]
        heard = recordings or list(candidates)
        if name == "published_year":
            heard = [each for each in heard if not is_first_publication(str(each.value))] or heard
        weights: dict[str, dict[str, float]] = {}
        for each in heard:
            backers = weights.setdefault(compared(each.value), {})
            backers[each.backer] = max(backers.get(each.backer, 0.0), self.weight_of(each.provider))
        heaviest = max(weights, key=lambda value: sum(weights[value].values()))
        return min((each for each in heard if compared(each.value) == heaviest), key=lambda each: each.repaired)


def listed_by(providers: Sequence[str]) -> Reason:
    """The reason for a value that these providers list."""
    names = translatable("match.providers", ", ".join(providers), providers=list(providers))
    return Reason.of("listed by", names, float(len(providers)))


def _contradict(candidates: Sequence[Candidate]) -> bool:
    return len({compared(each.value) for each in candidates}) > 1


def _of_the_nearest_volume(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The values of the entries with the nearest title, if all the others are other volumes of the series; else none.

    Volumes of one series may have the same duration and narrator. Their identifiers contradict each other, but only one
    of them belongs to the owned book.
    """
    least = min(each.judged.distance for each in candidates)
    near = [each for each in candidates if each.judged.distance <= least]
    others = [each.judged for each in candidates if each.judged.distance > least]
    apart = all(_are_two_volumes(each.judged, other) for each in near for other in others)
    return near if others and apart else []


def _are_two_volumes(one: Judged, other: Judged) -> bool:
    return are_two_volumes(folded(of_entry(one.entry)), folded(of_entry(other.entry)))


def _only_edition(book: Book, judged: Sequence[Judged]) -> list[Judged]:
    """A provider's only audiobook without edition details, if no provider lists an edition that is not owned."""
    if any(each.edition in (Edition.OTHER, Edition.ALIKE) for each in judged if _is_of_the_work(each)):
        return []
    unknown = [each for each in judged if each.same_work and each.edition is Edition.UNKNOWN and each.entry.is_audio]
    by_provider: dict[str, list[Judged]] = {}
    for each in unknown:
        by_provider.setdefault(each.entry.provider, []).append(each)
    alone = [theirs[0] for theirs in by_provider.values() if len(theirs) == 1]
    listed = [*(each for each in judged if each.same_edition), *alone]
    return alone if in_one_language(book, listed) else []


def in_one_language(book: Book, entries: Sequence[Judged]) -> bool:
    """Whether the book's language is known or the entries have at most one language."""
    languages = {
        language_code(each.entry.language) or fold(each.entry.language) for each in entries if each.entry.language
    }
    return bool(book.language) or len(languages) <= 1


def _is_of_the_work(each: Judged) -> bool:
    return each.same_work and each.entry.is_audio is not False


def _name_one_person(judged: Sequence[Judged]) -> bool:
    """Whether all entries with authors name the same people."""
    named = [each.entry.authors for each in judged if each.entry.authors]
    return all(same_people(named[0], each) for each in named)


def _by_weight(judged: Iterable[Judged], weight_of: WeightOf) -> list[Judged]:
    """Audiobooks first, then by the weight of the provider."""
    return sorted(judged, key=lambda each: (each.entry.is_audio is False, -weight_of(each.entry.provider)))


def compared(value: FieldValue) -> str:
    """A value in a form in which two spellings of it are equal."""
    if isinstance(value, bool):
        return str(value)
    return "|".join(sorted(fold(str(each)) for each in value)) if isinstance(value, list) else fold(value)
