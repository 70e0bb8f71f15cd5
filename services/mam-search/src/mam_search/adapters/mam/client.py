"""MyAnonamouse: one session that rotates with every answer, one request at a time, at the account's pace."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar

import httpx
import torf
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.chassis.http import Remote
from shared.contracts.mam.account import Egress, Standing
from shared.contracts.mam.releases import Release, TorrentFile

from mam_search.adapters.mam import parsing
from mam_search.adapters.mam.schemas import Member, SearchAnswer, Seen
from mam_search.adapters.mam.unread_values import UnreadValues
from mam_search.adapters.postgres.rate_limiter import AccountLine, Turn

Answer = TypeVar("Answer")

SYSTEM = "myanonamouse"
PAGE = 100
COOKIE = "mam_id"
_SEARCH = TypeAdapter(SearchAnswer)
_USER = TypeAdapter(Member)
_SEEN = TypeAdapter(Seen)
NEW_SESSION = "make a new session for Gapless (Preferences, Security) and set MAM_SESSION"


class MyAnonamouse:
    """The tracker's JSON interface. Every request takes its turn in the account's line."""

    def __init__(self, remote: Remote, line: AccountLine) -> None:
        self._remote = remote
        self._line = line
        self._unread = UnreadValues()

    async def search(self, text: str) -> list[Release]:
        """Audiobooks whose title, authors or series have all these words."""
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
            "perpage": str(PAGE),
            "isbn": "1",
            "mediaInfo": "1",
        }
        return await self._ask("/tor/js/loadSearchJSONbasic.php", query, self._releases)

    async def fetch_torrent(self, release_id: str) -> TorrentFile:
        """The torrent file of one release, checked before anybody relies on it."""
        # A page instead of it may be about this torrent alone, so it closes the line for no other request.
        response = await self._ask("/tor/download.php", {"tid": release_id}, lambda answered: answered)
        if not response.content.startswith(b"d"):
            raise RemoteRefusedUs(SYSTEM, f"torrent {release_id} came as a page, not as a torrent file")
        try:
            torrent = torf.Torrent.read_stream(BytesIO(response.content))
            return TorrentFile.model_construct(
                content=response.content,
                info_hash=torrent.infohash.lower(),
                name=str(torrent.name),
                size_bytes=int(torrent.size),
            )
        except torf.TorfError as error:
            raise RemoteAnsweredNonsense(SYSTEM, f"torrent {release_id} is no torrent file: {error}") from error

    async def standing(self, now: datetime, *, knock: bool = False) -> Standing:
        """The account's standing as the site has it now; `knock` asks although it refused us a moment ago."""
        member = await self._ask("/jsonLoad.php", {"snatch_summary": "1"}, self._member, knock=knock)
        return parsing.standing(member, now)

    async def egress(self, now: datetime) -> Egress:
        """The address that the tracker sees us come from. It is told without a session, so also when that is refused.

        It takes its turn in the account's line all the same.
        """
        async with self._line.turn(without_session=True):
            response = await self._remote.request("GET", "/json/jsonIp.php")
        seen = self._remote.read(response, _SEEN)
        network = f"AS{seen.ASN} {seen.AS}".strip() if seen.ASN else seen.AS
        return Egress(address=seen.ip, network=network, seen_at=now)

    async def _ask(
        self, path: str, query: dict[str, Any], understand: Callable[[httpx.Response], Answer], *, knock: bool = False
    ) -> Answer:
        """One request in the account's turn; the new session value is stored before the next one may go.

        An answer that is understood as a refusal closes the line as a status of 403 does.
        """
        async with self._line.turn(knock=knock) as turn:
            response = await self._send(turn, path, query)
            try:
                answer = understand(response)
            except RemoteRefusedUs as refused:
                turn.close_line(refused.detail)
                raise
            turn.was_taken()
            return answer

    async def _send(self, turn: Turn, path: str, query: dict[str, Any]) -> httpx.Response:
        """One request. A refusal closes the line: the same is not asked again, neither with this value nor another."""
        try:
            response = await self._remote.request(
                "GET", path, params=query, headers={"Cookie": f"{COOKIE}={turn.session}"}
            )
        except RemoteRefusedUs as refused:
            detail = f"{refused.detail}; {NEW_SESSION}"
            turn.close_line(detail)
            raise RemoteRefusedUs(SYSTEM, detail) from refused
        turn.rotate(_rotated(response))
        return response

    def _releases(self, response: httpx.Response) -> list[Release]:
        answer = self._remote.read(_json(response), _SEARCH)
        if answer.data is not None:
            return [parsing.release(row, self._unread.report) for row in answer.data]
        if answer.error.startswith("Nothing returned"):
            return []
        said = answer.error or answer.message
        if "session type" in said:
            raise RemoteRefusedUs(SYSTEM, f"{said}: the session was made for a browser; {NEW_SESSION}")
        raise RemoteAnsweredNonsense(SYSTEM, said or "a search answer with neither torrents nor an error")

    def _member(self, response: httpx.Response) -> Member:
        return self._remote.read(_json(response), _USER)


def _rotated(response: httpx.Response) -> str | None:
    """The new session value exactly as it came; None when there is none, or when the cookie is being deleted."""
    for header in response.headers.get_list("set-cookie"):
        pair, _, attributes = header.partition(";")
        name, _, value = pair.strip().partition("=")
        gone = "max-age=0" in attributes.lower() or "1970" in attributes
        if name == COOKIE and value and value != "deleted" and not gone:
            return value
    return None


def _json(response: httpx.Response) -> httpx.Response:
    """A page or nothing instead of JSON means that the session is not taken."""
    body = response.content.lstrip()
    if not body or body[:1] == b"<":
        seen = "a page" if body else "an empty answer"
        raise RemoteRefusedUs(SYSTEM, f"{seen} instead of JSON: the session is not taken; {NEW_SESSION}")
    return response
