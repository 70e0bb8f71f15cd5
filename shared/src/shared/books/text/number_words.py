"""Number words: English cardinals and ordinals, some of other languages, and Roman numerals below forty.

Source: dictionaries (Merriam-Webster "Table of numbers"; Duden; RAE; Larousse).
"""

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_OTHER_LANGUAGES = {
    "ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30}


def _cardinals() -> dict[str, int]:
    numbers = {word: place for place, word in enumerate(f"{_UNITS} eighteen nineteen".split(), start=1)}
    units = list(numbers.items())[:9]
    for ten, value in _TENS.items():
        numbers[ten] = value
        numbers |= {f"{ten} {unit}": value + place for unit, place in units}
    return numbers


def _ordinals() -> dict[str, int]:
    words = f"{_ORDINALS} fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    numbered = {word: place for place, word in enumerate(words, start=1)}
    digits = {f"{place}{'th' if 10 < place < 14 else _SUFFIX.get(place % 10, 'th')}": place for place in range(1, 41)}
    return numbered | digits


def _romans() -> dict[str, int]:
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    tens = ("", "x", "xx", "xxx")
    return {tens[n // 10] + units[n % 10]: n for n in range(1, 40)}


_SUFFIX = {1: "st", 2: "nd", 3: "rd"}
WORD_NUMBERS = {"zero": 0} | _cardinals() | _OTHER_LANGUAGES
ORDINAL_WORDS = _ordinals()
ROMAN_NUMERALS = _romans()
