"""The distance between the titles of two descriptions: by spelling, or one contained in the other's longer text."""

from rapidfuzz import fuzz

from shared.books.matching.folded import Folded
from shared.books.records import record
from shared.books.text.genre_subtitles import GENRE_WORDS
from shared.books.text.number_words import ORDINAL_WORDS, ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import without_article
from shared.books.text.word_table import word_set
from shared.translatable import translatable

LETTERS_APART = 40.0
"""The points of the letter ratio (0 to 100) that titles may lose before they have nothing in common."""
CLOSE = 0.2
OTHER_SPELLING = 0.01
"""The distance of "80 Days" and "Eighty Days": nearly 0, but farther than equal spellings."""
WORDS_ALIKE = 50.0
"""The lowest letter ratio (0 to 100) at which one word may be a misspelling of the other."""
_FILLER_WORDS = word_set(
    """
    the a an of and in to for with by from on at book books bk vol volume part no series saga trilogy cycle
    novel novella litrpg gamelit adventure epic fantasy anthology romance story stories read narrated edition
    unabridged audiobook audio complete collection chronicles progression apocalypse post opera space science
    fiction sci fi thriller mystery new annotated illustrated revised expanded updated anniversary deluxe collectors
    classics penguin author introduction
    """
)
ALL_OF_A_SERIES = word_set("trilogy saga omnibus collection boxset quartet tetralogy duology quintet pentalogy")
"""Words that mean all books of a series if they follow its name without a number."""
_JOINING = frozenset({"and", "of", "or", "for", "in", "s"})


@record
class TitleDistance:
    """`amount` from 0 (one title) to 1 (two titles), the nearest pair, and whether it is also a series name.

    `within` means that one title was searched in a longer text. `equal` means that both descriptions have this title.
    It is False if one only contains the other's title.
    """

    amount: float
    one: str
    other: str
    within: bool
    is_series: bool
    equal: bool

    def words(self) -> str:
        """The nearest pair in words."""
        one, other = self.one[:80], self.other[:80]
        if self.within:
            words = f"title “{one}”, searched in “{other}”"
            return translatable("match.title_searched", words, title=one, text=other)
        words = f"title “{one}”, compared with “{other}”"
        return translatable("match.titles", words, title=one, other=other)


def title_distance(a: Folded, b: Folded) -> TitleDistance:
    """The smallest distance between any possible titles of the two descriptions."""
    amount, one, other = _nearest(a, b)
    searched = False
    if amount > CLOSE:
        for inner, outer in ((b, a), (a, b)):
            for title in _titles(inner, outer)[0][:2]:
                within = _within(title, inner, outer)
                if within < amount:
                    amount, one, other, searched = within, title, outer.text, True
    return TitleDistance(amount, one, other, searched, _names_series(one, a, b), amount == 0.0 and not searched)


def have_different_subtitles(a: Folded, b: Folded) -> bool:
    """Whether both have one main title and each adds words that the other lacks ("The Dark Night", "The Bright Day").

    Words that describe a genre or an edition, the series, its numbers and the authors do not count.
    """
    shared = next((title for title in a.titles if title in b.titles), None)
    if shared is None:
        return False
    mine, theirs = (_subtitle_words(shared, one, other) for one, other in ((a, b), (b, a)))
    return bool(mine - theirs) and bool(theirs - mine)


def _subtitle_words(title: str, one: Folded, other: Folded) -> frozenset[str]:
    """The words of one after the shared title that are its own, in one spelling."""
    text = without_article(one.text)
    if not text.startswith(f"{title} "):
        return frozenset()
    known = _FILLER_WORDS | GENRE_WORDS | {word for each in (*one.people, *other.people) for word in each.tokens}
    names = [name for name, _ in (*one.places, *other.places)]
    return frozenset(one_spelling(" ".join(_unexplained(text.removeprefix(title), names, known))).split())


def _names_series(title: str, a: Folded, b: Folded) -> bool:
    return any(without_article(title) == name for name, _ in (*a.places, *b.places))


def _titles(one: Folded, other: Folded) -> tuple[list[str], int]:
    """The possible titles of one, except the names of the other's authors, and how many of them are whole titles."""
    letters = {person.letters for person in other.people}
    surnames = {person.surname for person in other.people}
    whole = [title for title in one.titles[: one.whole] if title.replace(" ", "") not in letters]
    pieces = one.titles[one.whole :]
    if other.people:
        pieces = tuple(title for title in pieces if title not in surnames and title.replace(" ", "") not in letters)
    return [*whole, *pieces], len(whole)


