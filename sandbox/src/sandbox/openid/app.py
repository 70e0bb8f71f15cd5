"""An OpenID Connect provider with real keys: the authorization code flow with PKCE, which it demands.

    GET  /.well-known/openid-configuration   the discovery document
    GET  /jwks                               the public keys
    GET  /authorize                          a page on which a person signs in or declines
    GET  /approve                            what the links of that page open
    POST /token                              exchanges a code, once
    GET  /userinfo                           the claims of the person, with the access token

Specific failures at /token: `wrong_nonce`, `wrong_audience`, `wrong_issuer`, `expired`, `wrong_hash` (of the access
token), `foreign_key` (signed by a key that is not published), `shared_secret` (HS256), `unsigned` (alg none), `new_key`
(the keys have just been changed), `scarce` (an ID token without the claims of the person), `unverified` (the address is
not verified). `other_person` at /userinfo answers with the claims of somebody else.
"""

import secrets
import time
from base64 import b64decode
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote_plus, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.openid.people import PEOPLE, Person
from sandbox.openid.tokens import SigningKeys, half_hash, s256
from sandbox.outcomes import Controlled, Outcomes

OWN_FAILURES = frozenset(
    {
        "wrong_nonce", "wrong_audience", "wrong_issuer", "expired", "wrong_hash", "foreign_key", "shared_secret",
        "unsigned", "new_key", "scarce", "unverified", "other_person",
    }
)  # fmt: skip
CLIENT_ID = "gapless"
CLIENT_SECRET = "sandbox & secret: +"  # noqa: S105 - it only works here
CALLBACK = "/api/session/openid/callback"
TOKEN_SECONDS = 300


@dataclass(frozen=True)
class Grant:
    """What a code or an access token stands for."""

    person: Person
    nonce: str
    challenge: str
    redirect_uri: str


class OpenIDStandIn(Controlled):
    """The provider as an ASGI app. Its issuer is the address at which it is called."""

    def __init__(self) -> None:
        self.keys = SigningKeys()
        self._codes: dict[str, Grant] = {}
        self._access: dict[str, Person] = {}
        self._failures = Outcomes(OWN_FAILURES)
        routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/jwks", self._jwks),
            Route("/authorize", self._authorize),
            Route("/approve", self._approve),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._user_info),
        ]
        super().__init__(Starlette(routes=routes), self._failures)

    async def _discovery(self, request: Request) -> Response:
        issuer = _issuer(request)
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/jwks",
                "scopes_supported": ["openid", "profile", "email", "groups"],
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def _jwks(self, _request: Request) -> Response:
        return JSONResponse(self.keys.published())

    async def _authorize(self, request: Request) -> Response:
        """The page on which a person signs in. A wrong client or redirect address is not redirected (RFC 6749)."""
        given = request.query_params
        if given.get("client_id") != CLIENT_ID or not given.get("redirect_uri", "").endswith(CALLBACK):
            return PlainTextResponse("the client or its redirect address is not registered", 400)
        wrong = _wrong_in(request)
        if wrong:
            return _back(request, {"error": "invalid_request", "error_description": wrong})
        links = "".join(
            f'<p><a href="/approve?{escape(urlencode({**given, "person": person.name}))}">Sign in as {person.name}</a>'
            for person in PEOPLE
        )
        decline = f'<p><a href="/approve?{escape(urlencode(given))}">Decline</a>'
        return HTMLResponse(f"<!doctype html><html lang=en><title>Provider</title><h1>Provider</h1>{links}{decline}")

    async def _approve(self, request: Request) -> Response:
        given = request.query_params
        person = next((each for each in PEOPLE if each.name == given.get("person")), None)
        if person is None:
            return _back(request, {"error": "access_denied"})
        code = secrets.token_urlsafe(24)
        self._codes[code] = Grant(person, given["nonce"], given["code_challenge"], given["redirect_uri"])
        return _back(request, {"code": code})

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        if _credentials(request) != (CLIENT_ID, CLIENT_SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        grant = self._codes.pop(str(form.get("code")), None)
        proven = grant and s256(str(form.get("code_verifier"))) == grant.challenge
        if grant is None or not proven or form.get("redirect_uri") != grant.redirect_uri:
            return JSONResponse({"error": "invalid_grant", "error_description": "the code is not valid"}, 400)
        access_token = secrets.token_urlsafe(24)
        self._access[access_token] = grant.person
        id_token = self._id_token(request, grant, access_token)
        return JSONResponse({"access_token": access_token, "token_type": "Bearer", "id_token": id_token})

    def _id_token(self, request: Request, grant: Grant, access_token: str) -> str:
        def fails(kind: str) -> bool:
            return self._failures.take(kind, "/token") is not None

        now = int(time.time())
        about_person = {} if fails("scarce") else grant.person.claims(verified=not fails("unverified"))
        claims = {
            "iss": "https://other.example" if fails("wrong_issuer") else _issuer(request),
            "sub": f"id-of-{grant.person.name}",
            "aud": "another-client" if fails("wrong_audience") else CLIENT_ID,
            "iat": now - 2 * TOKEN_SECONDS,
            "exp": now - TOKEN_SECONDS if fails("expired") else now + TOKEN_SECONDS,
            "nonce": "another-nonce" if fails("wrong_nonce") else grant.nonce,
            "at_hash": half_hash("another-token" if fails("wrong_hash") else access_token),
            **about_person,
        }
        if fails("unsigned"):
            return self.keys.unsigned(claims)
        if fails("shared_secret"):
            return self.keys.signed_with_secret(claims, CLIENT_SECRET)
        if fails("foreign_key"):
            return self.keys.signed_by_stranger(claims)
        if fails("new_key"):
            self.keys.change()
        return self.keys.signed(claims)

    async def _user_info(self, request: Request) -> Response:
        person = self._access.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if person is None:
            return JSONResponse({"error": "invalid_token"}, 401)
        subject = "id-of-somebody-else" if self._failures.take("other_person", "/userinfo") else f"id-of-{person.name}"
        return JSONResponse({"sub": subject, **person.claims(verified=True)})


def create() -> OpenIDStandIn:
    """A provider that knows the client `CLIENT_ID` and `PEOPLE`."""
    return OpenIDStandIn()


def _issuer(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _wrong_in(request: Request) -> str:
    """What is wrong with a request for signing in; empty if nothing is."""
    given = request.query_params
    if given.get("response_type") != "code" or "openid" not in given.get("scope", "").split():
        return "response_type must be code, and scope must contain openid"
    if given.get("code_challenge_method") != "S256" or not given.get("code_challenge"):
        return "PKCE with S256 is required"
    return "" if given.get("state") and given.get("nonce") else "state and nonce are required"


def _back(request: Request, answer: dict[str, str]) -> Response:
    """Send the browser back with an answer, the state and the issuer (RFC 9207)."""
    given = request.query_params
    query = urlencode({**answer, "state": given.get("state", ""), "iss": _issuer(request)})
    return RedirectResponse(f"{given['redirect_uri']}?{query}", 303)


def _credentials(request: Request) -> tuple[str, str] | None:
    """The client's id and secret, which are encoded as in a form (RFC 6749, section 2.3.1)."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return None
    name, _, secret = b64decode(value).decode().partition(":")
    return unquote_plus(name), unquote_plus(secret)
