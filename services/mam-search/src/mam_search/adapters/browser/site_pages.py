"""The pages of the site that a crawl reads: fetched with the browser, parsed in a thread."""

from shared.chassis.errors import RemoteAnsweredNonsense

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.forum_pages import read_board, read_topic
from mam_search.adapters.browser.guide_pages import frame_of, read_guide, read_index
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.parsed_page import ParsedPage
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.domain.crawl import PageAddress, PageKind
from mam_search.domain.guide_ports import CrawledPage, PageGone
from mam_search.domain.ports import Page, Pages

MAX_HTML = 3_000_000
MAX_TAGS = 20_000
"""Characters and tags of a page. A topic page with 50 long posts has about a tenth of both."""


class BrowserSitePages:
    """Reads the pages of a crawl. `site` is the address of the site."""

    def __init__(self, pages: Pages, parser: PageParser, site: str) -> None:
        self._pages = pages
        self._parser = parser
        self._site = site

    async def fetch(self, address: PageAddress) -> CrawledPage:
        """Read and convert one page. The frame of a guide is a page of its own.

        Raises `PageGone`, and the `RemoteError` family: `PageChanged` if a selector no longer matches.
        """
        page = await self._read(address.path)
        parsed = await self._parser.parse(self._parse, page, address.path)
        if address.kind is PageKind.GUIDE and (frame := frame_of(parsed)):
            framed = await self._read(frame)
            return await self._parser.parse(self._guide_in_frame, parsed, framed, address, frame)
        return await self._parser.parse(self._content, parsed, address)

    async def _read(self, path: str) -> Page:
        page = await self._pages.read(path)
        if page.status == 404:
            raise PageGone(path)
        if len(page.html) > MAX_HTML or page.html.count("<") > MAX_TAGS:
            limits = f"{MAX_HTML} characters or {MAX_TAGS} tags"
            raise RemoteAnsweredNonsense(SYSTEM, f"the page {path} has more than {limits}")
        return page

    def _parse(self, page: Page, path: str) -> ParsedPage:
        if len(page.html) < 20_000 and any(text in page.html for text in selectors.GONE_TEXTS):
            raise PageGone(path)
        return ParsedPage(page.html, page.title, path, self._site)

    def _guide_in_frame(self, page: ParsedPage, framed: Page, address: PageAddress, path: str) -> CrawledPage:
        return read_guide(page, address, framed=self._parse(framed, path))

    def _content(self, page: ParsedPage, address: PageAddress) -> CrawledPage:
        match address.kind:
            case PageKind.INDEX:
                return read_index(page)
            case PageKind.GUIDE:
                return read_guide(page, address)
            case PageKind.BOARD:
                return read_board(page, address)
            case PageKind.TOPIC:
                return read_topic(page, address)
