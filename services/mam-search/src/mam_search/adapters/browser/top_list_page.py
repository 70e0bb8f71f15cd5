"""Parses the page of the site with its top list."""

import re
from typing import TYPE_CHECKING

from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, SeriesPlace

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.document import Document
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.mam.values import count, shown_text, size_in_bytes
from mam_search.domain.ports import Pages

if TYPE_CHECKING:
    from bs4 import Tag

PATH = "/stats/top10Tor.php"
MOST_ROWS = 1_000
_SIZE = re.compile(r"\[\s*([\d.,]+\s*[KMGT]?i?B)\s*\]", re.IGNORECASE)
_PLACE = re.compile(r"\(\s*#([^()]{1,60})\)")
_CATEGORY = re.compile(r"cat(\d{1,4})")


class TopListPageReader:
    """Reads `/stats/top10Tor.php` with the browser session."""

    def __init__(self, pages: Pages, parser: PageParser) -> None:
        self._pages = pages
        self._parser = parser

    async def releases(self, *, person_waits: bool = False) -> list[Release]:
        """The releases of the page, in its order. Raises the `RemoteError` family: `PageChanged` if it has changed."""
        page = await self._pages.read(PATH, person_waits=person_waits)
        return await self._parser.parse(releases_in, page.html)


def releases_in(html: str) -> list[Release]:
    """The releases of a top list page. A row without an id or a title is left out.

    Raises `PageChanged`, which names the selector that matches nothing.
    """
    document = Document(html, PATH)
    document.one(selectors.TOP_LIST)
    rows = document.some(selectors.TOP_LIST_ROWS)[:MOST_ROWS]
    releases = [release for row in rows if (release := _release(row)) is not None]
    if not releases:
        raise document.changed(f"{selectors.TOP_LIST_ROWS} {selectors.ROW_TITLE}")
    return releases


def _release(row: "Tag") -> Release | None:
    number = count(str(row.get("id", "")).removeprefix("tdr-"))
    title = row.select_one(selectors.ROW_TITLE)
    if not number or title is None:
        return None
    text = row.get_text(" ", strip=True)
    size = _SIZE.search(text)
    counts = [shown for each in row.select(selectors.ROW_COUNTS) if (shown := each.get_text(strip=True))]
    numbers = [count(each) for each in counts if re.fullmatch(r"[\d,]+", each)]
    seeders, leechers, snatches = (*numbers[-3:], 0, 0, 0)[:3]
    types = row.select_one(selectors.ROW_FILE_TYPES)
    return Release(
        indexer=Indexer.MAM,
        id=str(number),
        title=shown_text(title.get_text(" ", strip=True)),
        authors=_names(row, selectors.ROW_AUTHORS),
        narrators=_names(row, selectors.ROW_NARRATORS),
        series=_series(row),
        size_bytes=size_in_bytes(size[1]) if size else 0,
        filetype=shown_text(types.get_text(" ", strip=True), 60).lower() or None if types else None,
        category_id=_category(row),
        seeders=seeders,
        leechers=leechers,
        snatches=snatches,
        vip=row.select_one(selectors.ROW_VIP) is not None,
        download_reference=str(number),
    )


def _names(row: "Tag", selector: str) -> list[str]:
    names = (shown_text(each.get_text(" ", strip=True), 200) for each in row.select(selector, limit=100))
    return [name for name in names if name]


def _series(row: "Tag") -> list[SeriesPlace]:
    """The series, each followed by its position: `(#1)`."""
    places = []
    for each in row.select(selectors.ROW_SERIES, limit=30):
        after = _PLACE.match(str(each.next_sibling or "").strip())
        name = shown_text(each.get_text(" ", strip=True), 200)
        if name:
            places.append(SeriesPlace(name=name, sequence=after[1].strip() if after else None))
    return places


def _category(row: "Tag") -> int | None:
    for each in row.select(selectors.ROW_CATEGORY):
        for name in each.get_attribute_list("class"):
            if match := _CATEGORY.fullmatch(str(name)):
                return int(match[1])
    return None
