"""Settings of the top lists."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field
from shared.chassis.setting_groups import Group, Listed

from mam_search.domain.top_list import Screening, TopOrder


class TopListSettings(BaseModel):
    """Where top lists are read, and which of their books are added."""

    group: ClassVar = Group("top_lists", "Top lists")

    top10_order: TopOrder = Field(
        TopOrder.SNATCHED,
        description="what makes a release of a top list popular: snatched or seeders",
        examples=["snatched"],
    )
    top10_min_seeders: int = Field(50, ge=0, description="minimum number of seeders for a book of a top list")
    top10_max_per_genre: int = Field(
        3, ge=0, le=50, description="books of one top list that are grabbed without approval, with TOP10_AUTO_DOWNLOAD"
    )
    top10_allowed_words: Annotated[str, Listed(",")] = Field(
        "",
        max_length=2000,
        description="a book of a top list must contain one of these words to be added, separated by commas; empty: any",
        examples=["Unabridged, Oz"],
    )
    top10_blocked_words: Annotated[str, Listed(",")] = Field(
        "",
        max_length=2000,
        description="a book of a top list that contains one of these words is not added, separated by commas",
        examples=["Summary, Dramatized"],
    )
    top_lists_url: str = Field(
        "",
        pattern=r"^(https?://[^/\s]+.*)?$",
        description="address of an external catalogue of top lists (docs/top-lists.md); empty: none",
        examples=["http://top-lists:8000"],
    )
    top_lists_span: str = Field(
        "week",
        pattern=r"^[a-z0-9_-]{1,40}$",
        description="the time span that is read from the external catalogue",
        examples=["week"],
    )

    def screening(self) -> Screening:
        """The words that decide which books of a top list are added."""
        return Screening(blocked=_parts(self.top10_blocked_words), allowed=_parts(self.top10_allowed_words))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(",") if (part := each.strip()))
