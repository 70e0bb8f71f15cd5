"""The pages of MyAnonamouse, for members with a browser session, and the login form.

Specific failures, at requests whose path matches: `challenge` shows a CAPTCHA instead of a page, `endless` sends a page
that never ends, `moved` refuses the session as one of another address, `new_markup` sends torrent pages, guides and
topics whose markup has changed.
"""

import asyncio
import html
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.mam.standing import Session, Standing
from sandbox.outcomes import Outcomes

PAGE_FAILURES = frozenset({"challenge", "endless", "moved", "new_markup"})
LOCKED_AFTER = 4
"""Failed logins after which the site locks the login."""
OPEN_FORMS = 1000
WRONG_TYPE = "Request not via correct session type"
_DELETE_COOKIE = "mam_id=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/"
_LOGIN_SCRIPT = """
for (const form of document.querySelectorAll('form[action="/takelogin.php"]')) {
    form.elements.j.value = form.elements.a.value.split("").reverse().join("");
}
"""
Render = Callable[[Request], Response | Awaitable[Response]]


@dataclass(frozen=True)
class Member:
    """The member who may log in, and the value of the browser session that the member created."""

    username: str = "reader@example.org"
    password: str = "sandbox-mam-password"  # noqa: S105 - it only works for the sandbox
    browser_id: str = "sandbox-browser-seed%3D"


@dataclass(frozen=True)
class BrowserAccess:
    """The member, and the state of the browser session."""

    member: Member
    standing: Standing


class Pages:
    """Answers with a page if the request has the current value of the browser session, and rotates it."""

    def __init__(
        self,
        member: Member,
        browser: Session,
        api: Session,
        outcomes: Outcomes,
        with_cookie: Callable[[Response, str], Response],
    ) -> None:
        self.failed_logins = 0
        self._member = member
        self._browser = browser
        self._api = api
        self._outcomes = outcomes
        self._with_cookie = with_cookie
        self._forms: OrderedDict[str, str] = OrderedDict()

    def routes(self) -> list[Route]:
        """The login form, the start page and the script of the form."""
        return [
            self.page("/", lambda _: page("Home", "<p>Welcome back.</p>")),
            Route("/login.php", self._login_form),
            Route("/takelogin.php", self._log_in, methods=["POST"]),
            Route("/js/login.js", lambda _: Response(_LOGIN_SCRIPT, media_type="text/javascript")),
        ]

    def page(self, path: str, render: Render) -> Route:
        """A route for members with a browser session. `render` returns the page."""

        async def answer(request: Request) -> Response:
            path, value = request.url.path, request.cookies.get("mam_id")
            if self._outcomes.take("challenge", path):
                return _challenge()
            if self._outcomes.take("moved", path):
                return PlainTextResponse("Invalid session - IP mismatch", 403)
            if self._outcomes.take("session_burnt", path):
                self._browser.burn()
            if self._api.is_valid(value):
                return PlainTextResponse(WRONG_TYPE, 403)
            renewed = self._browser.accept(value)
            if renewed is None:
                login = RedirectResponse(f"/login.php?returnto={quote(path)}", 302)
                login.headers.append("set-cookie", _DELETE_COOKIE)
                return login
            if self._outcomes.take("endless", path):
                return self._with_cookie(StreamingResponse(_endless(), media_type="text/html"), renewed)
            rendered = render(request)
            response = rendered if isinstance(rendered, Response) else await rendered
            if path.startswith(("/guides/", "/f/")) and self._outcomes.take("new_markup", path):
                response = HTMLResponse(_with_new_markup(bytes(response.body).decode()))
            return self._with_cookie(response, renewed)

        return Route(path, answer)

    async def _login_form(self, request: Request) -> Response:
        if self._outcomes.take("challenge", request.url.path):
            return _challenge()
        return self._form(request.query_params.get("returnto", "/"))

    def _form(self, return_to: str, message: str = "") -> Response:
        if self.failed_logins >= LOCKED_AFTER:
            return page(
                "Login",
                "<h1>Login Locked!</h1><p>Too many failed logins. Try again later.</p>" + _form_body("", "", ""),
            )
        token = secrets.token_hex(16)
        self._forms[token] = return_to
        while len(self._forms) > OPEN_FORMS:
            self._forms.popitem(last=False)
        return page("Login", message + _form_body(secrets.token_hex(8), token, return_to))

    async def _log_in(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        token = form.get("a", "")
        return_to = self._forms.pop(token, None)
        if self.failed_logins >= LOCKED_AFTER:
            return self._form("/")
        if return_to is None or form.get("j") != token[::-1] or not form.get("t"):
            return self._form("/", "<h1>Login failed!</h1><p>The form has expired or JavaScript is off.</p>")
        if (form.get("email"), form.get("password")) != (self._member.username, self._member.password):
            self.failed_logins += 1
            return self._form(return_to, "<h1>Login failed!</h1><p>Username or password incorrect.</p>")
        self.failed_logins = 0
        self._browser.begin(f"{secrets.token_urlsafe(48)}%3D")
        target = return_to if return_to.startswith("/") and not return_to.startswith("//") else "/"
        answer = RedirectResponse(target, 302)
        answer.headers.append("set-cookie", f"lid={secrets.token_hex(8)}; Path=/; HttpOnly")
        return self._with_cookie(answer, self._browser.value)


def page(title: str, body: str, status: int = 200) -> Response:
    """A page of the site with its header. `body` is markup."""
    return HTMLResponse(
        f"<!DOCTYPE html><html><head><title>{html.escape(title)} | My Anonamouse</title>"
        '<link rel="stylesheet" href="/css/site.css"><script src="/js/site.js"></script></head><body>'
        '<div id="userMenu"><a href="/u/1001">reader</a> <span id="tmR">4.20</span>'
        '<img src="/pic/mouse.png" alt=""></div>'
        f'<div id="mainBody">{body}</div></body></html>',
        status,
    )


def _form_body(time_token: str, token: str, return_to: str) -> str:
    return (
        '<form method="post" action="/takelogin.php">'
        f'<input type="hidden" name="t" value="{time_token}"><input type="hidden" name="j" value="">'
        f'<input type="hidden" name="a" value="{token}">'
        f'<input type="hidden" name="returnto" value="{html.escape(return_to)}">'
        '<input type="text" name="email"><input type="password" name="password">'
        '<input type="checkbox" name="rememberMe" value="yes"><input type="submit" value="Log in!"></form>'
        '<script src="/js/login.js"></script>'
    )


def _with_new_markup(text: str) -> str:
    renamed = {"guideBox": "guideContent", "forumPost": "post-card", "gid=": "guide=", "/f/t/": "/topic/"}
    for old, new in renamed.items():
        text = text.replace(old, new)
    return text


def _challenge() -> Response:
    body = '<form id="challenge-form" method="post"><div class="cf-turnstile"></div></form>'
    return HTMLResponse(
        f"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>{body}</body></html>",
        403,
        {"cf-mitigated": "challenge"},
    )


async def _endless() -> AsyncIterator[bytes]:
    yield b"<!DOCTYPE html><html><head><title>Endless</title></head><body>"
    while True:
        yield b"<p>more</p>"
        await asyncio.sleep(0.05)
