"""The page of a torrent, `/t/<id>`, with the markup of captures of 2024 to 2026."""

import html

from starlette.responses import Response

from sandbox.mam.categories import category_name
from sandbox.mam.pages import page
from sandbox.mam.row import display_size, person_id
from sandbox.world import Offer, SeriesPlace


def torrent_page(offer: Offer, *, ratio: float, ratio_after: float, new_markup: bool = False) -> Response:
    """The page of an offer. With `new_markup`, its ids are other ones, as after a redesign of the site."""
    title = _text(offer.title)
    rows = [
        _row("Author", ", ".join(_link("author", name) for name in offer.authors), "torAuthors"),
        _row("Narrator", ", ".join(_link("narrator", name) for name in offer.narrators)) if offer.narrators else "",
        f'<div class="torDetRow" id="Series"><div class="torDetLeft">Series</div><div class="torDetRight">'
        f"{', '.join(_series(place) for place in offer.series)}</div></div>"
        if offer.series
        else "",
        _row("Tags", _text(offer.tags)),
        _row("Files", _files(offer)),
    ]
    facts = (
        f'<div id="fInfo"><span class="cat{offer.category}" title="{_text(_category(offer))}"></span>'
        f"{_text(_category(offer))}</div>"
        f'<div id="size"><span>{display_size(offer.size_bytes)} ({offer.size_bytes:,} bytes)</span></div>'
        f'<div id="ratio"><span class="torDetInnerBottomSpan">{ratio:.2f} &rarr; {ratio_after:.2f}</span></div>'
        f'<div id="download"><a id="tddl" class="torFormButton" href="/tor/download.php?tid={offer.id}">Download</a>'
        '<div id="DLhistory"></div></div>'
    )
    form = f'<form method="post" action="/t/{offer.id}"><input type="hidden" name="tid" value="{offer.id}"></form>'
    body = (
        f'<div id="torDetMainCon"><div class="TorrentTitle">{title}</div>{"".join(rows)}{facts}{form}'
        f'<div class="torDetBottom">{offer.description or "<p></p>"}</div>'
        f'<div id="submitInfo">Uploaded by <a href="/u/2">uploader</a> on {offer.added} 12:00:00</div></div>'
    )
    if new_markup:
        body = body.replace("TorrentTitle", "detailTitle").replace('id="size"', 'id="bytes"')
    return page(f'Details for "{offer.title}"', body)


def _row(label: str, content: str, further_class: str = "") -> str:
    right = f"torDetRight {further_class}".strip()
    return f'<div class="torDetRow"><div class="torDetLeft">{label}</div><div class="{right}">{content}</div></div>'


def _link(kind: str, name: str) -> str:
    return f'<a href="/tor/browse.php?{kind}={person_id(name)}">{_text(name)}</a>'


def _series(place: SeriesPlace) -> str:
    position = f" (#{_text(place.sequence)})" if place.sequence else ""
    return _link("series", place.name) + position


def _files(offer: Offer) -> str:
    size = offer.size_bytes // len(offer.files)
    lines = "".join(
        f'<tr><td>{_text(each.name)}</td><td title="{size:,} bytes">{display_size(size)}</td></tr>'
        for each in offer.files
    )
    return f'<table id="fileList">{lines}</table>'


def _category(offer: Offer) -> str:
    return category_name(offer.category, offer.main_category)


def _text(text: str) -> str:
    return html.escape(text)
