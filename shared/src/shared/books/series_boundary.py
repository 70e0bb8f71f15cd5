"""Where a title ends and its series begins when nothing stands between ("The Emerald City Oz, Book 6").

Without a catalogue that is a guess: it is made from words told twice, from a described genre, from a "The" in the
middle, and else from how long titles and series' names are.
"""

import re

_DESCRIPTION = re.compile(
    r"^.+\s(?:A|An)\s(?:[\w’'-]+\s){0,4}(?:Adventure|Saga|Novel|Novella|Apocalypse|Epic|Fantasy|Opera|Anthology|Romance|Thriller|Story"
    r"|Mystery|Tale|Memoir)\s(?=\S)"
)
_SENTENCE_END = re.compile(r"^.*[?!]\s(?=\S)")
_JOINING = frozenset("of the a an and in on to for with at by from & de".split())
_SERIES_LENGTH = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 3, 8: 4}
"""Words of the series' name for words of title and name together: the commonest split of catalogued books."""


def split_title_from_series(text: str, known_name: str | None = None) -> tuple[str, str, float]:
    """Title, series' name and how sure that is (0 to 1), for a text that holds both with nothing between.

    `known_name` is a name the surroundings (a parent folder) give; where the text ends with it, that decides.
    """
    words = text.split()
    if known_name and text.lower().endswith(known_name.lower()):
        return text[: len(text) - len(known_name)].strip(), known_name, 0.95
    for pattern in (_SENTENCE_END, _DESCRIPTION):
        match = pattern.match(text)
        if match:
            return match[0].strip(), text[match.end() :], 0.8
    told_twice = _told_twice(words)
    if told_twice:
        return " ".join(words[:told_twice]), " ".join(words[told_twice:]), 0.85
    cut = _cut_before_the(words) or len(words) - _SERIES_LENGTH.get(len(words), 3)
    while cut < len(words) - 1 and words[cut - 1].lower() in _JOINING:
        cut += 1
    return " ".join(words[:cut]), " ".join(words[cut:]), 0.55


def _told_twice(words: list[str]) -> int | None:
    """Where the last words are said before: "Oz Oz" or "Tales of Oz An Oz Story Oz"; the index they begin at."""
    folded = [word.lower().strip(",:") for word in words]
    for size in range(min(6, len(words) // 2), 0, -1):
        cut = len(words) - size
        tail = folded[cut:]
        if size == 1 and (tail[0] in _JOINING or cut == 0):
            continue
        if any(folded[at : at + size] == tail for at in range(cut - size + 1)):
            return cut - 1 if folded[cut - 1] == "the" and cut > 1 else cut
    return None


def _cut_before_the(words: list[str]) -> int | None:
    for place in range(len(words) - 1, 0, -1):
        if words[place] == "The" and words[place - 1].lower() not in _JOINING:
            return place
    return None
