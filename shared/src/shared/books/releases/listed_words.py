"""Which words of a person's list a text of a release contains."""

from collections.abc import Sequence

from shared.books.text.titles import fold

LONGEST_TEXT = 2_000


def listed_words(text: str, words: Sequence[str]) -> list[str]:
    """Those of the words or phrases that the text contains as whole words, whatever their case and accents."""
    folded = f" {fold(text[:LONGEST_TEXT])} "
    return [word for word in words if (part := fold(word)) and f" {part} " in folded]
