"""Words that are written in two ways: numbers in letters and in digits, abbreviations, British and American spelling.

Source: Merriam-Webster ("Table of numbers", "Abbreviations"); Oxford Dictionary of English, spelling notes.
"""

from collections.abc import Sequence
from functools import lru_cache

REMEMBERED = 8192
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_UNITS = {word: value for value, word in enumerate(_SMALL)} | _TENS
_TIMES = {"hundred": 100, "thousand": 1000}
_SHORT = {
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
    """A folded text with every such word in its short form: "20 000 leagues" and "twenty thousand leagues" are one."""
    words = folded.split()
    found: list[str] = []
    place = 0
    while place < len(words):
        number, after = _number_at(words, place)
        if number is not None and found and _is_century(found[-1], number, words[place]):
            number = found.pop() + number
        found.append(_SHORT.get(words[place], words[place]) if number is None else number)
        place = after
    return " ".join(found)


def spellings(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The other ways to write the words: in short forms, and with the numbers up to 99 in letters."""
    short = tuple(one_spelling(" ".join(words)).split())
    letters = tuple(part for word in words for part in _in_letters(word).split())
    return [other for other in (short, letters) if other != tuple(words)]


def is_written_in_two_ways(word: str) -> bool:
    """Whether a folded word may stand elsewhere in another form."""
    return word in _UNITS or word in _TIMES or word in _SHORT or word in _LONG or word.isdigit()


_LONG = frozenset(_SHORT.values())


def _number_at(words: Sequence[str], place: int) -> tuple[str | None, int]:
    """The number that begins at a place, in digits, and the place after it; None where none does."""
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
    """Whether two numbers in letters are a year: "nineteen eighty-four"."""
    return before in ("18", "19", "20") and len(number) == 2 and not word.isdigit()


def _in_letters(word: str) -> str:
    if not word.isdigit() or len(word) > 2:
        return word
    value = int(word)
    if value < len(_SMALL):
        return _SMALL[value]
    ten = next(name for name, start in _TENS.items() if start == value - value % 10)
    return f"{ten} {_SMALL[value % 10]}" if value % 10 else ten
