"""How far the titles of two descriptions are apart: spelled alike, or one told within the other's longer text."""

from dataclasses import dataclass

from rapidfuzz import fuzz

from shared.books.folded import Folded
from shared.books.number_words import ORDINAL_WORDS, ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.titles import without_article

LETTERS_APART = 40.0
"""Points of the ratio of letters (0 to 100) below which two titles have nothing in common."""
CLOSE = 0.2
MOST_OF_A_WORK = 3
_IDLE = frozenset(
    "the a an of and in to for with by from on at book books bk vol volume part no series saga trilogy cycle novel novella"
    " litrpg gamelit adventure epic fantasy anthology romance story stories read narrated edition unabridged audiobook audio"
    " complete collection chronicles progression apocalypse post opera space science fiction sci fi thriller mystery new".split()
)
_JOINING = frozenset({"and", "of", "or", "for", "in", "s"})


@dataclass(frozen=True, slots=True)
class TitleDistance:
    """0 (one title) to 1 (two titles), and the pair that came nearest."""

    amount: float
    words: str
    exact: bool


def title_distance(a: Folded, b: Folded) -> TitleDistance:
    """The least distance of any two titles the descriptions may mean."""
    amount, one, other = _nearest(a, b)
    how = "against"
    if amount > CLOSE:
        for inner, outer in ((b, a), (a, b)):
            for title in _titles(inner, outer)[:2]:
                within = _within(title, inner, outer)
                if within < amount:
                    amount, one, other, how = within, title, outer.text, "told within"
    return TitleDistance(amount, f"title “{one[:80]}” {how} “{other[:80]}”", amount == 0.0 and how == "against")


def _titles(one: Folded, other: Folded) -> list[str]:
    """The possible titles of one that are not merely the name of the other's author."""
    authors = {person.letters for person in other.people}
    return [title for title in one.titles if title.replace(" ", "") not in authors]


def _nearest(a: Folded, b: Folded) -> tuple[float, str, str]:
    for one, other in ((a, b), (b, a)):
        for title in one.numbered:
            if title in other.titles[:MOST_OF_A_WORK]:
                return 0.0, title, title
    mine, theirs = _titles(a, b), _titles(b, a)
    best = (1.0, mine[0] if mine else "", theirs[0] if theirs else "")
    few, many = sorted((mine, theirs), key=len)
    for title in many:
        for other_title in few[:MOST_OF_A_WORK]:
            if title == other_title:
                return 0.0, title, other_title
            cutoff = 100.0 - LETTERS_APART * best[0]
            alike = fuzz.ratio(title, other_title, score_cutoff=cutoff)
            if alike > cutoff and not _numbers_differ(title, other_title):
                best = ((100.0 - alike) / LETTERS_APART, title, other_title)
    return best


def _numbers_differ(one: str, other: str) -> bool:
    """Whether the words in which two near titles differ are numbers: "Volume 4" is not a misspelt "Volume 5"."""
    differing = set(one.split()) ^ set(other.split())
    return any(
        word.isdigit() or word in WORD_NUMBERS or word in ORDINAL_WORDS or word in ROMAN_NUMERALS for word in differing
    )


def _within(title: str, inner: Folded, outer: Folded) -> float:
    """How badly a title told within a longer text is explained by it: 0 when only authors, series and numbers are over."""
    words = title.split()
    text = outer.text
    start = f" {text} ".find(f" {title} ")
    if start < 0 or len(title) < 2:
        return 1.0
    before, after = text[: max(0, start - 1)], text[start + len(title) :]
    known = _IDLE | set(words) | {word for one in (*inner.people, *outer.people) for word in one.tokens}
    names = [name for name, _ in (*inner.places, *outer.places)]
    over = [_unexplained(side, names, known) for side in (before, after)]
    first_after = after.split()[:1]
    if not over[0] and not over[1]:
        return 0.0
    telling = [word for word in words if word not in _IDLE]
    subtitled = not over[0] and len(over[1]) >= 2 and not _JOINING.intersection(first_after)
    if subtitled or (not over[0] and len(telling) >= 3):
        return 0.3 if len(words) > 1 else 0.4
    if len(telling) < 2:
        return 1.0
    left = len(over[0]) + len(over[1])
    return min(1.0, 1.2 * left / (left + len(telling)))


def _unexplained(side: str, names: list[str], known: set[str]) -> list[str]:
    """The words of one side that are no series' name, no known word and no number."""
    rest = f" {side.strip()} "
    for name in names:
        rest = rest.replace(f" {name} ", " ")
    return [word for word in rest.split() if word not in known and not word.isdigit()]


def same_title(one: str, other: str) -> bool:
    """Whether two folded titles are one, but for a leading article and a small misspelling."""
    first, second = without_article(one), without_article(other)
    return first == second or (fuzz.ratio(first, second) >= 92 and not _numbers_differ(first, second))
