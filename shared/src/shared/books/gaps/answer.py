"""The input and the result of a search for gaps: catalogue entries, the policy, the missing works and the rest."""

from datetime import date
from enum import StrEnum

from shared.books.description import BookDescription, Reason
from shared.books.records import record


@record
class CatalogueEntry:
    """One entry of a metadata provider: an edition of a work, or noise. `id` is unique within one catalogue."""

    id: str
    description: BookDescription


@record
class GapPolicy:
    """What counts as a gap.

    `as_of` is today: a book that is published later is not missing. `language` is the wanted language. Novellas (at 0
    or a fractional place) and collections of shorter works count only if enabled. `max_missing` limits one answer.
    """

    as_of: date
    language: str = "en"
    novellas: bool = False
    collections: bool = False
    max_missing: int | None = None


class LeftOutBecause(StrEnum):
    """Why an entry of the catalogue is not reported as missing."""

    OWNED = "owned"
    OWNED_IN_OMNIBUS = "owned_in_omnibus"
    MAYBE_OWNED = "maybe_owned"
    OTHER_EDITION = "other_edition"
    NO_TITLE = "no_title"
    BOX_SET = "box_set"
    SPLIT_VOLUME = "split_volume"
    COMPANION = "companion"
    SUMMARY = "summary"
    TRANSLATION = "translation"
    DRAMATIZED = "dramatized"
    EXCERPT = "excerpt"
    NOVELLA = "novella"
    COLLECTION = "collection"
    ANTHOLOGY = "anthology"
    UNRELEASED = "unreleased"
    OTHER_AUTHOR = "other_author"
    NO_PLACE = "no_place"
    BEYOND_LIMIT = "beyond_limit"


@record
class LeftOut:
    """An entry that is not missing: the reason as a code, and in words for a user."""

    id: str
    why: LeftOutBecause
    words: str


@record
class Gap:
    """One missing work: the ids of all its entries, the chosen entry, and the confidence (0 to 1) with evidence."""

    work_ids: tuple[str, ...]
    chosen_id: str
    description: BookDescription
    sequence: str | None
    confidence: float
    evidence: tuple[Reason, ...]


@record
class JudgedWork:
    """One work of the catalogue: the ids of its entries, the entry that names it, and its place in the series.

    `why` is None for a gap. `held_at` is the position on the shelf of the owned book that is the work or contains it.
    """

    ids: tuple[str, ...]
    lead: CatalogueEntry
    place: str | None
    why: LeftOutBecause | None
    words: str
    held_at: int | None = None


@record
class GapAnswer:
    """The gaps, the doubtful gaps (an owned book may be the work, so do not act on them), and every entry left out.

    `owned_works` is the number of owned works, alone or within an omnibus. `works` are the works that were compared
    with the owned books, gaps or not.
    """

    missing: tuple[Gap, ...]
    doubtful: tuple[Gap, ...]
    left_out: tuple[LeftOut, ...]
    owned_works: int = 0
    works: tuple[JudgedWork, ...] = ()
