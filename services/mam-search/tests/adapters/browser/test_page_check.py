"""A challenge is recognized by what it asks for, not by scripts that ordinary pages have too."""

import pytest
from mam_search.adapters.browser.page_check import refusal
from mam_search.adapters.browser.process import LoadedPage
from shared.contracts.mam.sessions import SessionState

SCRIPT = '<script src="/cdn-cgi/challenge-platform/h/b/scripts/jsd/main.js"></script>'


def page(html: str, *, title: str = "My Anonamouse", challenge: str = "") -> LoadedPage:
    return LoadedPage(200, "http://mam/t/901", title, html, challenge=challenge)


def test_an_ordinary_page_with_a_script_of_cloudflare_is_no_challenge() -> None:
    assert refusal(page(f"<main>Ozma of Oz</main>{SCRIPT}")) is None


@pytest.mark.parametrize(
    "challenge",
    [
        page(SCRIPT, challenge="challenge"),
        page(SCRIPT, title="Just a moment..."),
        page('<form id="challenge-form"></form>'),
        page('<div class="cf-turnstile"></div>'),
    ],
    ids=["header", "title", "form", "widget"],
)
def test_a_challenge_is_recognized(challenge: LoadedPage) -> None:
    assert refusal(challenge) is SessionState.CHALLENGED
