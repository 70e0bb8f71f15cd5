"""Which covers of providers are worth adding to a book that has none."""

from collections.abc import Callable, Sequence

from metadata.domain.confidence import Judged
from metadata.domain.editions import Edition

SMALLEST = 300
"""Pixels of the shorter side. Audiobookshelf shows covers with up to 400."""
NARROWEST, WIDEST = 0.6, 1.25
"""Width as a share of the height: between a narrow printed book and a square with a border."""
MAX_FETCHED = 3
"""Covers that are fetched for one book."""


def candidates(judged: Sequence[Judged], weight_of: Callable[[str], float]) -> list[Judged]:
    """The entries with a cover to try in turn: of this edition, then of other recordings, then of printed books.

    Each address is tried once.
    """
    with_cover = [each for each in judged if each.entry.cover and each.same_work]
    ordered = sorted(with_cover, key=lambda each: (_rank(each), -weight_of(each.entry.provider)))
    return list({each.entry.cover: each for each in reversed(ordered)}.values())[::-1][:MAX_FETCHED]


def why_not_a_cover(width: int, height: int, *, is_blank: bool) -> str | None:
    """Return why a picture of this size in pixels is not used as a cover, or None if it may be.

    `is_blank` says that it shows nothing but a plain area.
    """
    size = f"{width} × {height} pixels"
    if min(width, height) < SMALLEST:
        return f"it is too small: {size}"
    if not NARROWEST <= width / height <= WIDEST:
        return f"it does not have the shape of a cover: {size}"
    return "it shows nothing, as a placeholder does" if is_blank else None


def _rank(each: Judged) -> int:
    if each.entry.is_audio is False:
        return 2
    return 0 if each.edition is Edition.THIS else 1
