"""The indexers of the offers of a world, and the JSON format in which Prowlarr returns an offer."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlencode

from sandbox.languages import mam_code
from sandbox.words import query_words, tolerant_words
from sandbox.world import Offer

_AUDIOBOOK = {"id": 3030, "name": "Audio/Audiobook", "subCategories": []}
_E_BOOK = {"id": 7020, "name": "Books/EBook", "subCategories": []}
_OTHER_AUDIO = {"id": 3050, "name": "Audio/Other", "subCategories": []}
_TERM = re.compile(r"\{(\w+):([^}]*)\}")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Listed:
    """An offer with the words that a search matches."""

    offer: Offer
    words: frozenset[str]

    @classmethod
    def of(cls, offer: Offer) -> "Listed":
        """The offer with the words of its title, people and series."""
        series = (place.name for place in offer.series)
        return cls(offer, tolerant_words([offer.title, *offer.authors, *offer.narrators, *series]))


@dataclass(frozen=True)
class Indexer:
    """One indexer. `magnets`: it provides magnet links instead of torrent files."""

    id: int
    name: str
    listed: tuple[Listed, ...]
    magnets: bool = False

    @property
    def like_mam(self) -> bool:
        """Whether Prowlarr adds author and file type to its titles, as for MyAnonamouse."""
        return self.name.casefold().replace(" ", "").startswith(("mam", "myanonamouse"))

    def resource(self, *, enabled: bool = True) -> dict[str, Any]:
        """The indexer in the format of `/api/v1/indexer`."""
        return {
            "id": self.id,
            "name": self.name,
            "enable": enabled,
            "protocol": "torrent",
            "privacy": "private",
            "priority": 25,
            "supportsRss": True,
            "supportsSearch": True,
            "redirect": False,
            "appProfileId": 1,
            "implementation": "MyAnonamouse" if self.like_mam else "Cardigann",
            "indexerUrls": [_site(self)],
            "fields": [{"name": "baseUrl", "value": _site(self)}, {"name": "cookie", "value": "a-cookie"}],
            "capabilities": {
                "limitsMax": 100,
                "limitsDefault": 100,
                "categories": [{"id": 3000, "name": "Audio", "subCategories": [_AUDIOBOOK]}],
                "searchParams": ["q"],
                "bookSearchParams": ["q", "title", "author"],
            },
            "tags": [],
        }


def indexers_of(offers: Iterable[Offer], magnet_indexers: frozenset[str]) -> list[Indexer]:
    """One indexer for each indexer name in the offers, numbered from 1 in alphabetical order."""
    by_name: dict[str, list[Listed]] = {}
    for offer in offers:
        if offer.indexer == "prowlarr":
            by_name.setdefault(offer.prowlarr_indexer, []).append(Listed.of(offer))
    return [
        Indexer(number, name, tuple(by_name[name]), magnets=name in magnet_indexers)
        for number, name in enumerate(sorted(by_name), start=1)
    ]


@dataclass(frozen=True)
class Search:
    """The words and categories of a search. Without categories all are searched."""

    words: frozenset[str]
    categories: frozenset[int]

    @classmethod
    def of(cls, query: str, categories: Iterable[int]) -> "Search":
        """`query` may contain the terms of a book search, such as {author:Baum}."""
        return cls(query_words(_TERM.sub(r" \2 ", query)), frozenset(categories))

    def matches(self, listed: Listed) -> bool:
        """Whether an offer has all words and is in one of the categories."""
        number = category(listed.offer)["id"]
        in_category = not self.categories or bool(self.categories & {number, number // 1000 * 1000})
        return in_category and self.words <= listed.words


def category(offer: Offer) -> dict[str, Any]:
    """The Newznab category of an offer."""
    return {13: _AUDIOBOOK, 14: _E_BOOK}.get(offer.main_category, _OTHER_AUDIO)


def shown_title(offer: Offer, indexer: Indexer) -> str:
    """The title, for MyAnonamouse with further facts: "Title by Author [ENG / M4B] [VIP]"."""
    if not indexer.like_mam:
        return offer.title
    authors = f" by {', '.join(offer.authors[:5])}" if offer.authors else ""
    vip = " [VIP]" if offer.vip else ""
    return f"{offer.title}{authors} [{mam_code(offer.language)} / {offer.filetype.upper()}]{vip}"


def release(offer: Offer, indexer: Indexer, *, base_url: str, api_key: str, now: datetime) -> dict[str, Any]:
    """One row of a search. The download link goes through Prowlarr and contains its API key."""
    published = datetime.combine(offer.added, time(12), UTC)
    age = now - published
    title = shown_title(offer, indexer)
    page = page_of(offer, indexer)
    link = f"{base_url}/{indexer.id}/download?" + urlencode(
        {"apikey": api_key, "link": link_token(offer), "file": title}
    )
    return {
        "guid": page,
        "age": age.days,
        "ageHours": age.total_seconds() / 3600,
        "ageMinutes": age.total_seconds() / 60,
        "size": offer.size_bytes,
        "files": len(offer.files),
        "grabs": offer.snatched,
        "indexerId": indexer.id,
        "indexer": indexer.name,
        "title": title,
        "sortTitle": _NOT_WORD.sub(" ", title.casefold()).strip(),
        "publishDate": published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "magnetUrl" if indexer.magnets else "downloadUrl": link,
        "infoUrl": page,
        "indexerFlags": ["freeleech"] if offer.free else [],
        "categories": [category(offer)],
        "seeders": offer.seeders,
        "leechers": offer.leechers,
        "protocol": "torrent",
        "fileName": f"{title}.torrent",
    }


def link_token(offer: Offer) -> str:
    """The token of the offer in a download link, opaque to clients."""
    return base64.urlsafe_b64encode(f"offer:{offer.id}".encode()).decode()


def page_of(offer: Offer, indexer: Indexer) -> str:
    """The URL of the offer's page at its indexer, which is also the guid of the release."""
    return f"{_site(indexer)}{'t' if indexer.like_mam else 'torrents'}/{offer.id}"


def _site(indexer: Indexer) -> str:
    return f"https://{_NOT_WORD.sub('-', indexer.name.casefold())}.example/"
