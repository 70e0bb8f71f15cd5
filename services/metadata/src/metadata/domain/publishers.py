"""Compares publisher names, ignoring imprints, legal forms and media."""

from shared.books.text.titles import fold

_COMMON_WORDS = frozenset(
    """
    audio audiobook audiobooks audible book books media press publishing publications publishers publisher house group
    company co inc ltd llc limited gmbh verlag editions studios studio productions recorded spoken word sound the and of
    """.split()
)


def are_different_publishers(one: str | None, other: str | None) -> bool:
    """Whether both names are known and share no word except words that many publishers use."""
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and not mine & theirs


def _words(name: str | None) -> set[str]:
    return set(fold(name or "").split()) - _COMMON_WORDS
