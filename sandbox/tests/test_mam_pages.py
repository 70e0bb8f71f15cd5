"""The stand-in's pages: who may read them, the login form with its one-time fields, and the page of a torrent."""

import re

import httpx
import pytest
from sandbox.outcomes import Outcome
from sandbox.testing import a_world, an_offer, client_of
from sandbox.torrent import TorrentShelf

from sandbox import mam

API, MEMBER = "api-seed%3D", mam.Member()


@pytest.fixture
def app() -> mam.Mam:
    world = a_world(offers=[an_offer(id="901", title="Ozma & Oz", size_bytes=1_000_000).model_dump()])
    return mam.create(world, TorrentShelf("http://tracker/announce"), mam_id=API, member=MEMBER)


async def get(app: mam.Mam, path: str, cookie: str | None = None) -> httpx.Response:
    async with client_of(app, headers={"cookie": f"mam_id={cookie}"} if cookie else {}) as http:
        return await http.get(path)


async def log_in(app: mam.Mam, *, password: str = MEMBER.password, solve: bool = True) -> httpx.Response:
    form = (await get(app, "/login.php?returnto=/t/901")).text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields |= {"j": fields["a"][::-1]} if solve else {}
    async with client_of(app) as http:
        return await http.post("/takelogin.php", data=fields | {"email": MEMBER.username, "password": password})


async def test_a_page_rotates_the_browser_session(app: mam.Mam) -> None:
    page = await get(app, "/t/901", MEMBER.browser_id)
    assert page.status_code == 200
    assert (await get(app, "/t/901", MEMBER.browser_id)).headers["location"].startswith("/login.php")
    assert (await get(app, "/t/901", page.cookies["mam_id"])).status_code == 200


async def test_a_page_refuses_an_api_session_and_keeps_it_valid(app: mam.Mam) -> None:
    refused = await get(app, "/t/901", API)
    assert (refused.status_code, refused.text) == (403, "Request not via correct session type")
    assert (await get(app, "/jsonLoad.php", API)).json()["username"] == "reader"


@pytest.mark.parametrize("path", ["/jsonLoad.php", "/tor/js/loadSearchJSONbasic.php"])
async def test_the_api_refuses_a_browser_session(app: mam.Mam, path: str) -> None:
    assert (await get(app, path, MEMBER.browser_id)).json() == {"error": "Request not via correct session type"}


async def test_a_torrent_page_shows_what_the_search_does_not(app: mam.Mam) -> None:
    text = (await get(app, "/t/901", MEMBER.browser_id)).text
    assert '<div class="TorrentTitle">Ozma &amp; Oz</div>' in text
    assert "(1,000,000 bytes)" in text
    assert (await get(app, "/t/902", app.browser_session.value)).status_code == 404


async def test_a_login_needs_the_script_of_its_form_and_starts_a_new_session(app: mam.Mam) -> None:
    assert "Login failed!" in (await log_in(app, solve=False)).text
    answer = await log_in(app)
    assert answer.headers["location"] == "/t/901"
    assert (await get(app, "/t/901", answer.cookies["mam_id"])).status_code == 200


async def test_the_login_is_locked_after_repeated_failures(app: mam.Mam) -> None:
    for _ in range(4):
        answer = await log_in(app, password="wrong")
    assert "Login Locked!" in answer.text
    assert "Login Locked!" in (await get(app, "/login.php")).text


async def test_a_challenge_is_shown_instead_of_a_page(app: mam.Mam) -> None:
    app.outcomes.switch_on(Outcome(kind="challenge", path="/t/*"))
    page = await get(app, "/t/901", MEMBER.browser_id)
    assert (page.status_code, page.headers["cf-mitigated"]) == (403, "challenge")
    assert app.browser_session.value == MEMBER.browser_id
