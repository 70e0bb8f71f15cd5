"""Reads the page of a torrent, `/t/<id>`."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from shared.chassis.clock import Clock
from shared.chassis.errors import NotFound
from shared.contracts.mam.torrent_pages import TorrentPage, TorrentPageFile
from shared.contracts.values import SeriesPlace

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.document import Document, lines_of, text_of
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.mam.values import size_in_bytes
from mam_search.domain.ports import Pages

if TYPE_CHECKING:
    from bs4 import Tag

MAX_FILES = 1_000
MAX_NAMES = 100
_BYTES = re.compile(r"(\d[\d,]*)\s*bytes", re.IGNORECASE)
_DISPLAYED = re.compile(r"\d[\d,.]*\s*[KMGT]?i?B\b", re.IGNORECASE)
_POSITION = re.compile(r"^\s*\(#([^)]{1,40})\)")
_RATIO = re.compile(r"\d[\d,]*\.?\d*")
_CATEGORY_CLASS = re.compile(r"cat(\d{1,4})")


class TorrentPageReader:
    """Reads torrent pages with the browser."""

    def __init__(self, pages: Pages, parser: PageParser, clock: Clock) -> None:
        self._pages = pages
        self._parser = parser
        self._clock = clock

    async def read_torrent(self, release_id: str, *, person_waits: bool = False) -> TorrentPage:
        """The page of a torrent. Raises `NotFound` if there is none, `PageChanged`, and the `RemoteError` family."""
        page = await self._pages.read(f"/t/{release_id}", person_waits=person_waits)
        if page.status == 404:
            raise NotFound(f"there is no torrent {release_id} at MyAnonamouse")
        return await self._parser.parse(parse, page.html, release_id, self._clock.now())


def parse(html: str, release_id: str, read_at: datetime) -> TorrentPage:
    """What the markup of a torrent page says. Raises `PageChanged`."""
    document = Document(html, f"/t/{release_id}")
    rows = _rows(document)
    category = document.one(selectors.TORRENT_CATEGORY)
    return TorrentPage(
        release_id=release_id,
        title=document.text(selectors.TORRENT_TITLE),
        authors=_names(document, selectors.TORRENT_AUTHORS),
        narrators=_names(document, selectors.TORRENT_NARRATORS),
        series=_series(document),
        category=_category_name(category) or document.text(selectors.TORRENT_FACTS),
        category_id=_category_id(category),
        size_bytes=_size(document),
        files=_files(rows.get(selectors.TORRENT_FILES_ROW)),
        tags=text_of(rows[selectors.TORRENT_TAGS_ROW]) if selectors.TORRENT_TAGS_ROW in rows else "",
        description=lines_of(document.one(selectors.TORRENT_DESCRIPTION)),
        ratio_after=_ratio_after(document),
        submitted=document.text(selectors.TORRENT_SUBMITTED),
        read_at=read_at,
    )


def _names(document: Document, selector: str) -> list[str]:
    names = (text_of(tag) for tag in document.all(selector)[:MAX_NAMES])
    return list(dict.fromkeys(name for name in names if name))


def _series(document: Document) -> list[SeriesPlace]:
    """The series with the position that follows each link: "(#1)"."""
    links = document.all(selectors.TORRENT_SERIES)[:MAX_NAMES]
    if not links and document.all(selectors.TORRENT_SERIES_ROW):
        raise document.changed(selectors.TORRENT_SERIES)
    places = []
    for link in links:
        position = _POSITION.match(str(link.next_sibling or ""))
        places.append(SeriesPlace(name=text_of(link), sequence=position[1].strip() if position else None))
    return places


def _rows(document: Document) -> dict[str, "Tag"]:
    """The right side of each row by its left side."""
    rows = {}
    for row in document.all(selectors.TORRENT_ROW):
        name, value = row.select_one(selectors.TORRENT_ROW_NAME), row.select_one(selectors.TORRENT_ROW_VALUE)
        if name is not None and value is not None:
            rows[text_of(name).rstrip(":")] = value
    if not rows:
        raise document.changed(selectors.TORRENT_ROW)
    return rows


def _category_name(tag: "Tag") -> str:
    return text_of(tag) or str(tag.get("title") or "")


def _category_id(tag: "Tag") -> int | None:
    found = _CATEGORY_CLASS.search(" ".join(tag.get_attribute_list("class")))
    return int(found[1]) if found else None


def _size(document: Document) -> int:
    """The exact size, or the displayed one if the page does not show the bytes."""
    tag = document.one(selectors.TORRENT_SIZE)
    size = _bytes(tag)
    if not size:
        raise document.changed(selectors.TORRENT_SIZE)
    return size


def _bytes(tag: "Tag") -> int | None:
    text = f"{text_of(tag)} {tag.get('title') or ''}"
    if (exact := _BYTES.search(text)) and (digits := exact[1].replace(",", "")) and len(digits) <= 18:
        return int(digits)
    displayed = _DISPLAYED.search(text)
    return (size_in_bytes(displayed[0]) or None) if displayed else None


def _files(cell: "Tag | None") -> list[TorrentPageFile]:
    files = []
    for row in cell.select(selectors.TORRENT_FILE)[:MAX_FILES] if cell is not None else []:
        cells = row.select(selectors.TORRENT_FILE_CELLS)
        if cells and (name := text_of(cells[0])):
            files.append(TorrentPageFile(name=name, size_bytes=_bytes(cells[1]) if len(cells) > 1 else None))
    return files


def _ratio_after(document: Document) -> float | None:
    """The last number of the ratio: "4.20 → 4.15"."""
    tags = document.all(selectors.TORRENT_RATIO)
    numbers = _RATIO.findall(text_of(tags[0])) if tags else []
    return float(numbers[-1].replace(",", "")) if numbers and len(numbers[-1]) <= 15 else None
