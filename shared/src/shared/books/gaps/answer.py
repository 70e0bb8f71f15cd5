"""What a search for gaps is asked and answers: entries of a catalogue, the policy, the missing works and the rest."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.books.description import BookDescription, Reason


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One row a metadata provider returned: an edition of a work, or noise. `id` is unique within one catalogue."""

    id: str
    description: BookDescription


@dataclass(frozen=True, slots=True)
class GapPolicy:
    """What counts as a gap.

    `as_of` is today: what is published later is not missing. `language` is the one language wanted. Novellas (at 0 or
    a fractional place) and collections of shorter work count only when asked for. `max_missing` bounds one answer.
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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that is not missing: why, and the same in words for a person."""

    id: str
    why: LeftOutBecause
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing work: the ids of all its entries, the chosen one, and how sure the gap is (0 to 1) with evidence."""

    work_ids: tuple[str, ...]
    chosen_id: str
    description: BookDescription
    sequence: str | None
    confidence: float
    evidence: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """The gaps, those in doubt (an owned book may be the work: never acted on alone), and every entry left out.

    `owned_works` counts the works that are owned, by themselves or within an omnibus.
    """

    missing: tuple[Gap, ...]
    doubtful: tuple[Gap, ...]
    left_out: tuple[LeftOut, ...]
    owned_works: int = 0
