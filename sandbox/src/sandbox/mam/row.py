"""An offer as a row of MyAnonamouse's search answer, with the pitfalls of the real one.

People and series are JSON strings with HTML entities in the names, sometimes encoded twice, and invalid JSON if a name
contains a double quote. Sizes have a thousands separator, or are plain bytes. Counts are numbers or strings. Flags are
numbers, strings or booleans. `isbn` is a string, a number or "ASIN:…". `tags` that consist of digits are a number.
"""

import html
import json
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

from sandbox.languages import language, mam_code
from sandbox.mam.categories import NEW_CATEGORIES, category_name
from sandbox.mam.media_info import media_info
from sandbox.world import Offer, SeriesPlace

_ABRIDGED = 32


def row(offer: Offer, *, shows: frozenset[str], download_hash: str) -> dict[str, Any]:
    """The row of an offer, with the optional fields that `shows` names."""
    number = int(offer.id)
    fields = {
        "id": number,
        "title": _entities(offer.title),
        "added": f"{offer.added} 12:{number % 60:02}:{number % 53:02}",
        "author_info": _encoded(_people(offer.authors), twice=number % 7 == 3),
        "narrator_info": _people(offer.narrators),
        "series_info": _series(offer.series, with_number=number % 2 == 1),
        "tags": int(offer.tags) if offer.tags.isdigit() else offer.tags,
        "catname": category_name(offer.category, offer.main_category),
        "category": offer.category,
        "main_cat": offer.main_category,
        "mediatype": offer.main_category - 12,
        "maincat": 1,
        "categories": json.dumps([*NEW_CATEGORIES.get(offer.category, []), *offer.new_categories]),
        "size": str(offer.size_bytes) if number % 11 == 5 else display_size(offer.size_bytes),
        "numfiles": len(offer.files),
        "filetype": offer.filetype,
        "lang_code": mam_code(offer.language),
        "language": language(offer.language).mam_id,
        "seeders": str(offer.seeders) if number % 4 == 1 else offer.seeders,
        "leechers": offer.leechers,
        "times_completed": offer.snatched,
        "vip_expire": _seconds(offer.vip_until) if offer.vip_until else 0,
        "browseflags": (_ABRIDGED if offer.abridged else 0) | offer.browse_flags,
        "bookmarked": None,
        "comments": 0,
        "w": 0,
        "ownership": [2, "uploader"],
    }
    return fields | _flags(offer, number) | _optional_fields(offer, shows, download_hash)


def display_size(size_bytes: int) -> str:
    """A size in the format of the site: "881.8 MiB", "1,016.2 KiB"."""
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
        "personal_freeleech": offer.personal_free,
        "my_snatched": offer.my_snatched,
    }
    types: list[type[int] | type[str] | type[bool]] = [int, str, bool]
    flag_type = types[number % 3]
    return {name: flag_type(int(on)) for name, on in flags.items()}


def _optional_fields(offer: Offer, shows: frozenset[str], download_hash: str) -> dict[str, Any]:
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
    """A JSON string of names by id. Like the site, it does not escape double quotes, which makes the JSON invalid."""
    pairs = (f'"{person_id(name)}":"{_escape_all_but_quotes(name)}"' for name in names)
    return "{" + ",".join(pairs) + "}" if names else ""


def _escape_all_but_quotes(name: str) -> str:
    return json.dumps(html.escape(name, quote=False).replace("'", "&#039;"))[1:-1].replace('\\"', '"')


def _encoded(text: str, *, twice: bool) -> str:
    return json.dumps(text) if twice and text else text


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _series(places: list[SeriesPlace], *, with_number: bool) -> str:
    if not places:
        return ""
    by_id: dict[str, list[str | float]] = {}
    for place in places:
        entry: list[str | float] = [_entities(place.name), _position(place.sequence or "")]
        if with_number and place.sequence:
            entry.append(float(place.sequence.partition("-")[0]))
        by_id[str(person_id(place.name))] = entry
    return json.dumps(by_id)


def _position(sequence: str) -> str:
    """A position as the site displays it: "3", and a range as "01-14"."""
    first, dash, last = sequence.partition("-")
    return f"{first.zfill(len(last))}-{last}" if dash else sequence


def person_id(name: str) -> int:
    """A stable id of an author, narrator or series."""
    return crc32(name.encode()) % 1_000_000 + 1


def _entities(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#039;")
