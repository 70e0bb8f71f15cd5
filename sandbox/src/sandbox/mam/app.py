"""The HTTP API of MyAnonamouse that programs use.

In addition to the control API of every stand-in (`sandbox.outcomes`) it serves

    GET    /_sandbox/traffic   the timing of the requests: greatest_in_flight, gaps_seconds, …
    DELETE /_sandbox/traffic   reset these figures
    POST   /_sandbox/session   {"mam_id": "…"}: the user created a new session for the API
    POST   /_sandbox/browser-session   {"mam_id": "…"}: the user created a new browser session

Specific failures: `session_burnt`, which ends the session permanently at a request whose path matches, and
`answer_lost`, after which the store carries out a purchase and does not answer. The failures of pages are in
`sandbox.mam.pages`, those of the registered address in `sandbox.mam.seedbox`.
"""

import asyncio
import html
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.mam.catalogue import Catalogue
from sandbox.mam.forum import Forum
from sandbox.mam.guides import Guides
from sandbox.mam.member import member as member_data
from sandbox.mam.member import unsatisfied
from sandbox.mam.pages import PAGE_FAILURES, WRONG_TYPE, BrowserAccess, Member, Pages, page
from sandbox.mam.search_query import NotUnderstoodError, from_json, from_pairs, parse_search
from sandbox.mam.seedbox import REFUSALS, Seedbox
from sandbox.mam.snatches import snatch_rows
from sandbox.mam.standing import Session, Standing
from sandbox.mam.store import buy
from sandbox.mam.top_list_page import top_list_page
from sandbox.mam.torrent_page import torrent_page
from sandbox.mam.traffic import Traffic
from sandbox.outcomes import CONTROL, Controlled, Outcomes
from sandbox.torrent import TorrentShelf
from sandbox.world import Offer, World

_COOKIE_DAYS = 15
_SESSION_BURNT = "session_burnt"
_ANSWER_LOST = "answer_lost"
_NOT_SIGNED_IN = "Error, you are not signed in"
_DELETE_COOKIE = "mam_id=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/"


@dataclass(frozen=True)
class Rules:
    """How strict the stand-in is. The defaults are those of the real site.

    `seed_stays_valid`, `previous_stays_valid`: see `sandbox.mam.standing.Session`.
    `nested_summary`: the snatch summary has the format since September 2026, otherwise the earlier one.
    `summary_lag_seconds`: how long a fetched torrent is missing in the snatch summary.
    `balance_lag_seconds`: for how long the points, wedges and VIP status are shown from a cache.
    `cookie_domain`: None sends the cookie without a domain, so that a cookie jar accepts it from a loopback address.
    """

    seed_stays_valid: bool = False
    previous_stays_valid: bool = False
    nested_summary: bool = True
    summary_lag_seconds: float = 0.0
    balance_lag_seconds: float = 0.0
    cookie_domain: str | None = None


