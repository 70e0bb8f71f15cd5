"""Positions in a series as shops write them."""

from shared.books.series.sequence import normalise


def position(text: str | None) -> str | None:
    """The position as a decimal text or a range. Audible also writes "Book 1" and "2, Dramatized Adaptation"."""
    return normalise((text or "").partition(",")[0].lower().removeprefix("book").strip(), words=True)
