"""Finds where a title ends and its series begins if nothing separates them ("The Emerald City Oz, Book 6").

Without a catalogue this is a guess. It uses a name from the parent folder, repeated words, a genre description or the
end of a sentence. Otherwise it weighs the signs of each possible cut with a fitted table
(`bench.fitting.series_boundary`).
"""

import re

from shared.books.series.boundary_weights import GIVEN_NAMES, JOINING, SERIES_NOUNS, WEIGHTS
from shared.books.series.names import clean_name

MAX_WORDS = 20
WORST_CUT = -4.5
"""If every cut weighs less, the whole text counts as the name."""
_DESCRIPTION = re.compile(
    r"^.{1,200}?\s(?:A|An)\s(?:[\w’'-]+\s){0,4}(?:Adventure|Saga|Novel|Novella|Apocalypse|Epic|Fantasy|Opera|Anthology|Romance"
    r"|Thriller|Story|Mystery|Tale|Memoir)\s(?=\S)"
)
_SENTENCE_END = re.compile(r"^.{1,200}[?!]\s(?=\S)")


def split_title_from_series(text: str, known_name: str | None = None) -> tuple[str, str, float]:
    """The title, the name of the series and the confidence (0 to 1), for a text that joins both without a separator.

    `known_name` is a name from a parent folder. If the text ends with it, it decides.
    """
    text = clean_name(text)
    words = text.split()
    if known_name and text.lower().endswith(known_name.lower()):
        return text[: len(text) - len(known_name)].strip(), known_name, 0.95
    for pattern in (_SENTENCE_END, _DESCRIPTION):
        match = pattern.match(text)
        if match:
            return match[0].strip(), text[match.end() :], 0.8
    if not 1 < len(words) <= MAX_WORDS:
        return "", text, 0.5
    repetition = _repetition(words)
    cut = repetition or _best_cut(words)
    if cut is None:
        return "", text, 0.55
    return " ".join(words[:cut]), " ".join(words[cut:]), 0.85 if repetition else 0.55


def _best_cut(words: list[str]) -> int | None:
    """The cut with the highest weight, or None when all cuts are unlikely, such as one before "of"."""
    cuts = [at for at in range(1, len(words)) if words[at] == "The" or words[at].lower() not in JOINING]
    best = max(cuts, key=lambda at: cut_weight(words, at), default=None)
    return best if best is not None and cut_weight(words, best) >= WORST_CUT else None


def cut_weight(words: list[str], cut: int) -> float:
    """The evidence that the name of the series begins at the word `cut`."""
    return sum(WEIGHTS.get(sign, 0.0) for sign in cut_signs(words, cut))


def cut_signs(words: list[str], cut: int) -> list[str]:
    """The signs of one cut: lengths, joining words at its edges, final words of series names, given names."""
    before, first, last = words[cut - 1].lower(), words[cut].lower(), words[-1].lower()
    size = len(words) - cut
    signs = [f"series words {min(size, 6)}", f"title words {min(cut, 6)}"]
    if before in JOINING:
        signs.append("title ends in a joining word")
    if before.endswith(("'s", "’s")):
        signs.append("title ends in a possessive")
    if words[cut] == "The":
        signs.append("series begins with The")
    elif first in JOINING:
        signs.append("series begins with a joining word")
    if first in GIVEN_NAMES:
        signs.append("series begins with a given name" if size > 1 else "series is a given name")
    if before in GIVEN_NAMES:
        signs.append("title ends in a given name")
    if last in SERIES_NOUNS:
        signs.append(f"series noun with {min(size, 4)} words")
    if last.endswith("s") and size == 1:
        signs.append("series is one plural")
    if cut == 1 and before == "the":
        signs.append("title is an article")
    return signs


def _repetition(words: list[str]) -> int | None:
    """The index from which the last words repeat earlier ones: "Oz Oz", "Tales of Oz An Oz Story Oz"; else None."""
    folded = [word.lower().strip(",:") for word in words]
    for size in range(min(6, len(words) - 1), 0, -1):
        cut = len(words) - size
        tail = folded[cut:]
        if tail[0] in JOINING and tail[0] != "the":
            continue
        bare = tail[1:] if tail[0] == "the" else tail
        if bare and any(folded[at : at + len(bare)] == bare for at in range(cut - len(bare) + 1)):
            return cut
    return None