class Mam(Controlled):
    """The stand-in as an ASGI app. Tests may use `traffic`, the sessions, `pages`, `guides` and `forum` directly."""

    def __init__(self, site: "_Site", outcomes: Outcomes) -> None:
        self.traffic = Traffic()
        self.session = site.session
        self.browser_session = site.browser_session
        self.pages = site.pages
        self.seedbox = site.seedbox
        self.guides = site.guides
        self.forum = site.forum
        control = [
            Route(f"{CONTROL}traffic", self._traffic, methods=["GET", "DELETE"]),
            Route(f"{CONTROL}session", _new_session(self.session), methods=["POST"]),
            Route(f"{CONTROL}browser-session", _new_session(self.browser_session), methods=["POST"]),
        ]
        super().__init__(site.routes(), outcomes, control)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await super().__call__(scope, receive, send)
            return
        with self.traffic.request():
            await super().__call__(scope, receive, send)

    async def _traffic(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.traffic.reset()
        return JSONResponse(self.traffic.report())


class _Site:
    def __init__(
        self,
        world: World,
        shelf: TorrentShelf,
        standing: Standing,
        browser: BrowserAccess,
        outcomes: Outcomes,
        rules: Rules,
    ) -> None:
        offers = [_added_lately(offer) for offer in world.offers if offer.indexer == "mam"]
        self._world = world
        self._shelf = shelf
        self._standing = standing
        self._outcomes = outcomes
        self._rules = rules
        self._shown_balance: dict[str, object] = {}
        self._balance_shown_until = 0.0
        self.seedbox = Seedbox(outcomes)
        self._catalogue = Catalogue(
            offers, download_hash=self._download_hash, info_hash=lambda offer: shelf.torrent_of(offer).info_hash
        )
        self._offers = {offer.id: offer for offer in offers}
        self._by_hash = {self._download_hash(offer): offer for offer in offers}
        self.session, self.browser_session = (
            Session(each, seed_stays_valid=rules.seed_stays_valid, previous_stays_valid=rules.previous_stays_valid)
            for each in (standing, browser.standing)
        )
        self.pages = Pages(browser.member, self.browser_session, self.session, outcomes, self._with_cookie)
        self.guides = Guides(world.guides)
        self.forum = Forum(world.boards)

    def routes(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/tor/js/loadSearchJSONbasic.php", self._search, methods=["GET", "POST"]),
                Route("/tor/download.php", self._download),
                Route("/tor/download.php/{hash}", self._download),
                Route("/jsonLoad.php", self._member),
                Route("/json/loadUserDetailsTorrents.php", self._snatches),
                Route("/json/bonusBuy.php", self._store),
                Route("/json/bonusBuy.php/{timestamp}", self._store),
                Route("/json/checkCookie.php", self._check_cookie),
                Route("/json/jsonIp.php", self._ip),
                Route("/json/dynamicSeedbox.php", self._seedbox),
                self.pages.page("/t/{id}", self._torrent_page),
                self.pages.page("/stats/top10Tor.php", lambda _: top_list_page(list(self._offers.values()))),
                *self.pages.routes(),
                *self.guides.routes(self.pages),
                *self.forum.routes(self.pages),
            ]
        )

    async def _search(self, request: Request) -> Response:
        if self._is_browser(request):
            return JSONResponse({"error": WRONG_TYPE})
        cookie = self._sign_in(request)
        if cookie is None:
            return _rejection(PlainTextResponse(_NOT_SIGNED_IN, 403))
        try:
            search = parse_search(await _parameters(request))
            answer: Response = JSONResponse(await asyncio.to_thread(self._catalogue.answer, search))
        except NotUnderstoodError:
            answer = Response(b"", media_type="application/json")
        return self._with_cookie(answer, cookie)

    async def _download(self, request: Request) -> Response:
        cookie = self._sign_in(request)
        if cookie is None:
            return _rejection(_locked_out(request))
        download_hash = request.path_params.get("hash")
        offer = (
            self._by_hash.get(download_hash) if download_hash else self._offers.get(request.query_params.get("tid", ""))
        )
        return self._with_cookie(await self._torrent(offer, spends_wedge="fl" in request.query_params), cookie)

    async def _torrent(self, offer: Offer | None, *, spends_wedge: bool) -> Response:
        if offer is None:
            return _page("Torrent not found", "No torrent with that id.")
        known = offer.my_snatched or offer.id in self._standing.fetched
        if not known and unsatisfied(self._world.account, self._standing) >= self._world.account.unsatisfied_limit:
            return _page("Download refused", "You have reached your limit of unsatisfied torrents.")
        if spends_wedge:
            if self._standing.wedges_spent >= self._world.account.wedges:
                return _page("Download refused", "You have no freeleech wedge.")
            self._standing.wedges_spent += 1
        if not known:
            self._standing.fetched.append(offer.id)
            self._standing.fetched_at[offer.id] = time.time()
            free = offer.free or offer.personal_free or offer.vip or offer.id in self._standing.personal_free
            if not (free or spends_wedge):
                self._standing.paid_bytes += offer.size_bytes
        self._standing.save()
        torrent = await asyncio.to_thread(self._shelf.torrent_of, offer)
        disposition = f'attachment; filename="[{offer.id}].torrent"'
        return Response(torrent.metainfo, 200, {"content-disposition": disposition}, "application/x-bittorrent")

    async def _member(self, request: Request) -> Response:
        data = member_data(
            self._world.account,
            self._standing,
            parameters=frozenset(request.query_params),
            nested=self._rules.nested_summary,
            lag_seconds=self._rules.summary_lag_seconds,
        )
        if time.monotonic() >= self._balance_shown_until:
            self._balance_shown_until = time.monotonic() + self._rules.balance_lag_seconds
            self._shown_balance = {name: data[name] for name in ("seedbonus", "wedges", "vip_until")}
        return self._for_members(request, data | self._shown_balance)

    async def _snatches(self, request: Request) -> Response:
        query = request.query_params
        if query.get("uid") != str(self._world.account.uid) or not query.get("iteration", "").isdigit():
            return self._for_members(request, {"success": False, "error": "Invalid parameters"})
        bucket, number = query.get("type", ""), int(query["iteration"])
        rows = snatch_rows(self._world.account, self._standing, self._offers, bucket=bucket, page=number)
        return self._for_members(request, rows)

    async def _store(self, request: Request) -> Response:
        cookie = self._sign_in(request)
        if cookie is None:
            return _rejection(PlainTextResponse(_NOT_SIGNED_IN, 403))
        lost = self._outcomes.take(_ANSWER_LOST, request.url.path) is not None
        answer = buy(self._world.account, self._standing, self._offers, request.query_params)
        return PlainTextResponse("Bad Gateway", 502) if lost else self._with_cookie(JSONResponse(answer), cookie)

    async def _check_cookie(self, request: Request) -> Response:
        return self._for_members(request, {"Success": True, "uid": self._world.account.uid})

    async def _ip(self, request: Request) -> Response:
        return self.seedbox.show(request)

    async def _seedbox(self, request: Request) -> Response:
        if "mam_id" not in request.cookies:
            return self.seedbox.answer(request, 403, "No Session Cookie")
        if self._is_browser(request):
            return self.seedbox.answer(request, 403, "Incorrect session type - non-API session")
        if (refusal := self.seedbox.refusal(request)) is not None:
            return refusal
        cookie = self._sign_in(request)
        if cookie is None:
            return _rejection(self.seedbox.answer(request, 403, "Invalid session"))
        return self._with_cookie(self.seedbox.register(request), cookie)

    def _torrent_page(self, request: Request) -> Response:
        offer = self._offers.get(request.path_params["id"])
        if offer is None:
            return page("Error", "<h1>Error</h1><p>No torrent with that id.</p>", 404)
        account = self._world.account
        paid = 0 if offer.free or offer.personal_free or offer.vip else offer.size_bytes
        ratio_after = account.uploaded_bytes / max(account.downloaded_bytes + paid, 1)
        new_markup = self._outcomes.take("new_markup", request.url.path) is not None
        return torrent_page(offer, ratio=account.ratio, ratio_after=ratio_after, new_markup=new_markup)

    def _is_browser(self, request: Request) -> bool:
        return self.browser_session.is_valid(request.cookies.get("mam_id"))

    def _for_members(self, request: Request, answer: object) -> Response:
        if self._is_browser(request):
            return JSONResponse({"error": WRONG_TYPE})
        cookie = self._sign_in(request)
        if cookie is None:
            return _rejection(PlainTextResponse(_NOT_SIGNED_IN, 403))
        return self._with_cookie(JSONResponse(answer), cookie)

    def _sign_in(self, request: Request) -> str | None:
        """The next value of the session, or None. The value in the request is not valid any more."""
        if self._outcomes.take(_SESSION_BURNT, request.url.path) is not None:
            self.session.burn()
        return self.session.accept(request.cookies.get("mam_id"))

    def _with_cookie(self, answer: Response, value: str) -> Response:
        domain = f"; Domain={self._rules.cookie_domain}" if self._rules.cookie_domain else ""
        attributes = f"Max-Age={_COOKIE_DAYS * 86400}; Path=/{domain}; Secure; SameSite=Lax"
        answer.headers.append("set-cookie", f"mam_id={value}; {attributes}; HttpOnly")
        answer.headers.append("set-cookie", f"uid={self._world.account.uid}; {attributes}")
        return answer

    def _download_hash(self, offer: Offer) -> str:
        return sha256(f"{self._world.account.uid}:{offer.id}".encode()).hexdigest()


