"""Chooses changes that are plausible but not sure enough to be written: they are proposed to a person.

They come only from recordings of the same work that may be the owned one, and a series from any recording of the work.
An entry of another form (translated, abridged, dramatized, a part) or of a printed book proposes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shared.contracts.library.books import Book
from shared.contracts.library.field_values import FIELDS, is_empty, set_by_person, stored_value
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.values import Confidence, Reason
from shared.translatable import translatable

from metadata.domain.changes import Change
from metadata.domain.confidence import Judged
from metadata.domain.editions import Edition
from metadata.domain.field_choice import (
    AUTHOR_FIELDS,
    EDITION_FIELDS,
    ONLY_EDITION_FIELDS,
    Candidate,
    Filling,
    Read,
    compared,
    in_one_language,
    listed_by,
)
from metadata.domain.plausible_series import plausible_series
from metadata.domain.sanity import Sanity
from metadata.domain.series_choice import WeightOf

LIKELY = 0.6
"""From this score on, an uncontradicted value has the confidence MEDIUM."""
LEAST = 0.35
"""A value with a lower score is not proposed."""
SCORES = {Edition.THIS: 0.9, Edition.ALIKE: 0.8, Edition.UNKNOWN: 0.7}
"""How likely the value of a recording is that of the owned book, if no other value competes."""
READ: dict[FieldName, Read] = {**EDITION_FIELDS, **AUTHOR_FIELDS, **ONLY_EDITION_FIELDS}
OF_RECORDINGS: frozenset[FieldName] = frozenset({"asin", "isbn", "narrators"})
"""Fields in which two recordings of a work differ."""
OTHERS = frozenset({Edition.OTHER, Edition.OTHER_FORM})
UNMATCHED = Confidence.UNMATCHED
WRONG_IF_OTHERS_ARE_LISTED: frozenset[FieldName] = frozenset({"publisher", "published_year"})
"""Fields for which a catalogue without recordings lists those of a printed book."""
IF_OTHERS_ARE_LISTED = 0.75
"""Factor if other recordings of the work are known, so that an unknown one may be one of them."""


@dataclass(frozen=True, slots=True)
class PlausibleChange:
    """A change, and how likely it is right, from 0 to 1."""

    change: Change
    score: float


def plausible_changes(
    book: Book, judged: Sequence[Judged], sure: Sequence[Change], weight_of: WeightOf
) -> list[PlausibleChange]:
    """The plausible changes of fields that no sure change sets. Fields that a person set or locked are left out.

    All providers must have answered: a missing contradiction of a silent provider makes nothing plausible.
    """
    taken = {each.field for each in sure}
    free = [name for name in FIELDS if name not in taken and not set_by_person(book, name)]
    found: list[PlausibleChange | None] = []
    empty = [name for name in free if name in READ and is_empty(stored_value(book, name))]
    if empty and in_one_language(book, _possible_recordings(judged)):
        choose = _Choice(book, judged, weight_of)
        found += [choose(name, READ[name]) for name in empty]
    if "series" in free:
        series = plausible_series(book, judged, weight_of)
        found.append(_with_confidence(*series) if series else None)
    return [each for each in found if each and each.score >= LEAST]


class _Choice:
    """Chooses plausible values for the empty fields of a book."""

    def __init__(self, book: Book, judged: Sequence[Judged], weight_of: WeightOf) -> None:
        self._book = book
        self._fill = Filling(book, Sanity(book, [each.entry for each in judged if each.same_work]), weight_of)
        self._recordings = _possible_recordings(judged)
        self._others = [each for each in judged if each.edition in OTHERS and each.confidence is not UNMATCHED]

    def __call__(self, name: FieldName, read: Read) -> PlausibleChange | None:
        """The value with the most weight; None if another has as much, or if it is not likely enough."""
        by_value = self._by_value(name, read)
        weights = {value: self._weight(some) for value, some in by_value.items()}
        heaviest = max(weights.values(), default=0.0)
        best = [value for value, weight in weights.items() if weight == heaviest]
        if len(best) != 1 or not heaviest:
            return None
        backing = by_value[best[0]]
        chosen = max(backing, key=lambda each: SCORES[each.judged.edition])
        score = SCORES[chosen.judged.edition] * heaviest / sum(weights.values())
        if self._others and chosen.judged.edition is Edition.UNKNOWN:
            score *= 0.0 if name in WRONG_IF_OTHERS_ARE_LISTED else IF_OTHERS_ARE_LISTED
        agreeing = sorted({each.provider for each in backing})
        reasons = [listed_by(agreeing)]
        if len(weights) > 1:
            others = len(weights) - 1
            words = translatable("match.other_values", f"{others} other values are listed", count=others)
            reasons.append(Reason.of("another value", words))
        old = stored_value(self._book, name)
        change = Change(name, old, chosen.value, chosen.provider, Confidence.MEDIUM, (*reasons, *chosen.judged.reasons))
        return _with_confidence(change, score, contradicted=len(weights) > 1)

    def _by_value(self, name: FieldName, read: Read) -> dict[str, list[Candidate]]:
        """The candidates by value. What other recordings list is not a value of the owned one."""
        others = self._fill.candidates(name, read, self._others) if name in OF_RECORDINGS else []
        excluded = {compared(each.value) for each in others}
        by_value: dict[str, list[Candidate]] = defaultdict(list)
        for each in self._fill.candidates(name, read, self._recordings):
            if compared(each.value) not in excluded:
                by_value[compared(each.value)].append(each)
        return by_value

    def _weight(self, candidates: Iterable[Candidate]) -> float:
        """The weight of the providers that vouch for a value, each counted once."""
        backers: dict[str, float] = {}
        for each in candidates:
            backers[each.backer] = max(backers.get(each.backer, 0.0), self._fill.weight_of(each.provider))
        return sum(backers.values())


def _with_confidence(change: Change, score: float, *, contradicted: bool = False) -> PlausibleChange:
    likely = score >= LIKELY and not contradicted
    return PlausibleChange(
        replace(change, confidence=Confidence.MEDIUM if likely else Confidence.LOW), round(min(score, 1.0), 3)
    )


def _possible_recordings(judged: Sequence[Judged]) -> list[Judged]:
    """The recordings that may be the owned one; only those of the owned edition if it is known."""
    possible = [each for each in judged if _may_be_owned(each) and each.entry.is_audio is not False]
    return [each for each in possible if each.edition is Edition.THIS] or possible


def _may_be_owned(judged: Judged) -> bool:
    return judged.same_work and judged.edition in SCORES
