"""The JSON interface of MyAnonamouse: search, torrent files, and the account's standing."""

from datetime import datetime
from io import BytesIO

import httpx
import torf
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.contracts.mam.account import Egress, Standing
from shared.contracts.mam.releases import TorrentFile
from shared.contracts.mam.search import FoundPage, MamSearch

from mam_search.adapters.mam import parsing, search_page
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.mam.response_check import check_is_json, check_is_no_login
from mam_search.adapters.mam.schemas import Address, Member
from mam_search.adapters.mam.unread_values import UnreadValues
from mam_search.domain.search_ports import StoredAnswer

_USER = TypeAdapter(Member)
_ADDRESS = TypeAdapter(Address)


class MyAnonamouse:
    """The tracker's JSON interface. The account's rate limiter admits every request.

    Raises the `RemoteError` family.
    """

    def __init__(self, requests: TrackerRequests) -> None:
        self._requests = requests
        self._unread = UnreadValues()

    async def search(
        self, search: MamSearch, *, answers: StoredAnswer[FoundPage] | None = None, person_waits: bool = False
    ) -> FoundPage:
        """One page of releases. With `answers`, the same search of several callers or replicas is sent once."""
        query = search_page.parameters(search)

        def parse(response: httpx.Response) -> FoundPage:
            check_is_json(response)
            return search_page.page_of(response.content, search, self._unread.report)

        if answers is None:
            return await self._requests.request(search_page.PATH, query, parse, person_waits=person_waits)
        return await self._requests.request_once(search_page.PATH, query, parse, answers, person_waits=person_waits)

    async def fetch_torrent(self, release_id: str, *, person_waits: bool = False) -> TorrentFile:
        """The torrent file of one release, parsed and checked.

        Raises `SessionRefused` if the site sends a login page instead, `RemoteRefusedUs` if it sends another page, and
        `RemoteAnsweredNonsense` if it is not a torrent file.
        """
        # Another page instead of a file may concern only this torrent, so it does not pause other requests.
        response = await self._requests.request(
            "/tor/download.php", {"tid": release_id}, check_is_no_login, person_waits=person_waits
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
        except torf.TorfError:
            # Not `from error`: messages of torf quote the announce address, which contains the passkey.
            raise RemoteAnsweredNonsense(
                SYSTEM, f"the file of torrent {release_id} is not a valid torrent file"
            ) from None

    async def standing(self, now: datetime, *, person_waits: bool = False, probe: bool = False) -> Standing:
        """The account's standing, read from the site now. With `probe`, even while requests are paused."""
        member = await self._requests.request(
            "/jsonLoad.php", {"snatch_summary": "1"}, self._member, person_waits=person_waits, probe=probe
        )
        return parsing.standing(member, now)

    async def egress(self, now: datetime) -> Egress:
        """Our address as the tracker sees it. It needs no session, so it works while the session is refused.

        The request is rate limited like every other.
        """
        address = await self._requests.request_without_session(
            "/json/jsonIp.php", lambda response: self._requests.json(response, _ADDRESS)
        )
        network = f"AS{address.ASN} {address.AS}".strip() if address.ASN else address.AS
        return Egress(address=address.ip, network=network, seen_at=now)

    async def check_cookie(self) -> None:
        """Use the session without reading anything, so that it does not expire. It is the cheapest request."""
        await self._requests.request("/json/checkCookie.php", {}, check_is_json)

    def _member(self, response: httpx.Response) -> Member:
        return self._requests.json(response, _USER)
