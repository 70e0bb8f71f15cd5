"""A parsed page of guides or of the forum: its links without secrets, and its text as Markdown."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from shared.contracts.mam.guides import TorrentMention

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.document import Document
from mam_search.adapters.browser.markdown import plain, storable, to_markdown
from mam_search.domain.crawl import PageAddress
from mam_search.domain.guide import MAX_LINKS, MAX_TITLE

if TYPE_CHECKING:
    from bs4 import Tag

MAX_ADDRESS = 1_000
_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?")
_WITH_A_KEY = re.compile(r"download\.php|/announce|passkey|torrent_pass|authkey|rsskey|getrss|mam_id|logout", re.I)
"""Parts of addresses that contain a credential of the member."""
_KEY = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-zA-Z])(?:[A-Za-z0-9_]{24,}|[\w-]{60,})|(?<=/)[\w-]{16,}(?=/announce)"
)
"""What is long and mixed enough to be a passkey, a hash of a download link or a session value."""


class ParsedPage(Document):
    """A page of guides or of the forum. `site` is the address of the site, `path` the path of the page."""

    def __init__(self, html: str, title: str, path: str, site: str) -> None:
        super().__init__(html, path)
        self.title = " ".join(storable(title).removesuffix(selectors.SITE_TITLE).strip(" |-").split())[:MAX_TITLE]
        self._site = site.rstrip("/")

    def address_of(self, anchor: "Tag") -> PageAddress | None:
        """The page that a link leads to, if a crawl can read it."""
        path = self.path_of(str(anchor.get("href") or ""))
        return PageAddress.of(path) if path is not None else None

    def path_of(self, href: str) -> str | None:
        """The path and query of a link within the site; None for any other link."""
        address = self._absolute(href)
        within = address is not None and urlsplit(address).netloc == urlsplit(self._site).netloc
        return address[address.index("/", 8) :] if address is not None and within and "/" in address[8:] else None

    def crawlable(self, element: "Tag") -> list[PageAddress]:
        """The pages that the links of an element lead to and that a crawl can read."""
        found = (self.address_of(anchor) for anchor in element.find_all("a", href=True))
        return list(dict.fromkeys(address for address in found if address is not None))

    def links(self, element: "Tag") -> tuple[list[str], list[TorrentMention]]:
        """The addresses and the torrents that an element links to, at most `MAX_LINKS` of each, without credentials."""
        addresses: dict[str, None] = {}
        torrents: dict[str, TorrentMention] = {}
        for anchor in element.find_all("a", href=True):
            address = self._shown(str(anchor["href"]))
            if address is None:
                continue
            addresses[address] = None
            path = self.path_of(address)
            if path is not None and (torrent := re.fullmatch(selectors.TORRENT_LINK, path)):
                torrents.setdefault(torrent[1], TorrentMention(id=torrent[1], title=plain(anchor, MAX_TITLE)))
        return list(addresses)[:MAX_LINKS], list(torrents.values())[:MAX_LINKS]

    def markdown(self, element: "Tag") -> str:
        """The text of an element as Markdown, without credentials. The element is changed."""
        return _KEY.sub("***", to_markdown(element, self._shown))

    def _absolute(self, href: str) -> str | None:
        try:
            address = urljoin(f"{self._site}{self.path}", href.strip())
            parts = urlsplit(address)
        except ValueError:
            return None
        return address if parts.scheme in ("http", "https") and parts.netloc else None

    def _shown(self, href: str) -> str | None:
        """The address of a link as it is stored; None if it is not one of the web or contains a credential."""
        address = self._absolute(storable(href))
        if address is None or len(address) > MAX_ADDRESS or "@" in urlsplit(address).netloc:
            return None
        return None if _WITH_A_KEY.search(address) or _KEY.search(address) else address


def latest_date(element: "Tag | None") -> datetime | None:
    """The latest date in the text of an element, in UTC; None if it contains none."""
    found = []
    for date, time in _DATE.findall(element.get_text(" ")[:20_000]) if element is not None else []:
        try:
            found.append(datetime.fromisoformat(f"{date} {time or '00:00'}").replace(tzinfo=UTC))
        except ValueError:
            continue
    return max(found, default=None)
