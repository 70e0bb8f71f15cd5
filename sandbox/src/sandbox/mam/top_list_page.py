"""The page with the top list, `/stats/top10Tor.php`: the most snatched torrents of all categories within a week."""

import html
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from sandbox.mam.pages import page
from sandbox.mam.row import display_size
from sandbox.world import Offer, SeriesPlace

_ROWS = 100
_WEEK = timedelta(days=7)


def top_list_page(offers: list[Offer]) -> Response:
    """The page for these offers, with the markup of the rows of a search."""
    since = datetime.now(UTC).date() - _WEEK
    new = [offer for offer in offers if offer.added >= since]
    rows = sorted(new, key=lambda offer: offer.snatched, reverse=True)[:_ROWS]
    table = f'<table class="newTorTable">{"".join(map(_row, rows))}</table>'
    return page("Top 10 Torrents", f'<div id="top10"><h1>Top 10 Torrents</h1>{table}</div>')


def _row(offer: Offer) -> str:
    vip = '<img src="/pic/vip.png" alt="VIP">' if offer.vip else ""
    names = [*_links("author", offer.authors), *_links("narrator", offer.narrators)]
    series = "".join(f'<a class="series" href="#">{_text(each.name)}</a>{_position(each)}' for each in offer.series)
    counts = "".join(f"<p>{number:,}</p>" for number in (offer.seeders, offer.leechers, offer.snatched))
    return (
        f'<tr id="tdr-{offer.id}"><td><div class="cat{offer.category}"></div></td>'
        f'<td><a class="torTitle" href="/t/{offer.id}">{_text(offer.title)}</a>{vip} by {", ".join(names)} {series}'
        f'<div class="torRowDesc">{_text(offer.tags)}</div><div class="torFileTypes">{_text(offer.filetype)}</div></td>'
        f'<td><a class="directDownload" id="dlLink{offer.id}" href="/tor/download.php?tid={offer.id}">Download</a>'
        f"<br>[{display_size(offer.size_bytes)}]</td><td>{counts}</td></tr>"
    )


def _links(kind: str, names: list[str]) -> list[str]:
    return [f'<a class="{kind}" href="#">{_text(name)}</a>' for name in names]


def _position(place: SeriesPlace) -> str:
    return f" (#{_text(place.sequence)}) " if place.sequence else " "


def _text(text: str) -> str:
    return html.escape(text)
