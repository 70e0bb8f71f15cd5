"""How many books may go at once before it looks like a disk that is away."""

_FEW = 10


def too_many_at_once(missing: int, known: int) -> bool:
    """True when more than half of the books known, and not just a few, have lost their files since the last scan."""
    return missing >= _FEW and missing * 2 > known
