"""The guides and topics of a world, as a crawl reads them from the stand-in's pages."""

from collections.abc import Iterator

from mam_search.adapters.browser.forum_pages import read_topic
from mam_search.adapters.browser.guide_pages import read_guide
from mam_search.adapters.browser.parsed_page import ParsedPage
from mam_search.domain.crawl import PageAddress
from mam_search.domain.guide import GuideText
from sandbox.mam.forum import POSTS_ON_A_PAGE, Forum
from sandbox.mam.guides import Guides
from sandbox.world import World


def parsed(html: str | None, path: str) -> ParsedPage:
    """A page of the stand-in, parsed."""
    assert html is not None
    return ParsedPage(f"<html><body>{html}</body></html>", "page | My Anonamouse", path, "http://mam")


def address(path: str) -> PageAddress:
    """The address of a page that can be crawled."""
    found = PageAddress.of(path)
    assert found is not None
    return found


def texts_of(world: World) -> Iterator[GuideText]:
    """Every guide and every page of a topic."""
    guides, forum = Guides(world.guides), Forum(world.boards)
    for guide in world.guides:
        path = f"/guides/?gid={guide.number}"
        framed = parsed(guides.frame(guide.number), path) if guide.framed else None
        text = read_guide(parsed(guides.page(guide.number), path), address(path), framed=framed).text
        assert text is not None
        yield text
    for topic in forum.topics.values():
        for page in range(1, -(-len(topic.posts) // POSTS_ON_A_PAGE) + 1):
            path = f"/f/t/{topic.number}/p/{page}"
            text = read_topic(parsed(forum.topic_page(topic.number, page), path), address(path)).text
            assert text is not None
            yield text
