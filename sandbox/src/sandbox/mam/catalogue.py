"""The torrents of the tracker, and the search with its filters and orders."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.languages import language
from sandbox.mam.row import row
from sandbox.mam.search_query import FIELDS, SearchQuery
from sandbox.words import closeness, strict_words
from sandbox.world import Offer

_ABRIDGED = 32
_TYPES: dict[str, Callable[[Offer], bool]] = {
    "all": lambda offer: True,
    "active": lambda offer: offer.seeders > 0,
    "inactive": lambda offer: offer.seeders == 0,
    "fl": lambda offer: offer.free,
    "fl-VIP": lambda offer: offer.free or offer.vip,
    "VIP": lambda offer: offer.vip,
    "nVIP": lambda offer: not offer.vip,
    "nMeta": lambda offer: not (offer.authors and offer.narrators),
}
_ORDERS: dict[str, Callable[[Offer], Any]] = {
    "title": lambda offer: offer.title.casefold(),
    "file": lambda offer: len(offer.files),
    "size": lambda offer: offer.size_bytes,
    "seeders": lambda offer: offer.seeders,
    "leechers": lambda offer: offer.leechers,
    "snatched": lambda offer: offer.snatched,
    "date": lambda offer: (offer.added, int(offer.id)),
    "category": lambda offer: (offer.category, offer.title.casefold()),
}


@dataclass(frozen=True)
class _Torrent:
    offer: Offer
    words: dict[str, frozenset[str]]

    def has(self, query: frozenset[str], fields: Iterable[str]) -> bool:
        """Whether every word is in at least one of the fields."""
        field_words = [self.words[field] for field in fields]
        return all(any(word in words for words in field_words) for word in query)


class Catalogue:
    """All offers of the tracker."""

    def __init__(
        self, offers: Iterable[Offer], *, download_hash: Callable[[Offer], str], info_hash: Callable[[Offer], str]
    ) -> None:
        self._torrents = [_Torrent(offer, _words(offer)) for offer in offers]
        self._download_hash = download_hash
        self._info_hash = info_hash

    def answer(self, search: SearchQuery) -> dict[str, Any]:
        """The answer to a search: a page of rows, or an error if the page is empty."""
        found = self._found(search)
        page = found[search.start : search.start + search.per_page]
        if not page:
            return {"error": f"Nothing returned, out of {len(found)}"}
        return {
            "perpage": search.per_page,
            "start": search.start,
            "data": [row(each, shows=search.shows, download_hash=self._download_hash(each)) for each in page],
            "total": search.start + len(page),
            "found" if search.text else "total_found": len(found),
        }

    def _found(self, search: SearchQuery) -> list[Offer]:
        query = strict_words(search.text)
        matching = [
            each
            for each in self._torrents
            if each.has(query, search.fields) and _is_listed(each.offer, search) and _in_range(each.offer, search)
        ]
        info_hash = str(search.tor.get("hash") or "").lower()
        if info_hash:
            matching = [each for each in matching if self._info_hash(each.offer) == info_hash]
        return _sorted(matching, search, query)


def _is_listed(offer: Offer, search: SearchQuery) -> bool:
    filters = [
        (search.ids("main_cat"), offer.main_category),
        (search.ids("cat"), offer.category),
        (search.ids("browse_lang"), language(offer.language).mam_id),
        (search.ids("id"), int(offer.id)),
    ]
    search_type = _TYPES.get(str(search.tor.get("searchType") or "all"), _TYPES["all"])
    return (
        all(not allowed or value in allowed for allowed, value in filters)
        and search_type(offer)
        and search.tor.get("searchIn", "torrents") in ("torrents", "new")
        and (offer.my_snatched or not search.only_my_snatched)
        and _flags_match(offer, search)
    )


def _flags_match(offer: Offer, search: SearchQuery) -> bool:
    flags = search.ids("browseFlags")
    if not flags:
        return True
    bits = (_ABRIDGED if offer.abridged else 0) | offer.browse_flags
    flagged = any(bits & flag for flag in flags)
    return flagged if search.number("browseFlagsHideVsShow") == 1 else not flagged


def _in_range(offer: Offer, search: SearchQuery) -> bool:
    unit = search.number("unit") or 1
    counts = [
        ("Size", offer.size_bytes / unit),
        ("Seeders", offer.seeders),
        ("Leechers", offer.leechers),
        ("Snatched", offer.snatched),
    ]
    for name, value in counts:
        minimum, maximum = search.number(f"min{name}"), search.number(f"max{name}")
        if (minimum is not None and value < minimum) or (maximum and value > maximum):
            return False
    return (search.day("startDate") or date.min) <= offer.added < (search.day("endDate") or date.max)


def _sorted(torrents: list[_Torrent], search: SearchQuery, query: frozenset[str]) -> list[Offer]:
    sort_type = str(search.tor.get("sortType") or "default")
    offers = [each.offer for each in torrents]
    if sort_type == "random":
        return random.sample(offers, len(offers))
    for name, key in _ORDERS.items():
        if sort_type in (f"{name}Asc", f"{name}Desc"):
            return sorted(offers, key=key, reverse=sort_type.endswith("Desc"))
    if query:
        ranked = [(closeness(query, each.words["title"]), int(each.offer.id), each.offer) for each in torrents]
        return [offer for _, _, offer in sorted(ranked, key=lambda each: each[:2], reverse=True)]
    return sorted(offers, key=_ORDERS["date"], reverse=True)


def _words(offer: Offer) -> dict[str, frozenset[str]]:
    texts = {
        "title": [offer.title],
        "author": offer.authors,
        "narrator": offer.narrators,
        "series": [place.name for place in offer.series],
        "description": [offer.description],
        "tags": [offer.tags],
        "filenames": [each.name for each in offer.files],
        "fileTypes": [offer.filetype],
    }
    return {field: strict_words(" ".join(texts[field])) for field in FIELDS}
