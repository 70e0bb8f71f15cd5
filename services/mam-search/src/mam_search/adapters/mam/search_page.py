"""The search of the tracker: its parameters, and its response."""

import json
from collections.abc import Mapping
from typing import Any

from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import FoundPage, MainCategory, MamLanguage, MamSearch, ReleaseKind, SearchOrder
from shared.contracts.mam.sessions import SessionKind, SessionState

from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.media_info import ReportUnread
from mam_search.adapters.mam.refusal_texts import refusal_state
from mam_search.adapters.mam.search_rows import FLAGS, release_of
from mam_search.adapters.mam.values import count, shown_text
from mam_search.domain.query import words
from mam_search.domain.refusals import SessionRefused

PATH = "/tor/js/loadSearchJSONbasic.php"
_MAIN = {
    MainCategory.AUDIOBOOKS: 13,
    MainCategory.EBOOKS: 14,
    MainCategory.MUSICOLOGY: 15,
    MainCategory.RADIO: 16,
}
_LANGUAGES = {
    MamLanguage.ENGLISH: 1,
    MamLanguage.CHINESE: 2,
    MamLanguage.SPANISH: 4,
    MamLanguage.RUSSIAN: 16,
    MamLanguage.CZECH: 20,
    MamLanguage.DUTCH: 22,
    MamLanguage.UKRAINIAN: 25,
    MamLanguage.PORTUGUESE: 34,
    MamLanguage.FRENCH: 36,
    MamLanguage.GERMAN: 37,
    MamLanguage.JAPANESE: 38,
    MamLanguage.SWEDISH: 40,
    MamLanguage.ITALIAN: 43,
    MamLanguage.POLISH: 45,
    MamLanguage.OTHER: 47,
    MamLanguage.BRAZILIAN_PORTUGUESE: 52,
}
_KINDS = {
    ReleaseKind.ALL: "all",
    ReleaseKind.ACTIVE: "active",
    ReleaseKind.INACTIVE: "inactive",
    ReleaseKind.FREELEECH: "fl",
    ReleaseKind.FREELEECH_OR_VIP: "fl-VIP",
    ReleaseKind.VIP: "VIP",
    ReleaseKind.NOT_VIP: "nVIP",
    ReleaseKind.WITHOUT_METADATA: "nMeta",
}
_ORDERS = {
    SearchOrder.RELEVANCE: "default",
    SearchOrder.MOST_SEEDERS: "seedersDesc",
    SearchOrder.MOST_LEECHERS: "leechersDesc",
    SearchOrder.MOST_SNATCHED: "snatchedDesc",
    SearchOrder.NEWEST: "dateDesc",
    SearchOrder.OLDEST: "dateAsc",
    SearchOrder.LARGEST: "sizeDesc",
    SearchOrder.SMALLEST: "sizeAsc",
}
_RANGES = {
    "minSize": "min_size_bytes",
    "maxSize": "max_size_bytes",
    "minSeeders": "min_seeders",
    "maxSeeders": "max_seeders",
    "minSnatched": "min_snatches",
    "maxSnatched": "max_snatches",
}
_BITS = {name: bit for bit, name in FLAGS.items()}
_NOTHING = "Nothing returned"


def parameters(search: MamSearch) -> dict[str, str]:
    """The query of a search, in the bracket syntax that the site accepts most reliably.

    An empty list would break the search, so it is left out.
    """
    texts, fields = _texts(search)
    query = {"tor[text]": texts, **{f"tor[srchIn][{field}]": "true" for field in fields}}
    query |= {"tor[searchType]": _KINDS[search.kind], "tor[searchIn]": "torrents"}
    query |= _listed("main_cat", [_MAIN[each] for each in search.main_categories])
    if not search.new_categories:  # the search knows no newer categories: they are filtered in the response
        query |= _listed("cat", search.categories)
    query |= _listed("browse_lang", [_LANGUAGES[each] for each in search.languages])
    if flags := search.only_flags or search.without_flags:
        query |= _listed("browseFlags", [_BITS[each] for each in flags])
        query["tor[browseFlagsHideVsShow]"] = "1" if search.only_flags else "0"
    query |= {
        f"tor[{name}]": str(value) for name, field in _RANGES.items() if (value := getattr(search, field)) is not None
    }
    if search.min_size_bytes is not None or search.max_size_bytes is not None:
        query["tor[unit]"] = "1"
    for name, value in {
        "startDate": search.added_from,
        "endDate": search.added_before,
        "id": search.release_id,
        "hash": search.info_hash,
    }.items():
        if value is not None:
            query[f"tor[{name}]"] = str(value)
    if search.only_snatched:
        query["my_snatched"] = "1"
    query |= {"tor[sortType]": _ORDERS[search.order], "tor[startNumber]": str(search.page * search.page_size)}
    return query | {"perpage": str(search.page_size), "isbn": "1", "mediaInfo": "1"}


