"""Words with two spellings: numbers as words, digits or Roman numerals, "and" in several languages, abbreviations,
British and American spelling.

Source: Merriam-Webster ("Table of numbers", "Abbreviations"); Oxford Dictionary of English, spelling notes.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from shared.books.text.number_words import ORDINAL_WORDS, ROMAN_NUMERALS

REMEMBERED = 8192
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_UNITS = {word: value for value, word in enumerate(_SMALL)} | _TENS
_TIMES = {"hundred": 100, "thousand": 1000}
_COUNTED = frozenset(
    "arc act book part volume vol chapter episode season tome band teil folge phase series level stage".split()
)
"""After these words a single letter I, V or X is a Roman numeral."""
_AND = dict.fromkeys("und et y och og en".split(), "and")
_SHORT = _AND | {
    "doctor": "dr", "mister": "mr", "missus": "mrs", "versus": "vs", "v": "vs", "saint": "st", "mount": "mt",
    "captain": "capt", "company": "co", "brothers": "bros",
    "centre": "center", "theatre": "theater", "colour": "color", "grey": "gray", "harbour": "harbor",
    "honour": "honor", "neighbour": "neighbor", "favourite": "favorite", "armour": "armor", "labour": "labor",
    "jewellery": "jewelry", "traveller": "traveler", "travellers": "travelers", "sceptre": "scepter",
    "rumour": "rumor", "saviour": "savior", "splendour": "splendor", "glamour": "glamor", "plough": "plow",
    "defence": "defense", "catalogue": "catalog", "cheque": "check", "pyjamas": "pajamas", "sabre": "saber",
    "spectre": "specter", "lustre": "luster", "sombre": "somber", "odour": "odor", "parlour": "parlor",
}  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def one_spelling(folded: str) -> str:
    """A folded text with every such word in one form: "20 000 leagues" and "twenty thousand leagues" become equal.

    So do "9th" and "ninth", "arc iv" and "arc 4", "max und moritz" and "max and moritz".
    """
    words = folded.split()
    if _WITH_TWO_SPELLINGS.isdisjoint(words) and not _DIGIT.search(folded):
        return " ".join(words)
    found: list[str] = []
    place = 0
    while place < len(words):
        if words[place] not in _WITH_TWO_SPELLINGS and not words[place].isdigit():
            found.append(words[place])
            place += 1
            continue
        number, after = _number_at(words, place)
        if number is not None and found and _is_century(found[-1], number, words[place]):
            number = found.pop() + number
        if number is None:
            number = _ordinal(words, place, found)
        found.append(number or _roman(words, place) or _SHORT.get(words[place], words[place]))
        place = after
    return " ".join(found)


def _ordinal(words: Sequence[str], place: int, found: list[str]) -> str | None:
    """An ordinal in digits, including the tens before it: "twenty first" becomes "21st"."""
    value = ORDINAL_WORDS.get(words[place])
    if value is None:
        return None
    tens = _TENS.get(words[place - 1]) if place and value < 10 else None
    if tens is not None and found[-1] == str(tens):
        found.pop()
        value += tens
    return _ORDINALS_IN_DIGITS.get(value, f"{value}th")


def _roman(words: Sequence[str], place: int) -> str | None:
    """A Roman numeral in digits. A single letter counts only after a word such as "book" or "part"."""
    value = ROMAN_NUMERALS.get(words[place])
    if value is None or (len(words[place]) == 1 and (not place or words[place - 1] not in _COUNTED)):
        return None
    return str(value)


def spellings(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The other spellings of the words: with short forms, and with the numbers up to 99 as words."""
    short = tuple(one_spelling(" ".join(words)).split())
    letters = tuple(part for word in words for part in _in_letters(word).split())
    return [other for other in (short, letters) if other != tuple(words)]


def is_written_in_two_ways(word: str) -> bool:
    """Whether a folded word has another spelling."""
    numbers = (_UNITS, _TIMES, ORDINAL_WORDS)
    is_roman = len(word) > 1 and word in ROMAN_NUMERALS
    return word.isdigit() or is_roman or word in _SHORT or word in _LONG or any(word in one for one in numbers)


_LONG = frozenset(_SHORT.values())
_WITH_TWO_SPELLINGS = frozenset().union(_UNITS, _TIMES, ORDINAL_WORDS, ROMAN_NUMERALS, _SHORT)
_DIGIT = re.compile(r"\d")
_ORDINALS_IN_DIGITS = {value: word for word, value in ORDINAL_WORDS.items() if not word.isalpha()}
_ORDINALS_IN_LETTERS = {value: word for word, value in ORDINAL_WORDS.items() if word.isalpha()}


def _number_at(words: Sequence[str], place: int) -> tuple[str | None, int]:
    """The number that begins at this index, in digits, or None; and the index after it."""
    if words[place].isdigit() and len(words[place]) <= 3:
        after = place + 1
        while after < len(words) and len(words[after]) == 3 and words[after].isdigit():
            after += 1
        return ("".join(words[place:after]), after) if after > place + 1 else (words[place], after)
    total, part, after = 0, 0, place
    while after < len(words):
        word = words[after]
        if word in _UNITS and (part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and _UNITS[word] < 10)):
            part += _UNITS[word]
        elif word in _TIMES and (after > place or word == "hundred"):
            part = max(part, 1) * _TIMES[word]
            total, part = (total + part, 0) if word == "thousand" else (total, part)
        elif not (word == "and" and part and part % 100 == 0 and after + 1 < len(words) and words[after + 1] in _UNITS):
            break
        after += 1
    return (str(total + part), after) if after > place else (None, place + 1)


def _is_century(before: str, number: str, word: str) -> bool:
    """Whether two number words form a year: "nineteen eighty-four"."""
    return before in ("18", "19", "20") and len(number) == 2 and not word.isdigit()


def _in_letters(word: str) -> str:
    if word[:1].isdigit() and word in ORDINAL_WORDS:
        return _ORDINALS_IN_LETTERS.get(ORDINAL_WORDS[word], word)
    if not word.isdigit() or len(word) > 2:
        return word
    value = int(word)
    if value < len(_SMALL):
        return _SMALL[value]
    ten = next(name for name, start in _TENS.items() if start == value - value % 10)
    return f"{ten} {_SMALL[value % 10]}" if value % 10 else ten
