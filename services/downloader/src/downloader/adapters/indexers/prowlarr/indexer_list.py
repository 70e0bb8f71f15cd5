"""The indexers that are set up in Prowlarr: which are searched, and why the others are not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from shared.chassis.logging import excerpt

from downloader.adapters.indexers.prowlarr.schemas import Category, DisabledIndexer, IndexerRow
from downloader.domain.limits import MAM_NAME

MAM_HOST = "myanonamouse.net"
AUDIO, AUDIOBOOKS = 3000, 3030
"""The categories of Newznab."""
_LONGEST_NAME = 60
_AUDIOBOOK_NAME = re.compile(r"\baudio ?-?books?\b|\bh(ö|oe)rb(ü|ue|u)ch|\blivres? audio\b", re.I)


@dataclass(frozen=True, slots=True)
class SearchedIndexer:
    """An indexer that is searched, in these categories. `is_mam`: it is MyAnonamouse, whatever a person named it."""

    id: int
    name: str
    categories: tuple[int, ...]
    is_mam: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An indexer that is not searched. If it `failed`, its releases are unknown. `remedy` says what to do."""

    id: int
    name: str
    why: str
    remedy: str
    failed: bool

    def __str__(self) -> str:
        return f"{self.name} {self.why}"


def divide(
    rows: Iterable[IndexerRow], disabled: Sequence[DisabledIndexer], now: datetime
) -> tuple[list[SearchedIndexer], list[LeftOut]]:
    """The torrent indexers that are searched, and those that are left out. Indexers of Usenet are in neither."""
    until = {each.indexerId: each.disabledTill for each in disabled if each.disabledTill and each.disabledTill > now}
    searched: list[SearchedIndexer] = []
    left_out: list[LeftOut] = []
    for row in rows:
        if row.protocol != "torrent":
            continue
        name = name_of(row.name, row.id)
        categories = audiobook_categories(row)
        if not row.enable:
            left_out.append(LeftOut(row.id, name, "is switched off in Prowlarr", "enable it there", failed=False))
        elif row.id in until:
            why = f"is disabled by Prowlarr until {until[row.id]:%H:%M} UTC because of failures"
            left_out.append(LeftOut(row.id, name, why, "test it in Prowlarr under Indexers", failed=True))
        elif not row.supportsSearch or not categories:
            why = "has no category for audiobooks" if row.supportsSearch else "cannot be searched"
            left_out.append(LeftOut(row.id, name, why, "nothing has to be done", failed=False))
        else:
            searched.append(SearchedIndexer(row.id, name, categories, is_mam(row)))
    return searched, left_out


def name_of(name: str, indexer_id: int) -> str:
    """The name of an indexer, safe to show."""
    return excerpt(name)[:_LONGEST_NAME].strip() or f"indexer {indexer_id}"


def audiobook_categories(row: IndexerRow) -> tuple[int, ...]:
    """The categories in which an indexer lists audiobooks: 3030, and its own whose names say so; else 3000 (audio).

    Prowlarr does not search an indexer for a category that it does not have. Empty if it has none of them; 3030 if it
    does not say what it has.
    """
    known = list(_with_subcategories(row.capabilities.categories)) if row.capabilities else []
    if not known:
        return (AUDIOBOOKS,)
    numbers = {each.id for each in known}
    named = {each.id for each in known if names_audiobooks(each)}
    found = named | ({AUDIOBOOKS} & numbers) or ({AUDIO} & numbers)
    return tuple(sorted(found))


def names_audiobooks(category: Category) -> bool:
    """Whether the name of a category is that of audiobooks."""
    return _AUDIOBOOK_NAME.search(category.name or "") is not None


def hosts_of(row: IndexerRow) -> frozenset[str]:
    """The host names of an indexer's addresses."""
    chosen = [each.value for each in row.fields if each.name == "baseUrl" and isinstance(each.value, str)]
    return frozenset(host for address in (*chosen, *(row.indexerUrls or ())) if (host := _host(address)))


def is_mam(row: IndexerRow) -> bool:
    """Whether an indexer is MyAnonamouse: by Prowlarr's implementation of it, or by its address."""
    hosts = hosts_of(row)
    return row.implementation.casefold() == MAM_NAME or any(
        host == MAM_HOST or host.endswith(f".{MAM_HOST}") for host in hosts
    )


def _with_subcategories(categories: Sequence[Category] | None) -> Iterator[Category]:
    for each in categories or ():
        yield each
        yield from each.subCategories or ()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