def create(
    world: World,
    shelf: TorrentShelf,
    *,
    mam_id: str,
    member: Member | None = None,
    state_file: Path | None = None,
    rules: Rules | None = None,
) -> Mam:
    """MyAnonamouse with the offers and the account of `world`.

    `mam_id` is the session value that the user configured. After the first request only the newest value is valid.
    With `state_file` the last value stays valid after a restart. `member` has the browser session and may log in.
    """
    outcomes = Outcomes(frozenset({_SESSION_BURNT, _ANSWER_LOST, *REFUSALS}) | PAGE_FAILURES)
    member = member or Member()
    browser_file = None if state_file is None else state_file.with_stem(f"{state_file.stem}-browser")
    browser = BrowserAccess(member, Standing.open(member.browser_id, browser_file))
    site = _Site(world, shelf, Standing.open(mam_id, state_file), browser, outcomes, rules or Rules())
    return Mam(site, outcomes)


def _new_session(session: Session) -> Callable[[Request], Awaitable[Response]]:
    async def begin(request: Request) -> Response:
        try:
            session.begin(str((await request.json())["mam_id"]))
        except (ValueError, KeyError, TypeError):
            return PlainTextResponse('send {"mam_id": "<the new value>"}', 422)
        return JSONResponse({})

    return begin


def _added_lately(offer: Offer) -> Offer:
    """The offer with the date of its upload, if that is given in days before today."""
    if offer.added_days_ago is None:
        return offer
    return offer.model_copy(update={"added": datetime.now(UTC).date() - timedelta(days=offer.added_days_ago)})


async def _parameters(request: Request) -> dict[str, object]:
    """The parameters of the query string and of the body, which takes precedence.

    Raises NotUnderstoodError if the body is not valid.
    """
    parameters = from_pairs(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind == "application/json":
            parameters |= from_json(await request.body())
        else:
            form = await request.form()
            parameters |= from_pairs((key, value) for key, value in form.multi_items() if isinstance(value, str))
    return parameters


def _locked_out(request: Request) -> Response:
    if "hash" in request.path_params:
        return PlainTextResponse("IP does not match the account's and no valid auth cookie was given", 401)
    return _page("Login", "You must be signed in to download.")


def _rejection(answer: Response) -> Response:
    """The answer with a cookie header that deletes the invalid cookie."""
    answer.headers.append("set-cookie", _DELETE_COOKIE)
    return answer


def _page(title: str, text: str) -> HTMLResponse:
    return HTMLResponse(
        f"<!DOCTYPE html><html><head><title>{html.escape(title)} | My Anonamouse</title></head>"
        f"<body><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></body></html>"
    )
