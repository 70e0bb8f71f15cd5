"""Settings of the crawl of guides and forum topics."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field
from shared.chassis.setting_groups import Group, Listed

from mam_search.domain.crawl import CrawlRules


class CrawlSettings(BaseModel):
    """What the crawl of guides and forum topics reads, its limits, and where the guides are exported."""

    group: ClassVar = Group("guides", "Guides")

    mam_crawl_boards: Annotated[str, Listed(",")] = Field(
        "",
        pattern=r"^\s*(\d{1,9}(\s*,\s*\d{1,9}){0,49})?\s*$",
        description="numbers of the forum boards that are crawled, separated by commas; empty: only guides are crawled",
        examples=["21,34"],
    )
    mam_crawl_max_pages: int = Field(
        200,
        ge=1,
        le=5000,
        description="pages fetched in one crawl; the next one continues with those that are left",
    )
    mam_crawl_max_minutes: int = Field(240, ge=1, le=1440, description="longest time of one crawl, in minutes")
    mam_crawl_max_depth: int = Field(
        2, ge=1, le=10, description="how many links away from the list of guides or a board a crawled page may be"
    )
    mam_crawl_pages_per_topic: int = Field(
        20, ge=1, le=1000, description="pages that are crawled of one topic, and of one board"
    )
    mam_crawl_refetch_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="days after which a page is fetched again although no list says that it changed",
    )
    mam_guides_folder: Path | None = Field(
        None,
        description="folder to which the guides are exported as Markdown files after each crawl; empty: none",
        examples=["/guides"],
    )

    def crawl_rules(self) -> CrawlRules:
        """The limits of a crawl."""
        return CrawlRules(
            boards=frozenset(int(each) for each in self.mam_crawl_boards.split(",") if each.strip()),
            max_pages=self.mam_crawl_max_pages,
            max_duration=timedelta(minutes=self.mam_crawl_max_minutes),
            max_depth=self.mam_crawl_max_depth,
            pages_per_topic=self.mam_crawl_pages_per_topic,
            refetch_after=timedelta(days=self.mam_crawl_refetch_days),
        )
