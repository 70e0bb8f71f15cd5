"""How surely an entry of a catalogue describes an owned book: its work and its edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shared.books.description import BookDescription
from shared.books.gaps.explained_item import BY_MAIN_TITLE, nearer_verdict
from shared.books.matching.agreement import Agreement, agreement
from shared.books.matching.folded import Folded, folded
from shared.books.matching.same_work import Answer, Verdict, are_two_volumes, compare_folded
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Confidence, Reason
from shared.translatable import translatable

from metadata.domain.descriptions import of_entry
from metadata.domain.editions import Edition, edition_of

SURE_BY_WORDS = 0.1
"""Maximum distance of titles and authors, without the series, at which they alone are sufficient."""
SURE_IF_EXPLAINED = BY_MAIN_TITLE
"""The same if the entry explains every word of the book's title or folder."""
MAX_REASONS = 4
REPEATED_RULES = frozenset({"author", "place"})
"""Rules of the distance whose words the reasons of the agreement replace."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry, how it relates to the owned book, and the reasons."""

    entry: CataloguedWork
    confidence: Confidence
    edition: Edition
    distance: float
    reasons: tuple[Reason, ...]
    identified: bool = False
    """An identifier, or narrator and duration, show that it is the owned book, even as a printed edition."""
    agrees: bool = False
    """Series, author and year are the same."""
    decided: bool = False
    """A person decided that the book is this entry."""

    @property
    def same_work(self) -> bool:
        """Surely the same work in the same form, so its data about the work applies to the book."""
        return self.confidence in (Confidence.HIGH, Confidence.MEDIUM)

    @property
    def same_edition(self) -> bool:
        """Surely the owned recording, so its data about the recording applies to the book too."""
        return self.same_work and self.edition is Edition.THIS


class Judgement:
    """Judges entries for one owned book. Each entry is compared only once."""

    def __init__(self, owned: BookDescription) -> None:
        self.owned = owned
        self._mine = _Owned(owned, folded(owned), folded(replace(owned, series=(), path=None)))
        self._known: dict[str, Judged] = {}

    @property
    def folded(self) -> Folded:
        """The owned book, folded."""
        return self._mine.whole

    def __call__(self, entries: Iterable[CataloguedWork]) -> list[Judged]:
        """Judge every entry; the surest comes first.

        HIGH: surely this work, because it is this edition or because series, author and year agree. MEDIUM: surely this
        work. LOW: possibly this work, or another form of it (translated, abridged, a part). UNMATCHED: another work.
        """
        one_of_each = {entry.id: entry for entry in entries}
        judged = _settled([self._one(entry) for entry in one_of_each.values()])
        order = list(Confidence)
        return sorted(judged, key=lambda each: (order.index(each.confidence), each.distance))

    def _one(self, entry: CataloguedWork) -> Judged:
        known = self._known.get(entry.id)
        if known is None or known.entry != entry:
            known = self._known[entry.id] = _judged(self._mine, entry)
        return known


def judge(owned: BookDescription, entries: Iterable[CataloguedWork]) -> list[Judged]:
    """Judge entries for one book, once."""
    return Judgement(owned)(entries)


def overall(judged: Sequence[Judged]) -> Confidence:
    """The confidence of the surest entry; UNMATCHED if there is none."""
    return judged[0].confidence if judged else Confidence.UNMATCHED


@dataclass(frozen=True, slots=True)
class _Owned:
    """The owned book, ready to compare: as a whole, and without its series, which may be wrong."""

    description: BookDescription
    whole: Folded
    bare: Folded


