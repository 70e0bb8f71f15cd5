"""Pages of the stand-in, read with a real Chromium: the session, the login, refusals, and one page at a time."""

import asyncio

import pytest
from mam_search.adapters.browser.pages import FORM_SECONDS, PERSON_WAITS_SECONDS
from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess, LoadedPage, StoreCookie
from mam_search.adapters.mam.account_rules import PAGES
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.session_credentials import SessionCredentials
from mam_search.domain.session_health import MAX_FAILED_LOGINS
from mam_search.domain.session_remedies import meaning
from sandbox.mam.pages import LOCKED_AFTER
from shared.chassis.errors import RemoteRefusedUs, RemoteThrottled
from shared.contracts.mam.sessions import SessionKind, SessionState

from .conftest import API_SEED, GIVEN, LOGIN, WRONG_PASSWORD, CurrentSite, Replica, Replicas

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="module")]


async def refusal(replica: Replica, state: SessionState) -> None:
    """The next page is refused with the words of this state."""
    with pytest.raises(SessionRefused) as raised:
        await replica.pages.read("/t/901")
    assert raised.value.state is state
    assert meaning(SessionKind.BROWSER, state) in raised.value.detail


async def stored_value(replica: Replica) -> str:
    return (await replica.sessions.load()).values[0]


async def test_one_view_of_a_page_is_one_request_and_stores_the_new_session(replicas: Replicas) -> None:
    replica = replicas.make()
    page = await replica.pages.read("/t/901")
    assert page.title == 'Details for "The Marvelous Land of Oz" | My Anonamouse'
    assert "TorrentTitle" in page.html
    assert replicas.paths == ["/t/901"]
    assert await stored_value(replica) == replicas.site.browser_session.value
    assert (await replicas.make().pages.read("/t/902")).url.endswith("/t/902")


async def test_a_page_that_does_not_exist_says_nothing_about_the_session(replicas: Replicas) -> None:
    replica = replicas.make()
    assert (await replica.pages.read("/t/777")).status == 404
    assert (await replica.pages.read("/t/901")).status == 200


async def test_pages_of_two_replicas_are_read_one_at_a_time_at_the_pace_of_pages(replicas: Replicas) -> None:
    first, second = (replicas.make(page_seconds=0.2, request_seconds=0.0) for _ in range(2))
    await asyncio.gather(*(each.pages.read(f"/t/90{n}") for each in (first, second) for n in (1, 2)))
    assert replicas.paths.count("/t/901") == replicas.paths.count("/t/902") == 2
    assert replicas.site.traffic.greatest_in_flight == 1
    assert min(replicas.site.traffic.gaps_seconds) >= 0.2


async def test_the_pages_of_a_day_are_counted_over_all_replicas(replicas: Replicas) -> None:
    await replicas.make(per_day=1).pages.read("/t/901")
    with pytest.raises(RemoteThrottled, match=r"today's 1 requests are used up"):
        await replicas.make(per_day=1).pages.read("/t/901")


async def test_a_throttled_page_pauses_the_requests_of_the_whole_account(replicas: Replicas) -> None:
    replica = replicas.make()
    replicas.fails("throttled", retry_after_seconds=120)
    with pytest.raises(RemoteThrottled):
        await replica.pages.read("/t/901")
    with pytest.raises(RemoteThrottled):
        async with replica.rate_limiter.acquire():
            pass


async def test_no_browser_starts_while_a_person_has_paused_all_requests(
    replicas: Replicas, current_site: tuple[CurrentSite, str]
) -> None:
    browser = BrowserProcess(BrowserOptions(current_site[1]))
    replica = replicas.make(browser=browser)
    await replica.rate_limiter.stop("anna")
    with pytest.raises(RemoteThrottled, match="anna has stopped all requests"):
        await replica.pages.read("/t/901")
    assert not browser.is_running


async def test_no_browser_starts_while_the_pages_of_the_day_are_used_up(
    replicas: Replicas, current_site: tuple[CurrentSite, str]
) -> None:
    await replicas.make(per_day=1).pages.read("/t/901")
    browser = BrowserProcess(BrowserOptions(current_site[1]))
    with pytest.raises(RemoteThrottled, match=r"today's 1 requests are used up"):
        await replicas.make(browser=browser, per_day=1).pages.read("/t/901")
    assert not browser.is_running


async def test_a_person_does_not_wait_long_for_the_pace_of_pages(replicas: Replicas) -> None:
    replica = replicas.make(page_seconds=120.0)
    await replica.pages.read("/t/901")
    with pytest.raises(RemoteThrottled, match=r"the next request is allowed in \d+ s") as refused:
        await replica.pages.read("/t/902", person_waits=True)
    assert refused.value.retry_after_seconds > PERSON_WAITS_SECONDS
    assert replicas.paths == ["/t/901"]


class Refusing(BrowserProcess):
    """A browser at a site that returns another worthless session value with each refusal."""

    def __init__(self) -> None:
        super().__init__(BrowserOptions("http://mam"))
        self.sent: list[str] = []

    async def start(self) -> None:
        pass

    async def read(
        self, path: str, cookies: dict[str, str], store: StoreCookie, *, scripts: bool = False
    ) -> LoadedPage:
        self.sent += cookies.values()
        await store(f"mam_id=worthless-{len(self.sent)}; Path=/")
        return LoadedPage(403, f"http://mam{path}", "", "Invalid session")


