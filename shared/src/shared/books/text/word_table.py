"""Tables of words written as plain text, so that long ones stay readable, and the pattern that finds any of them."""

import re
from collections import defaultdict
from collections.abc import Iterable


def word_set(text: str) -> frozenset[str]:
    """The words of a text, separated by spaces and line ends."""
    return frozenset(text.split())


def any_of(texts: Iterable[str]) -> str:
    """A pattern that matches each of the texts, with their common beginnings written once.

    Of two texts that match at one place, it matches the longer. It is several times as fast as a list of alternatives
    or a search for one text after another.
    """
    rests: dict[str, list[str]] = defaultdict(list)
    ends = False
    for text in texts:
        if text:
            rests[text[0]].append(text[1:])
        else:
            ends = True
    if not rests:
        return ""
    branches = [re.escape(first) + any_of(rest) for first, rest in sorted(rests.items())]
    pattern = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{pattern}?" if ends else pattern


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a text, separated by semicolons. Whitespace within a phrase counts as one space."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))
