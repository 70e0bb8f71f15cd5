"""Parses the pages of guides: the index, and a guide, whose content may be in a frame."""

from typing import TYPE_CHECKING

from shared.contracts.mam.guides import GuideKind

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.markdown import plain
from mam_search.adapters.browser.parsed_page import ParsedPage, latest_date
from mam_search.domain.crawl import Link, PageAddress, PageKind
from mam_search.domain.guide import MAX_TITLE, GuideText
from mam_search.domain.guide_ports import CrawledPage

if TYPE_CHECKING:
    from bs4 import Tag

MAX_TAGS = 20
MAX_META = 300


def read_index(page: ParsedPage) -> CrawledPage:
    """The guides that the index lists, with the date of each. Raises `PageChanged`."""
    links = []
    for anchor in page.some(selectors.GUIDE_LINKS):
        to = page.address_of(anchor)
        if to is not None and to.kind is PageKind.GUIDE:
            date = latest_date(anchor.find_parent(selectors.LIST_ROW.split(", ")))
            links.append(Link(to, date.isoformat() if date else None))
    return CrawledPage(links=links)


def frame_of(page: ParsedPage) -> str | None:
    """The path of the frame with the content of a guide; None if the content is in the page itself."""
    if page.soup.select_one(selectors.GUIDE_BOX) is not None:
        return None
    frame = page.soup.select_one(selectors.GUIDE_FRAME)
    return page.path_of(str(frame.get("src"))) if frame is not None else None


def read_guide(page: ParsedPage, address: PageAddress, *, framed: ParsedPage | None = None) -> CrawledPage:
    """A guide. `framed` is the page in its frame. Raises `PageChanged`."""
    if framed is None:
        box = page.one(selectors.GUIDE_BOX)
    else:
        box = framed.soup.select_one(selectors.GUIDE_BOX) or framed.one("body")
    source = framed or page
    heading = box.select_one(selectors.TITLES)
    title = plain(heading, MAX_TITLE) or page.title or address.whole
    author = plain(box.select_one(selectors.MEMBER_LINKS), 100) or None
    tags = [plain(each, 60) for each in box.select(selectors.GUIDE_TAGS)[:MAX_TAGS]]
    meta = _meta(box)
    dated_at = latest_date(meta)
    for shown_elsewhere in (heading, meta, *box.select(selectors.GUIDE_TAGS)):
        if shown_elsewhere is not None:
            shown_elsewhere.extract()
    links, torrents = source.links(box)
    further = [Link(to) for to in source.crawlable(box) if to.kind is PageKind.GUIDE]
    text = GuideText(
        kind=GuideKind.GUIDE,
        address=address.path,
        title=title,
        author=author,
        tags=[tag for tag in tags if tag],
        dated_at=dated_at,
        links=links,
        torrents=torrents,
        markdown=source.markdown(box),
    )
    return CrawledPage(text, further)


def _meta(box: "Tag") -> "Tag | None":
    """The line with the author and the date: the short element around the first link to a member."""
    member = box.select_one(selectors.MEMBER_LINKS)
    around = member.parent if member is not None else None
    return around if around is not None and around is not box and len(around.get_text()) <= MAX_META else None
