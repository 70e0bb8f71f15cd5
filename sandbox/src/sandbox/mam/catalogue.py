"""The tracker's torrents, and which of them a search finds in which order."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.languages import language
from sandbox.mam.row import row
from sandbox.mam.search_query import FIELDS, Question
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
        """Whether each word is in one of the fields."""
        among = [self.words[field] for field in fields]
        return all(any(word in words for words in among) for word in query)


class Catalogue:
    def __init__(
        self, offers: Iterable[Offer], *, download_hash: Callable[[Offer], str], info_hash: Callable[[Offer], str]
    ) -> None:
        self._torrents = [_Torrent(offer, _words(offer)) for offer in offers]
        self._download_hash = download_hash
        self._info_hash = info_hash

    def answer(self, asked: Question) -> dict[str, Any]:
        """The search's answer: a page of rows, or the error that says there is none."""
        found = self._found(asked)
        page = found[asked.start : asked.start + asked.per_page]
        if not page:
            return {"error": f"Nothing returned, out of {len(found)}"}
        return {
            "perpage": asked.per_page,
            "start": asked.start,
            "data": [row(each, shows=asked.shows, download_hash=self._download_hash(each)) for each in page],
            "total": asked.start + len(page),
            "found": len(found),
        }

    def _found(self, asked: Question) -> list[Offer]:
        query = strict_words(asked.text)
        fitting = [
            each
            for each in self._torrents
            if each.has(query, asked.fields) and _is_listed(each.offer, asked) and _in_range(each.offer, asked)
        ]
        info_hash = str(asked.tor.get("hash") or "").lower()
        if info_hash:
            fitting = [each for each in fitting if self._info_hash(each.offer) == info_hash]
        return _in_order(fitting, asked, query)


def _is_listed(offer: Offer, asked: Question) -> bool:
    chosen = [
        (asked.ids("main_cat"), offer.main_category),
        (asked.ids("cat"), offer.category),
        (asked.ids("browse_lang"), language(offer.language).mam_id),
        (asked.ids("id"), int(offer.id)),
    ]
    search_type = _TYPES.get(str(asked.tor.get("searchType") or "all"), _TYPES["all"])
    return (
        all(not among or value in among for among, value in chosen)
        and search_type(offer)
        and asked.tor.get("searchIn", "torrents") in ("torrents", "new")
        and (offer.my_snatched or not asked.only_my_snatched)
        and _flags_fit(offer, asked)
    )


def _flags_fit(offer: Offer, asked: Question) -> bool:
    """Only one of the browse flags exists in a world: abridged."""
    flags = asked.ids("browseFlags")
    if not flags:
        return True
    flagged = offer.abridged and _ABRIDGED in flags
    return flagged if asked.number("browseFlagsHideVsShow") == 1 else not flagged


def _in_range(offer: Offer, asked: Question) -> bool:
    unit = asked.number("unit") or 1
    counts = [
        ("Size", offer.size_bytes / unit),
        ("Seeders", offer.seeders),
        ("Leechers", offer.leechers),
        ("Snatched", offer.snatched),
    ]
    for name, value in counts:
        least, most = asked.number(f"min{name}"), asked.number(f"max{name}")
        if (least is not None and value < least) or (most and value > most):
            return False
    return (asked.day("startDate") or date.min) <= offer.added < (asked.day("endDate") or date.max)


def _in_order(torrents: list[_Torrent], asked: Question, query: frozenset[str]) -> list[Offer]:
    wanted = str(asked.tor.get("sortType") or "default")
    offers = [each.offer for each in torrents]
    if wanted == "random":
        return random.sample(offers, len(offers))
    for name, key in _ORDERS.items():
        if wanted in (f"{name}Asc", f"{name}Desc"):
            return sorted(offers, key=key, reverse=wanted.endswith("Desc"))
    if query:
        weighed = [(closeness(query, each.words["title"]), int(each.offer.id), each.offer) for each in torrents]
        return [offer for _, _, offer in sorted(weighed, key=lambda each: each[:2], reverse=True)]
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
