"""Compares a bibliography with the owned books: which works are gaps, and why the others are not."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shared.books.description import SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, Gap, GapAnswer, GapPolicy, LeftOutBecause
from shared.books.gaps.finding import author_gaps, series_gaps
from shared.books.gaps.owned_index import Shelf
from shared.books.matching.same_work import best_match
from shared.books.text.names import same_people
from shared.contracts.metadata.bibliographies import BibliographyOf, CataloguedWork
from shared.translatable import translatable

from library_scanner.domain.catalogue_entries import describe_entry
from library_scanner.domain.editions import editions_of
from library_scanner.domain.following import FollowRules
from library_scanner.domain.found_gap import FoundGap, found_gap
from library_scanner.domain.identity import key_of_series
from library_scanner.domain.places import with_agreed_places
from library_scanner.domain.ports import Subject
from library_scanner.domain.series_corrections import Rulings
from library_scanner.domain.work_list import WorkEntry, work_entries


@dataclass(frozen=True, slots=True)
class GapRules:
    """`languages` are two-letter codes, the first preferred; `as_of` is today; `max_missing` limits one subject.

    A series has gaps only if at least `least_owned` of its works are owned, according to the library or the catalogue.
    """

    languages: tuple[str, ...]
    as_of: date
    max_missing: int
    least_owned: int = 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided: how the series and authors are followed, and the corrections of the lists."""

    follow_rules: FollowRules
    rulings: Rulings = field(default_factory=Rulings)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gaps` and the announced works in `upcoming` are to be stored, `over_limit` are over the limit of one of them.

    `left_out` says for each other entry why it is no gap. `entries` is every work of the
    bibliography with its state.
    """

    gaps: tuple[FoundGap, ...]
    upcoming: tuple[FoundGap, ...]
    over_limit: tuple[FoundGap, ...]
    left_out: dict[str, str]
    entries: tuple[WorkEntry, ...] = ()

    def has_gap(self, catalogue_ids: Iterable[str]) -> bool:
        """Whether one of these entries belongs to a gap or an upcoming work, within the limit or over it."""
        ids = set(catalogue_ids)
        return any(ids & set(gap.catalogue_ids) for gap in (*self.gaps, *self.upcoming, *self.over_limit))


def compare_with_owned(
    subject: Subject,
    works: Sequence[CataloguedWork],
    shelf: Shelf,
    rules: GapRules,
    archived: Shelf | None = None,
    decisions: Decisions | None = None,
) -> Comparison:
    """Return the gaps of a series or an author. A work without a known audiobook edition is not a gap.

    `archived` contains the books that the library no longer has. Without `decisions`, only how the subject is followed
    counts.
    """
    decisions = decisions or Decisions(FollowRules(subject.of, subject.following))
    finder = _Finder(subject, works, shelf, archived, decisions.rulings)
    found: list[FoundGap] = []
    left_out: dict[str, str] = dict(finder.removed)
    answers: list[GapAnswer] = []
    for language in rules.languages:
        policy = GapPolicy(as_of=rules.as_of, language=language)
        answer = finder.answer(policy)
        answers.append(answer)
        left_out |= {each.id: each.words for each in answer.left_out}
        if max(subject.owned, answer.owned_works) < rules.least_owned:
            least = rules.least_owned
            words = translatable("work.few_owned", f"fewer than {least} works of the series are owned", least=least)
            left_out |= {each: words for gap in answer.missing for each in gap.work_ids}
            continue
        released = finder.released(answer, policy)
        available = {each for gap in released for each in gap.catalogue_ids}
        words = translatable("work.no_audiobook", "no audiobook edition is known")
        left_out |= {each: words for gap in answer.missing for each in gap.work_ids if each not in available}
        for gap in (*released, *finder.upcoming(answer, available, policy)):
            not_wanted = decisions.follow_rules.why_not_wanted(gap)
            if not_wanted is not None:
                left_out |= dict.fromkeys(gap.catalogue_ids, not_wanted)
            elif best_match(gap.description, [(None, each.description) for each in found]) is None:
                found.append(gap)
    if subject.of is BibliographyOf.AUTHOR:
        found.sort(key=lambda gap: -gap.editions.popularity)
    comparison = _limited(found, left_out, rules.max_missing)
    return replace(comparison, entries=work_entries(subject, finder.works, answers, comparison))


def _limited(found: Sequence[FoundGap], left_out: Mapping[str, str], max_missing: int) -> Comparison:
    released = [gap for gap in found if not gap.is_upcoming]
    upcoming = [gap for gap in found if gap.is_upcoming]
    gap_ids = {each for gap in found for each in gap.catalogue_ids}
    return Comparison(
        gaps=tuple(released[:max_missing]),
        upcoming=tuple(upcoming[:max_missing]),
        over_limit=(*released[max_missing:], *upcoming[max_missing:]),
        left_out={each: words for each, words in left_out.items() if each not in gap_ids},
    )


class _Finder:
    """Finds the gaps of one subject, in one language after another."""

    def __init__(
        self,
        subject: Subject,
        works: Sequence[CataloguedWork],
        shelf: Shelf,
        archived: Shelf | None,
        rulings: Rulings,
    ) -> None:
        self._subject = subject
        listed = rulings.listed(works)
        self.works = {work.id: work for work in listed}
        self.removed = {work.id: why for work in works if (why := rulings.why_removed(work)) is not None}
        self._entries = [
            CatalogueEntry(work.id, describe_entry(work))
            for work in listed
            if work.id not in self.removed and _may_belong_to(subject, work)
        ]
        if subject.of is BibliographyOf.SERIES:
            providers = {work.id: work.provider for work in listed}
            self._entries = rulings.placed(with_agreed_places(self._entries, subject.name, providers))
        self._shelf = shelf
        self._archived = archived

    def answer(self, policy: GapPolicy) -> GapAnswer:
        """The gaps of the catalogue, whether or not an audiobook is known."""
        return self._compare(self._shelf, policy)

    def released(self, answer: GapAnswer, policy: GapPolicy) -> list[FoundGap]:
        """The gaps with a known audiobook edition."""
        owned_once = _owned(self._compare(self._archived, policy)) if self._archived and answer.missing else frozenset()
        found = []
        for gap in answer.missing:
            was_owned = not owned_once.isdisjoint(gap.work_ids)
            found += self._found(gap, policy, was_owned=was_owned)
        return found

    def upcoming(self, answer: GapAnswer, available: Container[str], policy: GapPolicy) -> list[FoundGap]:
        """The works that would be gaps on a later day. `available` are the entries of gaps that are released."""
        if not any(each.why is LeftOutBecause.UNRELEASED for each in answer.left_out):
            return []
        later = self._compare(self._shelf, replace(policy, as_of=date.max))
        announced = (gap for gap in later.missing if not any(each in available for each in gap.work_ids))
        found = [each for gap in announced for each in self._found(gap, policy)]
        return [gap for gap in found if gap.is_upcoming]

    def _compare(self, shelf: Shelf, policy: GapPolicy) -> GapAnswer:
        if self._subject.of is BibliographyOf.SERIES:
            series = SeriesPlace(self._subject.name)
            return series_gaps(series, self._subject.authors, self._entries, shelf, policy)
        return author_gaps(self._subject.authors, self._entries, shelf, policy)

    def _found(self, gap: Gap, policy: GapPolicy, *, was_owned: bool = False) -> list[FoundGap]:
        """The gap with its audio editions; [] if none is known."""
        works = [self.works[each] for each in gap.work_ids]
        editions = editions_of(works, policy.language)
        if editions is None:
            return []
        return [found_gap(self._subject, gap, works, editions, policy, was_owned=was_owned)]


def _owned(answer: GapAnswer) -> frozenset[str]:
    """The entries of works that are owned, are part of an owned omnibus, or may be owned."""
    return frozenset(each.id for each in answer.left_out if each.why in _OWNED_REASONS)


_OWNED_REASONS = (LeftOutBecause.OWNED, LeftOutBecause.OWNED_IN_OMNIBUS, LeftOutBecause.MAYBE_OWNED)


def _may_belong_to(subject: Subject, work: CataloguedWork) -> bool:
    """Whether a work can belong to a series: it has the same authors, or exactly the same series name.

    A similar name ("Penham Tales", "Penholm Tales") by other authors is another series. If two series of the library
    have the same name, only the authors distinguish them.
    """
    if subject.of is BibliographyOf.AUTHOR or not work.authors or same_people(work.authors, subject.authors):
        return True
    key = key_of_series(subject.name)
    return not subject.name_is_shared and any(key_of_series(place.name) == key for place in work.series)