def _nearest(a: Folded, b: Folded) -> tuple[float, str, str]:
    for one, other in ((a, b), (b, a)):
        for title in one.numbered:
            if title in other.titles[: other.whole]:
                return 0.0, title, title
    (mine, my_whole), (theirs, their_whole) = _titles(a, b), _titles(b, a)
    best = (1.0, mine[0] if mine else "", theirs[0] if theirs else "")
    for place, title in enumerate(mine):
        spelling = one_spelling(title)
        for other_title in theirs if place < my_whole else theirs[:their_whole]:
            if title == other_title:
                return 0.0, title, other_title
            if spelling == one_spelling(other_title):
                best = min(best, (OTHER_SPELLING, title, other_title))
                continue
            cutoff = 100.0 - LETTERS_APART * best[0]
            alike = fuzz.ratio(title, other_title, score_cutoff=cutoff)
            if alike > cutoff:
                amount = max((100.0 - alike) / LETTERS_APART, _other_words(title, other_title))
                best = min(best, (amount, title, other_title))
    return best


def _other_words(one: str, other: str) -> float:
    """The lowest distance of similar titles: 1 if they differ in numbers, 0.7 if in words with different spellings."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return 0.0
    mine, theirs = set(one_spelling(one).split()), set(one_spelling(other).split())
    left, right = mine - theirs, theirs - mine
    if any(_is_number(word) for word in left | right):
        return 1.0
    strange = bool(left) and bool(right) and (_has_stranger(left, right) or _has_stranger(right, left))
    return 0.7 if strange else 0.0


def _has_stranger(words: set[str], partners: set[str]) -> bool:
    """Whether one of the words resembles none of the others."""
    return any(all(fuzz.ratio(word, partner) < WORDS_ALIKE for partner in partners) for word in words)


def _is_number(word: str) -> bool:
    return word.isdigit() or word in WORD_NUMBERS or word in ORDINAL_WORDS or (len(word) > 1 and word in ROMAN_NUMERALS)


def _within(title: str, inner: Folded, outer: Folded) -> float:
    """The distance of a title from a longer text that contains it: 0 if only authors, series and numbers are left."""
    words = title.split()
    text = outer.text
    start = f" {text} ".find(f" {title} ")
    if start < 0 or len(title) < 2:
        return 1.0
    before, after = text[: max(0, start - 1)], text[start + len(title) :]
    known = _FILLER_WORDS | set(words) | {word for one in (*inner.people, *outer.people) for word in one.tokens}
    names = [name for name, _ in (*inner.places, *outer.places)]
    if without_article(title) in names and _names_other_volumes(f"{before} {after}".split(), inner):
        return 1.0
    over = [_unexplained(side, names, known) for side in (before, after)]
    if not over[0] and not over[1]:
        return 0.0
    return 1.0 if title in names else _with_words_left(title, over, after.split()[:1])


def _with_words_left(title: str, over: list[list[str]], first_after: list[str]) -> float:
    """The distance of a title from a text that has unexplained words before or after it."""
    words = title.split()
    significant = [word for word in words if word not in _FILLER_WORDS]
    subtitled = not over[0] and len(over[1]) >= 2 and not _JOINING.intersection(first_after)
    if subtitled or (not over[0] and len(significant) >= 3):
        return 0.3 if len(words) > 1 else 0.4
    if len(significant) < 2:
        return 1.0
    left = len(over[0]) + len(over[1])
    return min(1.0, 1.2 * left / (left + len(significant)))


def _names_other_volumes(rest: list[str], inner: Folded) -> bool:
    """Whether the words around a series name mean all of its books ("Saga") or a book other than the first ("6").

    A description whose whole title is the name of a series is its first book, unless it has a place.
    """
    numbers = [str(int(word)) for word in rest if word.isdigit() and len(word) < 4]
    if not numbers:
        return not ALL_OF_A_SERIES.isdisjoint(rest)
    return not any(place for _, place in inner.places) and "1" not in numbers


def _unexplained(side: str, names: list[str], known: frozenset[str]) -> list[str]:
    """The words of one side that are not a series name, a known word or a number."""
    rest = f" {side.strip()} "
    for name in names:
        rest = rest.replace(f" {name} ", " ")
    return [word for word in rest.split() if word not in known and not word.isdigit()]
