"""Whether two descriptions are of the same work: one answer for every part that asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from shared.books.description import BookDescription, Reason
from shared.books.distance import Distance
from shared.books.folded import Folded, folded
from shared.books.kind_phrases import WorkKind
from shared.books.names import same_name
from shared.books.same_work_weights import DIFFERENT_FROM, SAME_UP_TO, WEIGHTS

Id = TypeVar("Id")
_OTHER_WORK = frozenset(WorkKind) - {
    WorkKind.NOVEL,
    WorkKind.NOVELLA,
    WorkKind.COLLECTION,
    WorkKind.ANTHOLOGY,
    WorkKind.TRANSLATION,
}


class Answer(StrEnum):
    """Whether two descriptions are of one work."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, how sure it is (0 to 1), its distance (0 to 1) and the reasons for and against."""

    answer: Answer
    confidence: float
    reasons: tuple[Reason, ...]
    distance: float


@dataclass(frozen=True, slots=True)
class Match(Generic[Id]):
    """The work a description was matched to."""

    work_id: Id
    verdict: Verdict


def compare(a: BookDescription, b: BookDescription) -> Verdict:
    """Whether both describe the same work; an edition in another language is the same work, a summary is not."""
    return compare_folded(folded(a), folded(b))


def compare_folded(a: Folded, b: Folded) -> Verdict:
    """`compare` for descriptions already folded."""
    distance = Distance(WEIGHTS)
    _titles(distance, a, b)
    _people(distance, a, b)
    _places(distance, a, b)
    _kinds(distance, a, b)
    total = distance.total
    if total <= SAME_UP_TO:
        answer = Answer.SAME
    else:
        answer = Answer.DIFFERENT if total >= DIFFERENT_FROM else Answer.UNSURE
    confidence = abs(total - (SAME_UP_TO + DIFFERENT_FROM) / 2)
    return Verdict(answer, round(min(1.0, 0.5 + confidence), 3), tuple(distance.reasons()), round(total, 4))


def best_match(item: BookDescription, works: Iterable[tuple[Id, BookDescription]]) -> Match[Id] | None:
    """The work nearest to the item, or None when none is surely the same."""
    mine = folded(item)
    return nearest([(work_id, compare_folded(mine, folded(work))) for work_id, work in works])


def nearest(compared: list[tuple[Id, Verdict]]) -> Match[Id] | None:
    """Of works compared to one item the nearest that is the same work, or None."""
    same = [one for one in compared if one[1].answer is Answer.SAME]
    if not same:
        return None
    work_id, verdict = min(same, key=lambda one: one[1].distance)
    return Match(work_id, verdict)


def _titles(distance: Distance, a: Folded, b: Folded) -> None:
    if not a.titles or not b.titles:
        return
    score, one, other = max(
        ((fuzz.ratio(one, other), one, other) for one in a.titles for other in b.titles[:3]), default=(0.0, "", "")
    )
    distance.add("title", (100 - score) / 40, f"title “{one}” against “{other}”: {score:.0f} of 100 letters alike")


def _people(distance: Distance, a: Folded, b: Folded) -> None:
    if a.people and b.people:
        same = any(same_name(one, other) for one in a.people for other in b.people)
        words = f"author {_said(a)} against {_said(b)}"
        distance.add("author", 0.0 if same else 1.0, words)
        return
    named, other = (b, a) if b.people else (a, b)
    if named.people:
        found = any(one.surname in other.text for one in named.people)
        distance.add(
            "author in text", 0.0 if found else 0.6, f"author {_said(named)} looked for in “{other.text[:80]}”"
        )


def _said(one: Folded) -> str:
    return ", ".join(" ".join(person.tokens) for person in one.people) or "none"


def _places(distance: Distance, a: Folded, b: Folded) -> None:
    for name, sequence in a.places:
        for other_name, other_sequence in b.places:
            if fuzz.ratio(name, other_name) >= 85 and sequence and other_sequence:
                words = f"place {sequence} of “{name}” against {other_sequence} of “{other_name}”"
                distance.add("place", 0.0 if sequence == other_sequence else 1.0, words)
                return


def _kinds(distance: Distance, a: Folded, b: Folded) -> None:
    if a.kind != b.kind and {a.kind, b.kind} & _OTHER_WORK:
        distance.add("kind", 1.0, f"one is {a.kind} ({a.kind_words}), the other {b.kind} ({b.kind_words})")
