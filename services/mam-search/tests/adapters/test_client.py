"""Each response of the tracker becomes releases, a torrent file or one of four errors."""

import traceback
from typing import Any

import httpx
import pytest
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.domain.refusals import SessionRefused
from sandbox.mam import Member
from shared.chassis.clock import SystemClock
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.mam.releases import TorrentFile
from shared.contracts.mam.search import MamSearch
from shared.contracts.mam.sessions import SessionState

QUERY = MamSearch(text="marvelous land oz baum")


async def test_a_search_finds_the_matching_release(tracker: Any) -> None:
    (found,) = (await tracker.replica().search(QUERY)).releases
    assert (found.id, found.title, found.authors) == ("901", "The Marvelous Land of Oz", ["L. Frank Baum"])
    assert found.series[0].sequence == "2"
    assert found.is_audio


async def test_a_search_without_results_is_an_empty_page(tracker: Any) -> None:
    page = await tracker.replica().search(MamSearch(text="nothing of that name"))
    assert (page.releases, page.found) == ([], 0)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("away", RemoteUnavailable),
        ("broken", RemoteUnavailable),
        ("throttled", RemoteThrottled),
        ("unauthorized", RemoteRefusedUs),
        ("forbidden", RemoteRefusedUs),
        ("html", RemoteRefusedUs),
        ("empty", RemoteRefusedUs),
        ("half", RemoteAnsweredNonsense),
    ],
)
async def test_a_failure_is_never_an_empty_list(kind: str, error: type[RemoteError], tracker: Any) -> None:
    tracker.fails(kind)
    with pytest.raises(RemoteError) as raised:
        await tracker.replica().search(QUERY)
    assert isinstance(raised.value, error)
    assert raised.value.system == "myanonamouse"


async def test_a_refusal_says_what_to_do_and_contains_no_secret(tracker: Any) -> None:
    tracker.fails("session_burnt", times=1)
    with pytest.raises(RemoteRefusedUs, match="set MAM_SESSION") as raised:
        await tracker.replica().search(QUERY)
    assert "seed-of-the-session" not in str(raised.value)


async def test_a_throttled_request_pauses_requests_for_as_long_as_the_site_says(tracker: Any) -> None:
    tracker.fails("throttled", times=1, retry_after_seconds=40)
    with pytest.raises(RemoteThrottled):
        await tracker.replica().search(QUERY)
    with pytest.raises(RemoteThrottled) as raised:
        await tracker.replica().search(QUERY)
    assert 30 < raised.value.retry_after_seconds <= 40
    assert tracker.requests == 1


async def test_a_torrent_file_is_parsed_and_survives_serialization(tracker: Any) -> None:
    torrent = await tracker.replica().fetch_torrent("901")
    assert torrent.content.startswith(b"d")
    assert len(torrent.info_hash) == 40
    assert TorrentFile.model_validate_json(torrent.model_dump_json()) == torrent


async def test_a_page_instead_of_a_torrent_file_is_a_refusal(tracker: Any) -> None:
    with pytest.raises(RemoteRefusedUs, match="a page instead of the file of torrent 999"):
        await tracker.replica().fetch_torrent("999")


async def test_a_login_page_instead_of_a_torrent_file_refuses_the_session(tracker: Any) -> None:
    tracker.fails("session_burnt", path="/tor/download.php", times=1)
    client = tracker.replica()
    with pytest.raises(SessionRefused, match="a page that asks to log in") as raised:
        await client.fetch_torrent("901")
    assert raised.value.state is SessionState.DEAD
    with pytest.raises(SessionRefused, match="paused"):
        await client.fetch_torrent("901")
    assert tracker.requests == 1


async def test_an_incomplete_torrent_file_is_an_invalid_response(tracker: Any) -> None:
    tracker.fails("half", path="/tor/download.php")
    with pytest.raises(RemoteAnsweredNonsense, match="torrent 901 is not a valid torrent file"):
        await tracker.replica().fetch_torrent("901")


async def test_an_invalid_torrent_file_does_not_show_the_passkey(tracker: Any) -> None:
    content = b"d8:announce16:/my-key/announce4:infod6:lengthi5e4:name1:x12:piece lengthi16384e6:pieces0:ee"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    client = MyAnonamouse(tracker.requests_of_replica(transport=transport))
    with pytest.raises(RemoteAnsweredNonsense, match="torrent 901 is not a valid torrent file") as raised:
        await client.fetch_torrent("901")
    assert "my-key" not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("request_", ["search", "standing", "check_cookie"])
async def test_a_session_made_for_a_browser_is_of_the_wrong_type_whatever_is_requested(
    request_: str, tracker: Any
) -> None:
    """The site answers with status 200 and JSON."""
    client = tracker.replica(seed=Member().browser_id)
    requests = {
        "search": lambda: client.search(QUERY),
        "standing": lambda: client.standing(SystemClock().now()),
        "check_cookie": client.check_cookie,
    }
    with pytest.raises(SessionRefused, match="created for a browser") as raised:
        await requests[request_]()
    assert raised.value.state is SessionState.WRONG_TYPE
    assert (await tracker.sessions(tracker.databases[-1], Member().browser_id).load()).health.state is (
        SessionState.WRONG_TYPE
    )


async def test_the_standing_is_read(tracker: Any) -> None:
    standing = await tracker.replica().standing(SystemClock().now())
    assert standing.username
    assert standing.unsatisfied_limit is not None
