"""One offer as a row of MyAnonamouse's search answer, with the traps of the real one.

People and series are JSON inside a string, with HTML entities in the names, and broken JSON when a name holds a
double quote; sizes are for reading, with a comma for thousands; yes and no come as numbers, as text or as booleans;
`isbn` is text, a number, or "ASIN:…"; `tags` made of digits are a number.
"""

import html
import json
from typing import Any
from zlib import crc32

from sandbox.languages import language, mam_code
from sandbox.mam.categories import NEW_CATEGORIES, category_name
from sandbox.mam.media_info import media_info
from sandbox.world import Offer, SeriesPlace

_ABRIDGED = 32


def row(offer: Offer, *, shows: frozenset[str], download_hash: str) -> dict[str, Any]:
    number = int(offer.id)
    shown = {
        "id": number,
        "title": _entities(offer.title),
        "added": f"{offer.added} 12:{number % 60:02}:{number % 53:02}",
        "author_info": _people(offer.authors),
        "narrator_info": _people(offer.narrators),
        "series_info": _series(offer.series, with_number=number % 2 == 1),
        "tags": int(offer.tags) if offer.tags.isdigit() else offer.tags,
        "catname": category_name(offer.category, offer.main_category),
        "category": offer.category,
        "main_cat": offer.main_category,
        "mediatype": offer.main_category - 12,
        "maincat": 1,
        "categories": json.dumps(NEW_CATEGORIES.get(offer.category, [])),
        "size": display_size(offer.size_bytes),
        "numfiles": len(offer.files),
        "filetype": offer.filetype,
        "lang_code": mam_code(offer.language),
        "language": language(offer.language).mam_id,
        "seeders": offer.seeders,
        "leechers": offer.leechers,
        "times_completed": offer.snatched,
        "vip_expire": 0,
        "browseflags": _ABRIDGED if offer.abridged else 0,
        "bookmarked": None,
        "comments": 0,
        "w": 0,
        "ownership": [2, "uploader"],
    }
    return shown | _flags(offer, number) | _asked_for(offer, shows, download_hash)


def display_size(size_bytes: int) -> str:
    """Bytes as the site writes them: "881.8 MiB", "1,016.2 KiB"."""
    size, unit = float(size_bytes), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:,.1f} {unit}"


def _flags(offer: Offer, number: int) -> dict[str, int | str | bool]:
    flags = {
        "free": offer.free,
        "vip": offer.vip,
        "fl_vip": offer.free or offer.vip,
        "personal_freeleech": False,
        "my_snatched": offer.my_snatched,
    }
    as_written: list[type[int] | type[str] | type[bool]] = [int, str, bool]
    style = as_written[number % 3]
    return {name: style(int(on)) for name, on in flags.items()}


def _asked_for(offer: Offer, shows: frozenset[str], download_hash: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "description" in shows:
        fields["description"] = offer.description
    if "dlLink" in shows:
        fields["dl"] = download_hash
    if "isbn" in shows:
        fields["isbn"] = _isbn(offer)
    if "mediaInfo" in shows:
        fields["mediainfo"] = media_info(offer)
    if shows & {"thumbnail", "thumbnails"}:
        fields["thumbnail"] = f"https://cdn.myanonamouse.net/t/p/small/{offer.id}.webp"
    return fields


def _isbn(offer: Offer) -> str | int:
    if offer.asin:
        return f"ASIN:{offer.asin}"
    isbn = offer.isbn or ""
    return int(isbn) if isbn.isdigit() and not isbn.startswith("0") else isbn


def _people(names: list[str]) -> str:
    """Id to name as text. The site writes a double quote as it is, which breaks the JSON; so does this."""
    pairs = (f'"{person_id(name)}":"{_quotes_as_they_are(name)}"' for name in names)
    return "{" + ",".join(pairs) + "}" if names else ""


def _quotes_as_they_are(name: str) -> str:
    return json.dumps(html.escape(name, quote=False).replace("'", "&#039;"))[1:-1].replace('\\"', '"')


def _series(places: list[SeriesPlace], *, with_number: bool) -> str:
    if not places:
        return ""
    shown: dict[str, list[str | float]] = {}
    for place in places:
        entry: list[str | float] = [_entities(place.name), place.sequence or ""]
        if with_number and place.sequence:
            entry.append(float(place.sequence.partition("-")[0]))
        shown[str(person_id(place.name))] = entry
    return json.dumps(shown)


def person_id(name: str) -> int:
    """A stable id for a name, as the site numbers its authors, narrators and series."""
    return crc32(name.encode()) % 1_000_000 + 1


def _entities(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#039;")
