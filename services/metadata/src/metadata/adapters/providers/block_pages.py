"""Recognizes what a site sends instead of an answer: a challenge, a block page or the way to a sign-in page.

These are access controls. Requests stop when one is seen, and nothing tries to get round it.
"""

import re
from http import HTTPStatus

import httpx
from shared.chassis.errors import RemoteBlockedUs

CHALLENGE_HEADERS = ("x-amzn-waf-action", "cf-mitigated")
"""Set by AWS WAF ("challenge", "captcha" or "block") and by Cloudflare ("challenge") when they answer for the site."""
_LOOKED_AT = 20_000
"""Bytes of a page in which the marks of a challenge are searched."""
_CHALLENGE_IN_PAGE = re.compile(
    rb"gokuProps|\.token\.awswaf\.com|/cdn-cgi/challenge-platform/|cf-chl-|g-recaptcha|h-captcha|hcaptcha\.com"
    rb"|<title>\s*just a moment",
    re.IGNORECASE,
)
_TO_SIGN_IN = re.compile(r"/(?:[a-z_-]*(?:sign_?-?in|log_?-?in)|auth)(?:[/?#.]|$)", re.IGNORECASE)
_TO_CHALLENGE = re.compile(r"/[a-z_-]*(?:captcha|challenge)(?:[/?#.]|$)", re.IGNORECASE)


def refuse_challenge(system: str, headers: httpx.Headers) -> None:
    """Raise `RemoteBlockedUs` if the headers of a response say that it is a challenge, whatever its status is."""
    for name in CHALLENGE_HEADERS:
        if name in headers:
            raise RemoteBlockedUs(system, f"the site sends a challenge instead of an answer ({name})")


def leads_to_sign_in(response: httpx.Response) -> bool:
    """Whether a response redirects to a page to sign in."""
    return response.has_redirect_location and bool(_TO_SIGN_IN.search(response.headers.get("location", "")))


def refuse_block_page(system: str, response: httpx.Response, *, may_be_private: bool = False) -> None:
    """Raise `RemoteBlockedUs` if a response of status 2xx or 3xx is a challenge or leads to a sign-in page.

    A status 202 without a body is a challenge of AWS WAF: it is never an answer without results. With `may_be_private`,
    the requested page belongs to one user, so a page to sign in says nothing about the rest of the site.
    """
    status = response.status_code
    if status == HTTPStatus.ACCEPTED and not response.content.strip():
        raise RemoteBlockedUs(system, "the site sends a challenge instead of an answer (202 without a body)")
    if leads_to_sign_in(response) and not may_be_private:
        raise RemoteBlockedUs(system, f"the site redirects to a page to sign in ({status})")
    if response.has_redirect_location and _TO_CHALLENGE.search(response.headers.get("location", "")):
        raise RemoteBlockedUs(system, f"the site redirects to a challenge ({status})")
    body = response.content[:_LOOKED_AT]
    if body.lstrip()[:1] == b"<" and _CHALLENGE_IN_PAGE.search(body):
        raise RemoteBlockedUs(system, f"the site sends a page with a challenge instead of an answer ({status})")
