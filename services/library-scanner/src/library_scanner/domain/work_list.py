"""Lists every work of a bibliography with its kind, its state and the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.books.description import BookDescription
from shared.books.gaps.answer import CatalogueEntry, GapAnswer, JudgedWork, LeftOutBecause
from shared.books.gaps.works import place_in, same_series, series_key, titles_of
from shared.books.matching.work_kinds import kind_of
from shared.books.text.kind_phrases import WorkKind
from shared.contracts.library.work_lists import EntryKind, EntryState, NarratedEdition
from shared.contracts.metadata.bibliographies import BibliographyOf, CataloguedWork
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.catalogue_entries import describe_entry
from library_scanner.domain.editions import Release, first_release, released
from library_scanner.domain.found_gap import FoundGap
from library_scanner.domain.ports import Subject
from library_scanner.domain.series_corrections import PERSON

MAX_EDITIONS = 10
_LACKED = translatable("work.lacked", "the library lacks it")
_LISTED_TWICE = translatable("work.listed_twice", "it is listed under another title as well")
_KINDS = {
    WorkKind.NOVEL: EntryKind.PRIMARY,
    WorkKind.SPLIT_VOLUME: EntryKind.PART,
    WorkKind.DRAMATIZED: EntryKind.DRAMATIZATION,
}
_STATES = {
    LeftOutBecause.OWNED: EntryState.OWNED,
    LeftOutBecause.OWNED_IN_OMNIBUS: EntryState.IN_OMNIBUS,
    LeftOutBecause.MAYBE_OWNED: EntryState.MAYBE_OWNED,
}


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """One work of a list. `held_at` is the position on the shelf of the owned book that is or contains it."""

    catalogue_ids: tuple[str, ...]
    description: BookDescription
    place: str | None
    kind: EntryKind
    state: EntryState
    why: str
    providers: tuple[str, ...]
    release: Release
    editions: tuple[NarratedEdition, ...]
    evidence: tuple[Reason, ...] = ()
    held_at: int | None = None


class Compared(Protocol):
    """The gaps of a comparison, and why the other entries are none."""

    @property
    def gaps(self) -> tuple[FoundGap, ...]: ...
    @property
    def upcoming(self) -> tuple[FoundGap, ...]: ...
    @property
    def over_limit(self) -> tuple[FoundGap, ...]: ...
    @property
    def left_out(self) -> dict[str, str]: ...


def work_entries(
    subject: Subject, works: Mapping[str, CataloguedWork], answers: Sequence[GapAnswer], compared: Compared
) -> tuple[WorkEntry, ...]:
    """Return every work of the bibliography once. `answers` are those of the wanted languages, the preferred first.

    Entries that name another series, or none, are no works of a series, and those by others are no works of an author.
    They are not listed.
    """
    builder = _Builder(subject, works)
    for gap in compared.gaps:
        builder.add_gap(gap, EntryState.MISSING, "")
    for gap in compared.upcoming:
        builder.add_gap(gap, EntryState.UPCOMING, "")
    for gap in compared.over_limit:
        words = translatable("work.too_many", "more works are missing than the setting allows to store")
        builder.add_gap(gap, EntryState.NOT_COUNTED, words)
    foreign: list[tuple[str, ...]] = []
    for answer in answers:
        reasons = {each.id: each.why for each in answer.left_out}
        for judged in answer.works:
            builder.add_judged(judged, compared.left_out)
        for group in _groups([works[each] for each in reasons if each in works], reasons):
            if reasons[group[0]] is LeftOutBecause.TRANSLATION:
                foreign.append(group)
            else:
                builder.add_left_out(group, reasons[group[0]], compared.left_out)
    for group in foreign:
        builder.add_left_out(group, LeftOutBecause.TRANSLATION, compared.left_out)
    for group in _groups([works[each] for each in compared.left_out if each in works], {}):
        builder.add_left_out(group, None, compared.left_out)
    return tuple(builder.entries)


class _Builder:
    """Collects listed works, each entry in one of them."""

    def __init__(self, subject: Subject, works: Mapping[str, CataloguedWork]) -> None:
        self._key = series_key(subject.name) if subject.of is BibliographyOf.SERIES else None
        self._works = works
        self._taken: set[str] = set()
        self.entries: list[WorkEntry] = []

    def add_gap(self, gap: FoundGap, state: EntryState, words: str) -> None:
        why = words or (released(gap.editions.release) if gap.is_upcoming else _LACKED)
        place = gap.series.sequence if gap.series else None
        self._add(gap.catalogue_ids, gap.description, place, state, why, gap=gap)

    def add_judged(self, judged: JudgedWork, left_out: Mapping[str, str]) -> None:
        state = _STATES.get(judged.why, EntryState.NOT_COUNTED) if judged.why else EntryState.NOT_COUNTED
        why = judged.words if judged.why in _STATES else left_out.get(judged.ids[0])
        why = why or _LISTED_TWICE
        self._add(judged.ids, judged.lead.description, judged.place, state, why, held_at=judged.held_at)

    def add_left_out(self, group: Sequence[str], why: LeftOutBecause | None, left_out: Mapping[str, str]) -> None:
        ids = [each for each in group if each not in self._taken]
        if why is LeftOutBecause.OTHER_AUTHOR:
            self._taken.update(ids)
        elif ids:
            lead = describe_entry(self._works[ids[0]])
            words = left_out.get(ids[0], _LISTED_TWICE)
            kind = EntryKind.TRANSLATION if why is LeftOutBecause.TRANSLATION else None
            place = next((each.sequence for each in lead.series if self._is_of(each.name)), None)
            self._add(ids, lead, place, EntryState.NOT_COUNTED, words, kind=kind)

    def _add(  # noqa: PLR0913 - the columns of a list
        self,
        ids: Iterable[str],
        description: BookDescription,
        place: str | None,
        state: EntryState,
        why: str,
        *,
        kind: EntryKind | None = None,
        gap: FoundGap | None = None,
        held_at: int | None = None,
    ) -> None:
        entries = [self._works[each] for each in ids if each not in self._taken]
        if not entries or not any(self._is_listed(entry) for entry in entries):
            return
        self._taken |= {entry.id for entry in entries}
        audio = [entry for entry in entries if entry.is_audio]
        self.entries.append(
            WorkEntry(
                tuple(entry.id for entry in entries),
                description,
                place,
                kind or kind_in_list(description),
                state,
                why,
                tuple(sorted({entry.provider for entry in entries} - {PERSON})),
                gap.editions.release if gap else first_release(audio or entries),
                _editions(audio),
                gap.evidence if gap else (),
                held_at,
            )
        )

    def _is_listed(self, work: CataloguedWork) -> bool:
        if self._key is None or any(self._is_of(place.name) for place in work.series):
            return True
        return place_in(CatalogueEntry(work.id, describe_entry(work)), self._key) is not None

    def _is_of(self, name: str) -> bool:
        return self._key is None or same_series(series_key(name), self._key)


def _groups(works: Sequence[CataloguedWork], reasons: Mapping[str, LeftOutBecause]) -> list[tuple[str, ...]]:
    """The ids of entries with one title, one reason and the same places."""
    groups: dict[object, list[str]] = {}
    for work in works:
        description = describe_entry(work)
        places = tuple((series_key(place.name), place.sequence) for place in description.series)
        title = next(iter(titles_of(description)), description.title)
        groups.setdefault((title, reasons.get(work.id), places, work.language), []).append(work.id)
    return [tuple(ids) for ids in groups.values()]


def kind_in_list(description: BookDescription) -> EntryKind:
    """Return the kind of a work as the lists name it."""
    kind = kind_of(description).kind
    return _KINDS[kind] if kind in _KINDS else EntryKind(kind.value)


def _editions(audio: Sequence[CataloguedWork]) -> tuple[NarratedEdition, ...]:
    named = [work for work in audio if work.narrators]
    return tuple(
        NarratedEdition(
            provider=work.provider,
            narrators=work.narrators,
            asin=work.asin,
            language=work.language,
            duration_minutes=work.duration_minutes,
            abridged=work.abridged,
        )
        for work in named[:MAX_EDITIONS]
    )
