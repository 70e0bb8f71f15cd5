"""Which fields of a book are changed, one by one: in doubt none."""

from collections.abc import Callable, Iterable, Sequence

from shared.books.matching.folded import folded
from shared.books.matching.same_work import are_two_volumes
from shared.books.text.identifiers import asin, isbn13
from shared.books.text.languages import language_code
from shared.books.text.names import same_people
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Confidence, Reason

from metadata.domain.changes import Change, is_empty, present, set_by_person
from metadata.domain.confidence import Judged
from metadata.domain.descriptions import of_entry
from metadata.domain.editions import Edition
from metadata.domain.series_choice import WeightOf, choose_series

Read = Callable[[CataloguedWork], FieldValue]

OF_THIS_EDITION: dict[FieldName, Read] = {
    "asin": lambda entry: asin(entry.asin),
    "narrators": lambda entry: list(entry.narrators),
    "subtitle": lambda entry: entry.subtitle,
}
"""Fields that differ between recordings: only an entry of the very edition may fill them."""
BY_WHOM: dict[FieldName, Read] = {"authors": lambda entry: list(entry.authors)}
"""Known of the work by everybody: entries of other editions fill it where all of them name one person."""
OF_THE_ONLY_EDITION: dict[FieldName, Read] = {
    "isbn": lambda entry: isbn13(entry.isbn),
    "publisher": lambda entry: entry.publisher,
    "published_year": lambda entry: f"{entry.published_year:04d}" if entry.published_year else None,
    "language": lambda entry: entry.language,
}
"""Fields that the only audiobook known of a work may fill too, though it tells neither narrator nor duration."""
OF_THE_WORK: dict[FieldName, Read] = {
    "description": lambda entry: entry.description,
    "genres": lambda entry: list(entry.genres),
}
MUST_AGREE: frozenset[FieldName] = frozenset({"asin", "isbn", "language", "narrators"})
"""Fields that are left alone when two entries of this edition contradict each other."""


def choose(
    book: Book, judged: Sequence[Judged], weight_of: WeightOf, *, fill_only: bool, all_answered: bool = True
) -> list[Change]:
    """Every change that is sure. A title is never changed, and no field that a person set.

    Unless all providers answered, nothing is concluded from what nobody contradicts: no edition by its length alone.
    """
    sure = [each for each in judged if each.confidence is Confidence.HIGH and (all_answered or each.identified)]
    this = _by_weight(sure, weight_of)
    only = this + (_only_edition(book, judged) if all_answered else [])
    others = _by_weight([each for each in judged if each.same_work and each not in sure], weight_of)
    work = this + (others if _in_one_language(book, [*this, *others]) else [])
    changes: list[Change] = []
    by_whom = this or (others if _name_one_person(others) else [])
    parts = ((OF_THIS_EDITION, this), (BY_WHOM, by_whom), (OF_THE_ONLY_EDITION, only), (OF_THE_WORK, work))
    for fields, told in parts:
        for name, read in fields.items():
            if is_empty(present(book, name)) and not set_by_person(book, name):
                change = _filled(book, name, read, told)
                changes += [change] if change else []
    series = None
    if not set_by_person(book, "series"):
        series = choose_series(book, judged, weight_of, fill_only=fill_only, all_answered=all_answered)
    return [*changes, *([series] if series else [])]


def _filled(book: Book, name: FieldName, read: Read, told: Iterable[Judged]) -> Change | None:
    values = [(each, read(each.entry)) for each in told]
    given = [(each, value) for each, value in values if not is_empty(value) and _can_be(book, name, value)]
    if name in MUST_AGREE and _contradict(given):
        given = _of_the_nearest_volume(given)
    if not given or (name in MUST_AGREE and _contradict(given)):
        return None
    chosen, value = given[0]
    agreeing = sorted({each.entry.provider for each, other in given if _compared(other) == _compared(value)})
    agreed = Reason(rule="told by", words=", ".join(agreeing), weight=float(len(agreeing)))
    return Change(name, present(book, name), value, chosen.entry.provider, chosen.confidence, (agreed, *chosen.reasons))


def _contradict(given: Sequence[tuple[Judged, FieldValue]]) -> bool:
    return len({_compared(value) for _, value in given}) > 1


def _of_the_nearest_volume(given: Sequence[tuple[Judged, FieldValue]]) -> list[tuple[Judged, FieldValue]]:
    """What the entries nearest by their words give, if all the others are other volumes of the series; else nothing.

    Volumes of one series may be as long as each other and read by one narrator. Their identifiers contradict each
    other, but only one of them is the owned book's.
    """
    least = min(each.distance for each, _ in given)
    near = [(each, value) for each, value in given if each.distance <= least]
    others = [each for each, _ in given if each.distance > least]
    apart = all(_are_two_volumes(each, other) for each, _ in near for other in others)
    return near if others and apart else []


def _are_two_volumes(one: Judged, other: Judged) -> bool:
    return are_two_volumes(folded(of_entry(one.entry)), folded(of_entry(other.entry)))


def _can_be(book: Book, name: FieldName, value: FieldValue) -> bool:
    """No subtitle that the title holds already, and no year in which the library had the book before."""
    if name == "subtitle":
        return fold(str(value)) not in fold(book.title)
    return name != "published_year" or int(str(value)) <= book.added_at.year


def _only_edition(book: Book, judged: Sequence[Judged]) -> list[Judged]:
    """The one audiobook of a provider that tells no edition, when nobody knows of an edition that is not owned."""
    if any(each.edition in (Edition.OTHER, Edition.ALIKE) for each in judged if _is_of_the_work(each)):
        return []
    untold = [each for each in judged if each.same_work and each.edition is Edition.UNTOLD and each.entry.is_audio]
    by_provider: dict[str, list[Judged]] = {}
    for each in untold:
        by_provider.setdefault(each.entry.provider, []).append(each)
    alone = [theirs[0] for theirs in by_provider.values() if len(theirs) == 1]
    told = [*(each for each in judged if each.confidence is Confidence.HIGH), *alone]
    return alone if _in_one_language(book, told) else []


def _in_one_language(book: Book, told: Sequence[Judged]) -> bool:
    """Whether no two of them tell different languages, of which the owned one would have to be known."""
    languages = {
        language_code(each.entry.language) or fold(each.entry.language) for each in told if each.entry.language
    }
    return bool(book.language) or len(languages) <= 1


def _is_of_the_work(each: Judged) -> bool:
    return each.same_work and each.entry.is_audio is not False


def _name_one_person(judged: Sequence[Judged]) -> bool:
    """Whether everybody who names an author means the same one."""
    told = [each.entry.authors for each in judged if each.entry.authors]
    return all(same_people(told[0], each) for each in told)


def _by_weight(judged: Iterable[Judged], weight_of: WeightOf) -> list[Judged]:
    """Audiobooks first, then the provider of most weight."""
    return sorted(judged, key=lambda each: (each.entry.is_audio is False, -weight_of(each.entry.provider)))


def _compared(value: FieldValue) -> str:
    return "|".join(sorted(fold(str(each)) for each in value)) if isinstance(value, list) else fold(value)
