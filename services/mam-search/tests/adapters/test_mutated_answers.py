"""Any answer of the site, and any mutation of it, is read or one of a closed set of errors."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpx
import pytest
from guide_texts import address, parsed
from hypothesis import given, settings
from hypothesis import strategies as st
from mam_search.adapters.browser.forum_pages import read_board, read_topic
from mam_search.adapters.browser.guide_pages import frame_of, read_guide, read_index
from mam_search.adapters.browser.page_check import failure, refusal
from mam_search.adapters.browser.parsed_page import ParsedPage
from mam_search.adapters.browser.process import LoadedPage
from mam_search.adapters.browser.scrubbing import scrub
from mam_search.adapters.mam import parsing
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.response_check import check_is_json, check_is_no_login
from mam_search.adapters.mam.schemas import Address, Member
from mam_search.adapters.mam.seedbox import SeedboxRegistration
from mam_search.adapters.mam.snatch_list import SnatchList
from mam_search.adapters.mam.store import Store
from mam_search.domain.crawl import PageAddress
from mam_search.domain.refusals import PageChanged
from pydantic import TypeAdapter
from sandbox.mam.forum import Forum
from sandbox.mam.guides import Guides
from sandbox.worldmaking.small import small_world
from shared.chassis.errors import RemoteError
from shared.chassis.http import Remote

NOW = datetime(2026, 11, 30, tzinfo=UTC)
MEMBER, ADDRESS = TypeAdapter(Member), TypeAdapter(Address)
BUCKET = {"name": "Seeding", "count": "3", "red": False, "size": 0}
USER = {
    "username": "reader", "uid": 1001, "classname": "VIP", "ratio": "1,234.5", "uploaded": "1.2 TiB",
    "downloaded": "881.8 MiB", "uploaded_bytes": 1.5e12, "downloaded_bytes": "924000000", "seedbonus": 99999,
    "wedges": "3", "vip_until": "2026-12-24 10:00:00", "connectable": "yes",
}  # fmt: skip
SUMMARY = {"unsat": {"count": 3, "limit": 150}, "seedHnr": BUCKET, "inactHnr": BUCKET, "connectable": "offline"}
ROW = {"id": 7, "title": "Tik-Tok &amp; Co", "size": "1,016.2 KiB", "seedtime": "1d 12:10:28", "STG": "12:00:00"}
ANSWERS: tuple[Any, ...] = (
    USER | {"snatch_summary": SUMMARY},
    USER | SUMMARY,
    {"error": "Request not via correct session type"},
    {"success": True, "type": "upload", "amount": 50, "seedbonus": 12.5},
    {"success": False, "error": "This Torrent is VIP"},
    {"rows": [ROW | {"complete_unix": "1790000000"}], "success": True},
    {"Success": True, "msg": "Completed", "ip": "203.0.113.7", "ASN": 64500, "AS": "Example"},
    {"ip": "203.0.113.7", "ASN": "64500", "AS": "Example", "time": 1},
    [],
    None,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = sorted({name for answer in ANSWERS if isinstance(answer, dict) for name in (*answer, *SUMMARY, *ROW)})


class Reading:
    """Reads one response as each request about the account does."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._remote = Remote(SYSTEM, "http://mam")

    def json(self, response: httpx.Response, shape: TypeAdapter[Any]) -> Any:
        """As `TrackerRequests.json`."""
        check_is_json(response)
        return self._remote.read(response, shape)

    def every(self) -> list[Callable[[], object]]:
        """The standing, the address, the cookie, a file, the registration, the list of torrents and the store."""
        response, requests = self._response, self
        return [
            lambda: parsing.standing(self.json(response, MEMBER), NOW),
            lambda: self.json(response, ADDRESS),
            lambda: check_is_json(response),
            lambda: check_is_no_login(response),
            lambda: SeedboxRegistration(requests)._seedbox(response, NOW),  # type: ignore[arg-type]
            lambda: SnatchList(requests)._parse(response),  # type: ignore[arg-type]
            lambda: Store(requests)._parse(response),  # type: ignore[arg-type]
        ]


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(ANSWERS), st.sampled_from(FIELDS), JSON, st.integers(0, 200), st.sampled_from([200, 403, 429]))
def test_any_mutation_of_an_answer_about_the_account_is_read_or_a_known_error(
    answer: Any, field: str, value: Any, cut: int, status: int
) -> None:
    mutated = json.loads(json.dumps(answer))
    if isinstance(mutated, dict):
        inner = mutated.get("snatch_summary") if field in SUMMARY else mutated
        (inner if isinstance(inner, dict) else mutated)[field] = value
    body = json.dumps(mutated).encode()
    for each in (body, body[: max(0, len(body) - cut)], b"<html>" + body, b""):
        for read in Reading(httpx.Response(status, content=each)).every():
            with suppress(RemoteError):
                read()


@cache
def pages() -> dict[str, str]:
    """The content of a page of each kind that a crawl reads, by its path."""
    world = small_world()
    guides, forum = Guides(world.guides), Forum(world.boards)
    guide = next(each for each in world.guides if not each.framed)
    framed = next(each for each in world.guides if each.framed)
    board = world.boards[0]
    found = {
        "/guides/": guides.index(),
        f"/guides/?gid={guide.number}": guides.page(guide.number),
        f"/guides/?gid={framed.number}": guides.page(framed.number),
        f"/f/b/{board.number}/p/1": forum.board_page(board.number, 1),
        f"/f/t/{board.topics[0].number}/p/1": forum.topic_page(board.topics[0].number, 1),
    }
    return {path: content for path, content in found.items() if content is not None}


def read_page(page: ParsedPage, found: PageAddress) -> None:
    """Read a page as a crawl does."""
    kind = found.kind.value
    readers = {"index": lambda: read_index(page), "board": lambda: read_board(page, found)}
    readers |= {"guide": lambda: read_guide(page, found), "topic": lambda: read_topic(page, found)}
    frame_of(page)
    readers[kind]()


def test_each_kind_of_page_is_read() -> None:
    assert len(pages()) == 5
    for path, content in pages().items():
        if "iframe" not in content:
            read_page(parsed(content, path), address(path))


@settings(deadline=None, max_examples=150)
@given(st.data(), st.text(max_size=40))
def test_any_mutation_of_a_page_of_the_crawl_is_read_or_named_as_changed(data: st.DataObject, inserted: str) -> None:
    path = data.draw(st.sampled_from(sorted(pages())))
    content = pages()[path]
    start, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 400))
    mutated = content[:start] + inserted + content[start + length :]
    loaded = LoadedPage(200, f"http://mam{path}", "page", mutated)
    refusal(loaded)
    failure(loaded)
    with suppress(PageChanged):
        read_page(parsed(mutated, path), address(path))
    scrub(mutated).encode()


@pytest.mark.parametrize("html", ["", "<", "\x00", "\ud800", "<div id=guideBox>" * 500, "<tr><td><a href='/f/t/1'>x"])
def test_a_page_that_is_none_is_named_as_changed_or_read(html: str) -> None:
    for path in pages():
        with suppress(PageChanged):
            read_page(parsed(html, path), address(path))