def page_of(body: bytes, search: MamSearch, report: ReportUnread) -> FoundPage:
    """The page of releases in a response. A row without an id is reported and left out.

    Raises `RemoteRefusedUs` if the session is of the wrong kind, and `RemoteAnsweredNonsense` for every other response
    that is neither a page nor the message that nothing was found.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RemoteAnsweredNonsense(SYSTEM, f"the search response is not JSON ({len(body)} bytes)") from error
    if not isinstance(answer, dict):
        raise RemoteAnsweredNonsense(SYSTEM, "the search response is not a JSON object")
    rows = answer.get("data")
    if isinstance(rows, dict):
        rows = list(rows.values())
    if not isinstance(rows, list):
        return _empty_page(answer, search)
    releases = _releases(rows, report)
    found = count(answer.get("found")) or count(answer.get("total_found")) or len(rows)
    if search.new_categories:
        releases = [release for release in releases if _in_categories(release, search)]
    return FoundPage(releases=releases, found=max(found, len(releases)), page=search.page, page_size=search.page_size)


def _releases(rows: list[Any], report: ReportUnread) -> list[Release]:
    releases: dict[str, Release] = {}
    for row in rows:
        release = release_of(row, report) if isinstance(row, dict) else None
        if release is not None:
            releases.setdefault(release.id, release)
    if rows and not releases:
        raise RemoteAnsweredNonsense(SYSTEM, f"none of the {len(rows)} rows of the search response has an id")
    return list(releases.values())


def _empty_page(answer: Mapping[str, Any], search: MamSearch) -> FoundPage:
    """The page of a response without rows: nothing was found, or the page is past the end."""
    error = shown_text(answer.get("error"), 300) or shown_text(answer.get("message"), 300)
    if error.startswith(_NOTHING):
        found = count(error.rpartition(" ")[2])
        return FoundPage(found=found, page=search.page, page_size=search.page_size)
    if (state := refusal_state(error)) is not SessionState.REFUSED:
        raise SessionRefused(SessionKind.API, state, error)
    raise RemoteAnsweredNonsense(SYSTEM, error or "the search response contains neither torrents nor an error")


def _texts(search: MamSearch) -> tuple[str, list[str]]:
    """The words to search, and the fields in which each of them may be.

    An ISBN or ASIN has no field of its own in the index. Uploaders write it into the description or the tags.
    """
    isbn = (search.isbn or "").replace("-", "").replace(" ", "")
    parts = [
        (search.text, ("title", "author", "series")),
        (search.title, ("title",)),
        (search.author, ("author",)),
        (search.series, ("series",)),
        (search.narrator, ("narrator",)),
        (isbn, ("title", "description", "tags")),
        (search.asin, ("title", "description", "tags")),
    ]
    found = dict.fromkeys(word for part, _ in parts for word in words(part or ""))
    fields = dict.fromkeys(field for part, fields in parts if part for field in fields)
    return " ".join(found), list(fields) or ["title", "author", "series"]


def _listed(name: str, values: list[int]) -> dict[str, str]:
    return {f"tor[{name}][{place}]": str(value) for place, value in enumerate(values)}


def _in_categories(release: Release, search: MamSearch) -> bool:
    return release.category_id in search.categories or not set(search.new_categories).isdisjoint(
        release.new_category_ids
    )