async def test_a_value_that_comes_with_a_repeated_refusal_does_not_replace_a_good_one(replicas: Replicas) -> None:
    site = Refusing()
    replica = replicas.make(browser=site)
    await replica.sessions.replace(await replica.sessions.load(), GIVEN.session, "good")
    for _ in range(4):
        await refusal(replica, SessionState.DEAD)
        replicas.clock.forward(days=1)
    assert (await replica.sessions.load()).values == ["worthless-1", "good", GIVEN.session]
    assert site.sent.count("good") == 2


async def test_an_api_session_cannot_read_pages(replicas: Replicas) -> None:
    replica = replicas.make(SessionCredentials(session=API_SEED))
    await refusal(replica, SessionState.WRONG_TYPE)
    await refusal(replica, SessionState.WRONG_TYPE)
    assert replicas.paths == ["/t/901"]
    assert replicas.site.session.is_valid(API_SEED)


async def test_a_session_that_the_site_does_not_accept_is_not_sent_again_soon(replicas: Replicas) -> None:
    replica = replicas.make(SessionCredentials(session="an old value"))
    await refusal(replica, SessionState.DEAD)
    await refusal(replica, SessionState.DEAD)
    assert replicas.paths == ["/t/901", "/login.php"]
    replicas.clock.forward(hours=1)
    await refusal(replica, SessionState.DEAD)
    async with replica.rate_limiter.acquire():
        pass  # the API has another session


async def test_a_session_that_is_locked_to_another_address_has_its_own_words(replicas: Replicas) -> None:
    replicas.fails("moved")
    await refusal(replicas.make(), SessionState.WRONG_ADDRESS)


async def test_a_challenge_stops_pages_until_a_person_has_solved_it(replicas: Replicas) -> None:
    replica = replicas.make()
    replicas.fails("challenge", times=1)
    await refusal(replica, SessionState.CHALLENGED)
    replicas.clock.forward(days=30)
    await refusal(replicas.make(), SessionState.CHALLENGED)
    assert replicas.paths == ["/t/901"]
    await replica.sessions.forget_refusals()
    assert (await replica.pages.read("/t/901")).status == 200


async def test_without_a_session_the_login_form_makes_one(replicas: Replicas) -> None:
    replica = replicas.make(LOGIN)
    assert "TorrentTitle" in (await replica.pages.read("/t/901")).html
    assert "/takelogin.php" in replicas.paths
    assert await stored_value(replica) == replicas.site.browser_session.value
    assert (await replicas.make(LOGIN).pages.read("/t/902")).status == 200
    assert replicas.paths.count("/takelogin.php") == 1


async def test_a_login_waits_before_it_submits_the_form_and_counts_both(replicas: Replicas) -> None:
    assert FORM_SECONDS >= 2
    replica = replicas.make(LOGIN, form_seconds=0.3)
    await replica.pages.read("/t/901")
    submitted = replicas.paths.index("/takelogin.php")
    assert replicas.site.traffic.gaps_seconds[submitted - 1] >= 0.3
    assert (await replica.rate_limiter.status()).lines[PAGES].day.sent == 3


async def test_a_dead_session_is_replaced_by_a_login(replicas: Replicas) -> None:
    both = SessionCredentials("an old value", LOGIN.username, LOGIN.password)
    replica = replicas.make(both)
    with pytest.raises(SessionRefused) as refused:
        await replica.pages.read("/t/901")
    assert (refused.value.state, refused.value.retry_after_seconds) == (SessionState.DEAD, 0)
    assert (await replica.pages.read("/t/901")).status == 200


async def test_no_login_is_tried_after_three_failures_until_a_person_acts(replicas: Replicas) -> None:
    first, second = replicas.make(WRONG_PASSWORD), replicas.make(WRONG_PASSWORD)
    for replica in (first, second, first, second, first):
        await refusal(replica, SessionState.LOGIN_REFUSED)
        replicas.clock.forward(days=1)
    assert replicas.site.pages.failed_logins == MAX_FAILED_LOGINS
    assert (await replicas.make(LOGIN).pages.read("/t/901")).status == 200


async def test_a_login_that_is_locked_is_not_tried(replicas: Replicas) -> None:
    replicas.site.pages.failed_logins = LOCKED_AFTER
    replica = replicas.make(LOGIN)
    await refusal(replica, SessionState.LOGIN_LOCKED)
    replicas.clock.forward(days=30)
    await refusal(replica, SessionState.LOGIN_LOCKED)
    assert replicas.paths.count("/login.php") == 1
    assert "/takelogin.php" not in replicas.paths
    assert (await replica.sessions.load()).health.failed_logins == 0


async def test_a_login_is_counted_before_it_is_tried(replicas: Replicas) -> None:
    replicas.fails("broken", "/takelogin.php")
    replica = replicas.make(LOGIN)
    with pytest.raises(Exception, match="the site returned 500"):
        await replica.pages.read("/t/901")
    assert (await replica.sessions.load()).health.failed_logins == 1


async def test_nothing_is_requested_without_a_session_and_without_a_login(replicas: Replicas) -> None:
    await refusal(replicas.make(SessionCredentials()), SessionState.NOT_CONFIGURED)
    assert replicas.paths == []


async def test_pages_are_read_while_the_session_of_the_api_is_refused(replicas: Replicas) -> None:
    replica = replicas.make(GIVEN)
    with pytest.raises(RemoteRefusedUs):
        async with replica.rate_limiter.acquire():
            raise RemoteRefusedUs("myanonamouse", "the session was not accepted")
    assert (await replica.pages.read("/t/901")).status == 200
    status = await replica.rate_limiter.status()
    assert status.lines[PAGES].day.sent == 1
