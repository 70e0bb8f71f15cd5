"""Parses the pages of the forum: a board and a topic."""

from shared.contracts.mam.guides import GuideKind, TorrentMention

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.markdown import plain
from mam_search.adapters.browser.parsed_page import ParsedPage, latest_date
from mam_search.domain.crawl import Link, PageAddress, PageKind
from mam_search.domain.guide import MAX_LINKS, MAX_MARKDOWN, MAX_TITLE, GuideText
from mam_search.domain.guide_ports import CrawledPage


def read_board(page: ParsedPage, address: PageAddress) -> CrawledPage:
    """The topics of one page of a board, and its other pages. Raises `PageChanged` if the first page has no topics.

    The number of replies and the date of the last post tell whether a topic has changed.
    """
    first = address.page == 1
    anchors = page.some(selectors.TOPIC_LINKS) if first else page.soup.select(selectors.TOPIC_LINKS)
    links = []
    for anchor in anchors:
        to = page.address_of(anchor)
        row = anchor.find_parent(selectors.LIST_ROW.split(", "))
        if to is None or to.kind is not PageKind.TOPIC or row is None:
            continue
        date, replies = latest_date(row), plain(row.select_one(selectors.TOPIC_REPLIES), 20)
        mark = f"{replies} replies, {date.isoformat()}" if date else None
        links.append(Link(PageAddress(PageKind.TOPIC, to.whole), mark))
    return CrawledPage(links=[*links, *_further_pages(page, address, selectors.BOARD_LINKS)])


def read_topic(page: ParsedPage, address: PageAddress) -> CrawledPage:
    """One page of a topic, with its other pages. Each post gets a heading. Raises `PageChanged`."""
    posts = page.some(selectors.POST)
    title = plain(page.soup.select_one(selectors.TITLES), MAX_TITLE) or page.title or address.whole
    boards = [each for each in page.soup.select(selectors.BOARD_LINKS) if each.get_text(strip=True)]
    texts: list[str] = []
    links: dict[str, None] = {}
    torrents: dict[str, TorrentMention] = {}
    for post in posts:
        body = post.select_one(selectors.POST_BODY)
        if body is None:
            raise page.changed(selectors.POST_BODY)
        for signature in body.select(selectors.POST_SIGNATURE):
            signature.extract()
        found, mentioned = page.links(body)
        links |= dict.fromkeys(found)
        torrents |= {each.id: each for each in mentioned}
        about = plain(post.select_one(selectors.POST_AUTHOR), 100), plain(post.select_one(selectors.POST_DATE), 40)
        texts.append(f"## {', '.join(part for part in about if part) or 'Post'}\n\n{page.markdown(body)}")
    dates = [date for post in posts if (date := latest_date(post.select_one(selectors.POST_DATE)))]
    text = GuideText(
        kind=GuideKind.TOPIC,
        address=address.path,
        title=title,
        page=address.page,
        author=plain(posts[0].select_one(selectors.POST_AUTHOR), 100) or None,
        board=plain(boards[-1], 100) if boards else None,
        dated_at=max(dates, default=None),
        links=list(links)[:MAX_LINKS],
        torrents=list(torrents.values())[:MAX_LINKS],
        markdown="\n\n".join(texts)[:MAX_MARKDOWN],
    )
    return CrawledPage(text, _further_pages(page, address, selectors.TOPIC_LINKS))


def _further_pages(page: ParsedPage, address: PageAddress, selector: str) -> list[Link]:
    """Every page of the same board or topic up to the last one that the page links to."""
    pages = [
        to.page for each in page.soup.select(selector) if (to := page.address_of(each)) and to.whole == address.whole
    ]
    last = min(max(pages, default=1), 10_000)
    return [Link(PageAddress(address.kind, address.whole, number)) for number in range(1, last + 1)]
