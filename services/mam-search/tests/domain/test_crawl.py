"""Which pages a crawl follows, by their addresses and its limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crawls import RULES
from mam_search.domain.crawl import Link, PageAddress, PageKind, WaitingPage, followed

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def at(path: str) -> PageAddress:
    found = PageAddress.of(path)
    assert found is not None, path
    return found


@pytest.mark.parametrize(
    ("path", "kind", "canonical"),
    [
        ("/guides/", PageKind.INDEX, "/guides/"),
        ("/guides", PageKind.INDEX, "/guides/"),
        ("/guides/?gid=12", PageKind.GUIDE, "/guides/?gid=12"),
        ("/guides?gid=0012&lang=en#top", PageKind.GUIDE, "/guides/?gid=12"),
        ("/guides/?x=1&gid=12", PageKind.GUIDE, "/guides/?gid=12"),
        ("/f/b/21", PageKind.BOARD, "/f/b/21/p/1"),
        ("/f/b/21/p/3/", PageKind.BOARD, "/f/b/21/p/3"),
        ("/f/t/501/p/2#90", PageKind.TOPIC, "/f/t/501/p/2"),
        ("/f/t/501?unread=1", PageKind.TOPIC, "/f/t/501/p/1"),
        ("/f/t/501/p/0", PageKind.TOPIC, "/f/t/501/p/1"),
    ],
)
def test_an_address_of_a_page_has_one_form(path: str, kind: PageKind, canonical: str) -> None:
    assert (at(path).kind, at(path).path) == (kind, canonical)
    assert at(canonical) == at(path)


@pytest.mark.parametrize(
    "path",
    ["/", "/t/900001", "/f/", "/f/b/x", "/guides/?gid=", "/guides/?tag=vpn", "/logout.php", "/store.php",
     "/guides/../store.php", "/f/t/99999999999", "/f/t/5/p/1/../../../store.php"],
)  # fmt: skip
def test_any_other_page_is_never_crawled(path: str) -> None:
    assert PageAddress.of(path) is None


def paths(source: WaitingPage, *links: Link, **rules: object) -> list[str]:
    return [page.address.path for page, _ in followed(source, links, replace(RULES, **rules))]  # type: ignore[arg-type]


def test_guides_are_followed_from_guides_and_topics_only_from_a_board() -> None:
    guide, topic = Link(at("/guides/?gid=5")), Link(at("/f/t/501"))
    assert paths(WaitingPage(at("/guides/"), 0), guide, topic) == ["/guides/?gid=5"]
    assert paths(WaitingPage(at("/guides/?gid=4"), 1), guide, topic) == ["/guides/?gid=5"]
    assert paths(WaitingPage(at("/f/b/21"), 0), guide, topic) == ["/f/t/501/p/1"]
    assert paths(WaitingPage(at("/f/t/7"), 1), guide, topic) == []


def test_a_page_at_the_greatest_depth_leads_nowhere_except_to_its_own_further_pages() -> None:
    assert paths(WaitingPage(at("/guides/?gid=4"), 2), Link(at("/guides/?gid=5"))) == []
    topic = WaitingPage(at("/f/t/7"), 2)
    assert paths(topic, *(Link(at(f"/f/t/7/p/{number}")) for number in range(1, 9)), pages_per_topic=3) == [
        "/f/t/7/p/2", "/f/t/7/p/3",
    ]  # fmt: skip


def test_a_link_with_a_mark_is_preferred() -> None:
    topic = at("/f/t/501")
    ((_, link),) = followed(WaitingPage(at("/f/b/21"), 0), [Link(topic), Link(topic, "new"), Link(topic)], RULES)
    assert link.mark == "new"


def test_a_crawl_ends_at_its_limits() -> None:
    rules = replace(RULES, max_pages=5, max_duration=timedelta(minutes=90))
    assert rules.reached_limit(4, NOW, NOW + timedelta(minutes=89)) is None
    assert rules.reached_limit(5, NOW, NOW) == "it has fetched 5 pages (MAM_CRAWL_MAX_PAGES)"
    assert (
        rules.reached_limit(0, NOW, NOW + timedelta(minutes=90)) == "it has run for 90 minutes (MAM_CRAWL_MAX_MINUTES)"
    )
