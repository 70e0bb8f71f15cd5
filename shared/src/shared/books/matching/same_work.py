"""Decides whether two descriptions describe the same work. Every service uses this decision."""

from collections.abc import Callable, Iterable
from dataclasses import field
from enum import StrEnum
from functools import lru_cache, partial
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from shared.books.description import BookDescription, Reason
from shared.books.matching.distance import Distance
from shared.books.matching.folded import Folded, folded
from shared.books.matching.same_work_weights import (
    ANY_SERIES,
    DIFFERENT_FROM,
    ONE_WITHOUT_SERIES,
    SAME_UP_TO,
    SERIES_ALIKE,
    TITLE_AT_MOST,
    WEIGHTS,
)
from shared.books.matching.title_likeness import TitleDistance, have_different_subtitles, title_distance
from shared.books.records import record
from shared.books.series.sequence import is_whole
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.names import Person, same_name
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import without_article
from shared.translatable import translatable

Id = TypeVar("Id")
One = TypeVar("One")
REMEMBERED = 1024
"""The number of cached verdicts. The gaps of a series and of its author compare the same books."""
_SAME_TEXT = {WorkKind.NOVEL, WorkKind.NOVELLA, WorkKind.COLLECTION, WorkKind.ANTHOLOGY, WorkKind.TRANSLATION}
_OTHER_WORK = frozenset(WorkKind) - _SAME_TEXT
_NONE = translatable("match.nothing", "none")


class Answer(StrEnum):
    """Whether two descriptions describe one work."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@record
class Verdict:
    """An answer, its confidence (0 to 1), its distance (0 to 1), and what gives the reasons for and against it."""

    answer: Answer
    confidence: float
    distance: float
    explain: Callable[[], Iterable[Reason]] = field(repr=False, hash=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for and against the answer. They are made at each use, because most answers need none."""
        return tuple(self.explain())


@record
class Match(Generic[Id]):
    """The work to which a description was matched."""

    work_id: Id
    verdict: Verdict


def compare(a: BookDescription, b: BookDescription) -> Verdict:
    """Whether both describe the same work. An edition in another language is the same work, a summary is not."""
    return compare_folded(folded(a), folded(b))


@lru_cache(maxsize=REMEMBERED)
def compare_folded(a: Folded, b: Folded) -> Verdict:
    """`compare` for folded descriptions."""
    return verdict_of(distance_between(a, b))


def verdict_of(distance: Distance) -> Verdict:
    """The answer for a distance, by the thresholds in `same_work_weights`."""
    total = distance.total
    unless_same = Answer.DIFFERENT if total >= DIFFERENT_FROM else Answer.UNSURE
    answer = Answer.SAME if total <= SAME_UP_TO else unless_same
    return Verdict(answer, _confidence(total), round(total, 4), distance.reasons)


def distance_between(a: Folded, b: Folded) -> Distance:
    """Every penalty between two folded descriptions."""
    distance = Distance(WEIGHTS)
    place = _place(a, b)
    author = _author(a, b)
    title = title_distance(a, b)
    renamed = place == 0.0 and author is not None and author[0] < 0.5
    amount = min(title.amount, TITLE_AT_MOST) if renamed else title.amount
    distance.add("title", amount, title.words)
    if author:
        distance.add(author[1], author[0], author[2])
    if place is not None:
        halved = place == 1.0 and _own_title_shared(title, a, b)
        distance.add("place", place / 2 if halved else place, partial(_place_words, a, b))
    if _OTHER_WORK & {a.kind, b.kind} and a.kind != b.kind and not _one_title_read_twice(a, b):
        distance.add("kind", 1.0, partial(_kind_words, a, b))
    if (a.kind is WorkKind.TRANSLATION) != (b.kind is WorkKind.TRANSLATION):
        distance.add("edition in another language", 1.0, _translation_words)
    return distance


def are_two_volumes(a: Folded, b: Folded) -> bool:
    """Whether both have a place in one series and the places differ: two works, however similar the rest is.

    A place may be wrong on one side. So different places do not separate two descriptions with the same title, unless
    that title is only the name of the series, or each has a subtitle of its own ("Umbrella: The Dark Night",
    "Umbrella: The Bright Day"). Check this also where works are compared without their series.
    """
    if _first_against_later(a, b) or _first_against_later(b, a):
        return True
    return _place(a, b) == 1.0 and not _own_title_shared(title_distance(a, b), a, b)


def _own_title_shared(title: TitleDistance, a: Folded, b: Folded) -> bool:
    return title.equal and not title.is_series and not have_different_subtitles(a, b)


def best_match(item: BookDescription, works: Iterable[tuple[Id, BookDescription]]) -> Match[Id] | None:
    """The nearest work, or None when no work is near enough to be the same."""
    return best_folded_match(folded(item), ((work_id, folded(work)) for work_id, work in works))


def best_folded_match(item: Folded, works: Iterable[tuple[Id, Folded]]) -> Match[Id] | None:
    """`best_match` for folded descriptions."""
    distances = [(work_id, distance_between(item, work)) for work_id, work in works]
    found = nearest([((work_id, distance), distance.total) for work_id, distance in distances])
    return Match(found[0], verdict_of(found[1])) if found else None


def nearest(totals: list[tuple[One, float]]) -> One | None:
    """The nearest candidate if it is near enough to be the same work, else None. Of equals the first wins."""
    same = [one for one in totals if one[1] <= SAME_UP_TO]
    return min(same, key=lambda one: one[1])[0] if same else None


