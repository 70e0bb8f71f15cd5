"""Publishing houses: whether two names can be one house's, whatever imprint, form of company or medium they add."""

from shared.books.text.titles import fold

_OF_MANY = frozenset(
    """
    audio audiobook audiobooks audible book books media press publishing publications publishers publisher house group
    company co inc ltd llc limited gmbh verlag editions studios studio productions recorded spoken word sound the and of
    """.split()
)


def are_other_houses(one: str | None, other: str | None) -> bool:
    """Whether both are told and have no word in common but those that many houses have."""
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and not mine & theirs


def _words(name: str | None) -> set[str]:
    return set(fold(name or "").split()) - _OF_MANY