def _judged(owned: _Owned, entry: CataloguedWork) -> Judged:
    theirs = of_entry(entry)
    ready = folded(theirs)
    whole, bare = compare_folded(owned.whole, ready), compare_folded(owned.bare, ready)
    verdict = edition_of(owned.description, theirs)
    agreed = agreement(owned.description, owned.whole, theirs, ready)
    if are_two_volumes(owned.whole, ready):
        farther = max(whole.distance, bare.distance)
        words = _reasons(verdict.reason, agreed, whole, farther)
        return Judged(entry, Confidence.UNMATCHED, verdict.edition, farther, words)
    sure = SURE_BY_WORDS
    if whole.answer is Answer.SAME and bare.distance > SURE_BY_WORDS:
        bare, sure = nearer_verdict(bare, theirs, owned.description), SURE_IF_EXPLAINED
    answers = {whole.answer, bare.answer}
    known = verdict.edition is Edition.THIS and Answer.SAME in answers
    distance = min(whole.distance, bare.distance) if known else bare.distance
    sure_by_words = answers == {Answer.SAME} and distance <= sure
    nearer = whole if whole.distance <= bare.distance else bare
    reasons = _reasons(verdict.reason, agreed, nearer, distance)
    if not known and not sure_by_words:
        unlikely = answers == {Answer.DIFFERENT}
        return Judged(entry, Confidence.UNMATCHED if unlikely else Confidence.LOW, verdict.edition, distance, reasons)
    if verdict.edition is Edition.OTHER_FORM:
        return Judged(entry, Confidence.LOW, verdict.edition, distance, reasons)
    in_print = entry.is_audio is False
    edition = _edition_in_print(verdict.edition) if in_print else verdict.edition
    confidence = Confidence.HIGH if known and not in_print else Confidence.MEDIUM
    return Judged(entry, confidence, edition, distance, reasons, known, agreed.complete)


def _edition_in_print(edition: Edition) -> Edition:
    """A printed book or an e-book identifies the work, but says nothing about the recording."""
    return Edition.UNKNOWN if edition in (Edition.THIS, Edition.ALIKE) else edition


def _settled(judged: list[Judged]) -> list[Judged]:
    """Apply what depends on all entries: whether only one edition has the duration, and whether no entry describes the
    owned form."""
    alike = [each for each in judged if each.same_work and each.edition is Edition.ALIKE]
    alone = {each.entry.id for each in alike if _is_alone(each, alike)}
    settled = [
        replace(each, edition=Edition.THIS, confidence=Confidence.HIGH) if each.entry.id in alone else each
        for each in judged
    ]
    if any(each.same_edition for each in settled) or not _only_other_lengths(settled):
        return [
            replace(each, confidence=Confidence.HIGH) if each.same_work and each.agrees else each for each in settled
        ]
    return [replace(each, confidence=Confidence.LOW) if each.same_work else each for each in settled]


def _is_alone(one: Judged, alike: Sequence[Judged]) -> bool:
    """No other entry of the provider has this duration, and no other provider names another narrator."""
    for other in alike:
        if other.entry.id == one.entry.id:
            continue
        if other.entry.provider == one.entry.provider:
            return False
        if other.entry.narrators and one.entry.narrators and other.entry.narrators != one.entry.narrators:
            return False
    return True


def _only_other_lengths(judged: Sequence[Judged]) -> bool:
    """Entries of the work have durations, and all of them belong to other forms."""
    forms = [each for each in judged if each.edition is Edition.OTHER_FORM and each.distance <= SURE_BY_WORDS]
    lengths = [each for each in judged if each.same_work and each.entry.duration_minutes]
    return bool(forms) and not lengths


def _reasons(edition: Reason, agreed: Agreement, verdict: Verdict, distance: float) -> tuple[Reason, ...]:
    """The edition, what agrees, and the strongest of the other reasons."""
    others = [each for each in verdict.reasons if each.rule not in REPEATED_RULES]
    strongest = sorted(others, key=lambda reason: -abs(reason.weight))[:MAX_REASONS]
    figure = translatable(
        "match.distance",
        f"distance {distance:.2f}, from 0 (the same) to 1; at most {SURE_BY_WORDS:.2f} is sure by words alone",
        distance=distance,
        most=SURE_BY_WORDS,
    )
    words = [Reason.of(each.rule, each.words, each.weight) for each in (*agreed.reasons, *strongest)]
    return (edition, *words, Reason.of("distance", figure))