def _one_title_read_twice(a: Folded, b: Folded) -> bool:
    """Whether both have the same title and its words alone gave two kinds ("The Atlas" in a series, and without)."""
    by_title = all(one.kind_by_title or one.kind not in _OTHER_WORK for one in (a, b))
    return by_title and a.titles[:1] == b.titles[:1]


def _confidence(total: float) -> float:
    """1 if nothing differs, 0.5 half-way between same and different, and 1 if everything differs."""
    middle = (SAME_UP_TO + DIFFERENT_FROM) / 2
    share = total / middle if total < middle else (1 - total) / (1 - middle)
    return round(1.0 - share / 2, 3)


def _author(a: Folded, b: Folded) -> tuple[float, str, Callable[[], str]] | None:
    """The distance of the authors, the rule and what words it; if one side has no authors, its text is searched."""
    if a.people and b.people:
        amount = min(_person_distance(one, other) for one in a.people for other in b.people)
        return amount, "author", partial(_author_words, a, b)
    named, other = (b, a) if b.people else (a, b)
    if not named.people:
        return None
    words = other.words
    if any(_names_person(person, words, other.letters) for person in named.people):
        return 0.0, "author in text", partial(_found_words, named, other)
    known = {name for name, _ in named.places} | set(named.titles) | {name for name, _ in other.places}
    stranger = next((one for one in other.maybe_people if not any(_like(one, name) for name in known)), None)
    return 1.0 if stranger else 0.25, "author in text", partial(_not_found_words, named, other, stranger)


def _like(one: str, name: str) -> bool:
    return one in name or name in one or fuzz.ratio(one, name) >= 80


def _names_person(person: Person, words: frozenset[str], letters: str) -> bool:
    """Whether a text names a person: by the surname, or by a misspelt surname together with a given name."""
    if len(person.letters) > 6 and person.letters in letters:
        return True
    surname = person.surname.split()
    if all(word in words for word in surname):
        return True
    longest = max(surname, key=len, default="")
    given = any(len(name) > 2 and name in words for name in person.given)
    return given and any(fuzz.ratio(longest, word) >= 75 for word in words if word[:1] == longest[:1])


def _person_distance(one: Person, other: Person) -> float:
    if one.letters == other.letters:
        return 0.0
    return 0.05 if same_name(one, other) else 1.0


def _names(one: Folded) -> str:
    return ", ".join(" ".join(person.tokens) for person in one.people)


def _place(a: Folded, b: Folded) -> float | None:
    """0 if both have the same place in a shared series, 1 if the places differ, between if the series names differ.

    None if there is nothing to compare.
    """
    if bool(a.places) != bool(b.places):
        numbered = any(sequence for _, sequence in a.places or b.places)
        return ONE_WITHOUT_SERIES if numbered else None
    exact: list[float] = []
    others: list[float] = []
    for name, sequence in a.places:
        for other_name, other_sequence in b.places:
            if name == other_name or one_series(name, other_name):
                amount = 0.2 if not (sequence and other_sequence) else 0.0 if sequence == other_sequence else 1.0
            else:
                amount = 0.6 if sequence != other_sequence else 0.4
            (exact if name == other_name and sequence and other_sequence else others).append(amount)
    return min(exact or others, default=None)


def _first_against_later(unplaced: Folded, placed: Folded) -> bool:
    """Whether one has only the name of the series as its title, so is its first book, and the other is a later one."""
    if unplaced.places or not unplaced.titles:
        return False
    named = {sequence for name, sequence in placed.places if name == without_article(unplaced.titles[0]) and sequence}
    return bool(named) and "1" not in named and all(is_whole(sequence) for sequence in named)


def one_series(name: str, other: str) -> bool:
    """Whether two series names are similar. Not if each has a word that the other lacks ("Tales of Oz", "Oz Tours")."""
    if one_spelling(name) == one_spelling(other):
        return True
    if fuzz.token_set_ratio(name, other) < SERIES_ALIKE:
        return False
    mine, theirs = set(name.split()), set(other.split())
    left, right = mine - theirs - ANY_SERIES, theirs - mine - ANY_SERIES
    return not left or not right or fuzz.ratio(" ".join(sorted(left)), " ".join(sorted(right))) >= SERIES_ALIKE


def _place_words(a: Folded, b: Folded) -> str:
    def described(one: Folded) -> str:
        return "; ".join(f"“{name}” {sequence or '?'}" for name, sequence in one.places)

    mine, theirs = described(a) or _NONE, described(b) or _NONE
    words = f"place {mine}, compared with {theirs}"
    return translatable("match.places", words, place=mine, other=theirs)


def _kind_words(a: Folded, b: Folded) -> str:
    words = f"one is {a.kind} ({a.kind_words}), the other {b.kind} ({b.kind_words})"
    return translatable("match.kinds", words, one=a.kind.value, other=b.kind.value)


def _translation_words() -> str:
    return translatable("match.one_translation", "only one of them is marked as a translation")


def _author_words(a: Folded, b: Folded) -> str:
    mine, theirs = _names(a) or _NONE, _names(b) or _NONE
    words = f"author {mine}, compared with {theirs}"
    return translatable("match.authors", words, author=mine, other=theirs)


def _found_words(named: Folded, other: Folded) -> str:
    author, text = _names(named), _around(other)
    return translatable("match.author_found", f"author {author} found in “{text}”", author=author, text=text)


def _not_found_words(named: Folded, other: Folded, stranger: str | None) -> str:
    author, text = _names(named), _around(other)
    words = f"author {author} not found in “{text}”" + (f", which names “{stranger}”" if stranger else "")
    return translatable("match.author_not_found", words, author=author, text=text, stranger=stranger)


def _around(one: Folded) -> str:
    return " ".join(sorted(one.around))[:80]
