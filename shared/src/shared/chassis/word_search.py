"""Search by words in a column with a trigram index."""

from sqlalchemy import ColumnElement, or_


def begins_a_word(text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether a word of the text begins with this word. Both must be folded in the same way."""
    return or_(text.startswith(word, autoescape=True), text.contains(f" {word}", autoescape=True))
