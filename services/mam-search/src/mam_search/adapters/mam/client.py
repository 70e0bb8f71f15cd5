"""MyAnonamouse: one session that rotates with every response, one request at a time, rate limited per account."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar

import httpx
import torf
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.chassis.http import Remote
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import RateLimiter
from shared.contracts.mam.account import Egress, Standing
from shared.contracts.mam.releases import Release, TorrentFile

from mam_search.adapters.mam import parsing
from mam_search.adapters.mam.account_rules import SYSTEM, pause_after_refusal, session_to_send
from mam_search.adapters.mam.schemas import Address, Member, SearchAnswer
from mam_search.adapters.mam.unread_values import UnreadValues
from mam_search.adapters.postgres.session_store import SessionStore

Parsed = TypeVar("Parsed")

PAGE_SIZE = 100
COOKIE = "mam_id"
_SEARCH = TypeAdapter(SearchAnswer)
_USER = TypeAdapter(Member)
_ADDRESS = TypeAdapter(Address)
NEW_SESSION = "create a new session for Gapless (Preferences > Security) and set MAM_SESSION"
UNREADABLE = "newer session values were encrypted with another SECRET_KEY: set SECRET_KEY_PREVIOUS to it"


class MyAnonamouse:
    """The tracker's JSON interface. The account's rate limiter admits every request.

    Raises the `RemoteError` family.
    """

    def __init__(self, remote: Remote, rate_limiter: RateLimiter, sessions: SessionStore) -> None:
        self._remote = remote
        self._rate_limiter = rate_limiter
        self._sessions = sessions
        self._unread = UnreadValues()

    async def search(self, text: str, *, person_waits: bool = False) -> list[Release]:
        """Audiobooks whose title, authors or series contain all these words; at most 100, by seeders."""
        query: dict[str, Any] = {
            "tor[text]": text,
            "tor[srchIn][title]": "true",
            "tor[srchIn][author]": "true",
            "tor[srchIn][series]": "true",
            "tor[searchType]": "all",
            "tor[searchIn]": "torrents",
            "tor[main_cat][0]": str(parsing.AUDIOBOOKS),
            "tor[sortType]": "seedersDesc",
            "tor[startNumber]": "0",
            "perpage": str(PAGE_SIZE),
            "isbn": "1",
            "mediaInfo": "1",
        }
        return await self._request("/tor/js/loadSearchJSONbasic.php", query, self._releases, person_waits=person_waits)

    async def fetch_torrent(self, release_id: str, *, person_waits: bool = False) -> TorrentFile:
        """The torrent file of one release, parsed and checked.

        Raises `RemoteRefusedUs` if the site sends a page instead, `RemoteAnsweredNonsense` if it is not a torrent file.
        """
        # A page instead of a file may concern only this torrent, so it does not pause other requests.
        response = await self._request(
            "/tor/download.php", {"tid": release_id}, lambda response: response, person_waits=person_waits
        )
        if not response.content.startswith(b"d"):
            raise RemoteRefusedUs(SYSTEM, f"MyAnonamouse sent a page instead of the file of torrent {release_id}")
        try:
            torrent = torf.Torrent.read_stream(BytesIO(response.content))
            return TorrentFile.model_construct(
                content=response.content,
                info_hash=torrent.infohash.lower(),
                name=str(torrent.name),
                size_bytes=int(torrent.size),
            )
        except torf.TorfError as error:
            raise RemoteAnsweredNonsense(
                SYSTEM, f"the file of torrent {release_id} is not a valid torrent file: {error}"
            ) from error

    async def standing(self, now: datetime, *, person_waits: bool = False, probe: bool = False) -> Standing:
        """The account's standing, read from the site now. With `probe`, even while requests are paused."""
        member = await self._request(
            "/jsonLoad.php", {"snatch_summary": "1"}, self._member, person_waits=person_waits, probe=probe
        )
        return parsing.standing(member, now)

    async def egress(self, now: datetime) -> Egress:
        """Our address as the tracker sees it. It needs no session, so it works while the session is refused.

        The request is rate limited like every other.
        """
        async with self._rate_limiter.acquire(without_credentials=True):
            response = await self._remote.request("GET", "/json/jsonIp.php")
        address = self._remote.read(response, _ADDRESS)
        network = f"AS{address.ASN} {address.AS}".strip() if address.ASN else address.AS
        return Egress(address=address.ip, network=network, seen_at=now)

    async def _request(
        self,
        path: str,
        query: dict[str, Any],
        parse: Callable[[httpx.Response], Parsed],
        *,
        person_waits: bool = False,
        probe: bool = False,
    ) -> Parsed:
        """Send one request. The new session value is stored before the next request is sent.

        If `parse` raises `RemoteRefusedUs`, requests pause as they do after status 403.
        """
        priority = Priority.PERSON if person_waits else Priority.SCHEDULE
        async with self._rate_limiter.acquire(priority=priority, probe=probe) as turn:
            known = await self._sessions.known()
            session = session_to_send(known.values, turn.refusals, probe=probe)
            try:
                response = await self._send(session, path, query)
                if received := _rotated(response):
                    await self._sessions.replace(known, session, received)
                return parse(response)
            except RemoteRefusedUs as refused:
                turn.pause_seconds = pause_after_refusal(turn.refusals + 1, len(known.values))
                if known.unreadable:
                    raise RemoteRefusedUs(SYSTEM, f"{refused.detail}; {UNREADABLE}") from refused
                raise

    async def _send(self, session: str, path: str, query: dict[str, Any]) -> httpx.Response:
        """Send one request. After a refusal it is not repeated, neither with this session value nor with another."""
        try:
            return await self._remote.request("GET", path, params=query, headers={"Cookie": f"{COOKIE}={session}"})
        except RemoteRefusedUs as refused:
            raise RemoteRefusedUs(SYSTEM, f"{refused.detail}; {NEW_SESSION}") from refused

    def _releases(self, response: httpx.Response) -> list[Release]:
        answer = self._remote.read(_json(response), _SEARCH)
        if answer.data is not None:
            return [parsing.release(row, self._unread.report) for row in answer.data]
        if answer.error.startswith("Nothing returned"):
            return []
        error = answer.error or answer.message
        if "session type" in error:
            raise RemoteRefusedUs(SYSTEM, f"{error}: the session was created for a browser; {NEW_SESSION}")
        raise RemoteAnsweredNonsense(SYSTEM, error or "the search response contains neither torrents nor an error")

    def _member(self, response: httpx.Response) -> Member:
        return self._remote.read(_json(response), _USER)


def _rotated(response: httpx.Response) -> str | None:
    """The new session value, unchanged; None if there is none or the site deletes the cookie."""
    for header in response.headers.get_list("set-cookie"):
        pair, _, attributes = header.partition(";")
        name, _, value = pair.strip().partition("=")
        deleted = "max-age=0" in attributes.lower() or "1970" in attributes
        if name == COOKIE and value and value != "deleted" and not deleted:
            return value
    return None


def _json(response: httpx.Response) -> httpx.Response:
    """A page or an empty response instead of JSON means that the session was refused."""
    body = response.content.lstrip()
    if not body or body[:1] == b"<":
        received = "a page" if body else "an empty response"
        raise RemoteRefusedUs(SYSTEM, f"{received} instead of JSON: the session was not accepted; {NEW_SESSION}")
    return response
