"""The measured task for releases, T5: the decision of the downloader, from only the input fields of each case.

A release with the fields of MyAnonamouse is read as mam-search reads it. Any other is a listing of Prowlarr.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from downloader.domain.decision import best, judge_all
from downloader.domain.limits import GrabContext, Limits
from mam_search.adapters.mam.search_rows import release_of
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, MissingReason, MissingStatus

Case = dict[str, Any]
_LIMITS = Limits()
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def predict_t5(case: Case) -> Case:
    """The accepted ids and the best one, or None. Reads `wanted` and `releases` of the case."""
    releases = [_release(fields) for fields in case["releases"]]
    decisions = judge_all(releases, GrabContext(wanted=_wanted(case["wanted"]), limits=_LIMITS, now=_NOW))
    chosen = best(decisions)
    return {
        "accepted": [one.release.id for one in decisions if one.verdict is Verdict.ACCEPTED],
        "best": chosen.release.id if chosen else None,
    }


def _wanted(fields: Case) -> MissingBook:
    return MissingBook(
        id=UUID(int=0),
        title=fields["title"],
        authors=[fields["author"]] if fields.get("author") else [],
        narrators=[fields["narrator"]] if fields.get("narrator") else [],
        series=fields.get("series"),
        sequence=fields.get("sequence"),
        language=fields.get("language"),
        reason=MissingReason.SERIES_GAP,
        source="case",
        status=MissingStatus.IDENTIFIED,
        priority=0,
        identified_at=_NOW,
        updated_at=_NOW,
    )


def _release(fields: Case) -> Release:
    size_bytes, seeders = fields.get("size") or 0, fields.get("seeders") or 0
    if tracker := fields.get("mam"):
        release = release_of({**tracker, "id": 1, "size": str(size_bytes), "seeders": seeders}, _ignore_unread)
        if release is not None:
            return release.model_copy(update={"id": fields["id"]})
    return Release(
        indexer=Indexer.PROWLARR,
        id=fields["id"],
        title=fields["title"],
        size_bytes=size_bytes,
        category=",".join(str(each) for each in fields.get("categories") or ()) or None,
        seeders=seeders,
        indexer_name=fields.get("indexer") or "",
        structured=False,
    )


def _ignore_unread(field: str, value: str) -> None:
    """A field of a case that cannot be read is unknown."""
