"""The failures of single indexers and of single downloads, and the answers that Prowlarr then gives.

The subject of each is the name of the indexer.

| kind | what happens |
| --- | --- |
| `indexer_disabled` | Prowlarr has disabled the indexer temporarily, and lists it at `/api/v1/indexerstatus` |
| `indexer_off` | a person has switched the indexer off in Prowlarr |
| `indexer_failing` | a search has 200 and no releases of it; afterwards Prowlarr has disabled it |
| `indexer_limited` | a search has 200 and no releases of it, because the query limit of the indexer is reached |
| `indexer_slow` | a search that includes it takes `delay_seconds` longer |
| `indexer_throttled`, `indexer_html`, `indexer_half`, `indexer_huge` | the answer to a search that includes it |
| `download_gone`, `download_limited`, `download_failed`, `download_html` | the answer to a download of it |
| `download_elsewhere`, `download_own_host`, `download_magnet` | where a download of it redirects to |

A search that only a disabled indexer could answer has 400. Prowlarr writes the errors of downloads and of
`/{id}/api` as XML: `<error code="429" description="…" />`.
"""

from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sandbox.outcomes import Outcome, Outcomes

DISABLED, OFF, FAILING, LIMITED, SLOW = (
    "indexer_disabled", "indexer_off", "indexer_failing", "indexer_limited", "indexer_slow",
)  # fmt: skip
GONE, GRAB_LIMITED, FAILED, MAGNET = "download_gone", "download_limited", "download_failed", "download_magnet"
OWN_HOST, ELSEWHERE = "download_own_host", "download_elsewhere"
HUGE_BYTES = 40 * 2**20
QUERY_LIMIT = "User configurable Indexer Query Limit of 100 in last 24 hour(s) reached."
GRAB_LIMIT = "User configurable Indexer Grab Limit of 10 in last 24 hour(s) reached."
RECENT_FAILURES = "Indexer is disabled till 06/01/2026 13:15:00 due to recent failures."
TORRENT_IS_GONE = "Torrent has been removed by its uploader"
_WEB_PAGE = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body></body></html>"
_RETRY_AFTER_SECONDS = 900


def _throttled(_: Response) -> Response:
    return JSONResponse({"message": "Too many requests"}, 429, headers={"retry-after": str(_RETRY_AFTER_SECONDS)})


def _half(answer: Response) -> Response:
    body = bytes(answer.body)
    return Response(body[: len(body) // 2], media_type="application/json")


_SEARCH_ANSWERS: dict[str, Callable[[Response], Response]] = {
    "indexer_throttled": _throttled,
    "indexer_html": lambda _: HTMLResponse(_WEB_PAGE),
    "indexer_half": _half,
    "indexer_huge": lambda _: Response(b"[" + b" " * HUGE_BYTES + b"]", media_type="application/json"),
}
_DOWNLOAD_ANSWERS: dict[str, Callable[[], Response]] = {
    GONE: lambda: error(410, TORRENT_IS_GONE),
    GRAB_LIMITED: lambda: error(429, GRAB_LIMIT),
    FAILED: lambda: error(500, "Downloading torrent failed"),
    "download_html": lambda: HTMLResponse(_WEB_PAGE),
    ELSEWHERE: lambda: RedirectResponse("https://elsewhere.example/oz.torrent", 301),
}
KINDS = frozenset({DISABLED, OFF, FAILING, LIMITED, SLOW, MAGNET, OWN_HOST, *_SEARCH_ANSWERS, *_DOWNLOAD_ANSWERS})


def error(status: int, description: str) -> Response:
    """An error as Prowlarr writes it for downloads and for `/{id}/api`."""
    headers = {"retry-after": str(_RETRY_AFTER_SECONDS)} if status == 429 else {}
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<error code="{status}" description={quoteattr(description)} />'
    return Response(xml, status, headers, "application/rss+xml")


class Oddities:
    """The failures that are switched on, by indexer."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes

    def take(self, kind: str, indexer: str) -> Outcome | None:
        """The failure of this kind, if it is switched on for the indexer. Counts as one use."""
        return self._outcomes.take(kind, indexer)

    def search_answer(self, indexer: str, answer: Response) -> Response:
        """The answer to a search that includes the indexer."""
        return next((make(answer) for kind, make in _SEARCH_ANSWERS.items() if self.take(kind, indexer)), answer)

    def download_answer(self, indexer: str) -> Response | None:
        """The answer to a download of the indexer, or None if it succeeds."""
        return next((make() for kind, make in _DOWNLOAD_ANSWERS.items() if self.take(kind, indexer)), None)
