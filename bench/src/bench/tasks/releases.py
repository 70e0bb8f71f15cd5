"""The measured task of releases, T5: from each case's input fields alone."""

import json
from typing import Any

from shared.books.description import BookDescription, SeriesPlace
from shared.books.releases.description import ReleaseDescription, WantedBook
from shared.books.releases.judging import best_of, rank

Case = dict[str, Any]


def predict_t5(case: Case) -> Case:
    """`wanted` and `releases` in, the accepted ids and the best one (or None) out."""
    ranked = rank(_wanted(case["wanted"]), [_release(one) for one in case["releases"]])
    best = best_of(ranked)
    return {
        "accepted": [release.id for release, judgement in ranked if judgement.accepted],
        "best": best.id if best else None,
    }


def _wanted(fields: Case) -> WantedBook:
    series = (SeriesPlace(fields["series"], fields.get("sequence")),) if fields.get("series") else ()
    return WantedBook(
        BookDescription(
            title=fields["title"],
            authors=(fields["author"],) if fields.get("author") else (),
            narrators=(fields["narrator"],) if fields.get("narrator") else (),
            series=series,
        ),
        language=fields.get("language") or "en",
        formats=tuple(fields.get("format_preference") or ("m4b", "m4a", "mp3")),
    )


def _release(fields: Case) -> ReleaseDescription:
    tracker = fields.get("mam") or {}
    return ReleaseDescription(
        id=fields["id"],
        name=fields["title"],
        work_title=tracker.get("title"),
        authors=_names(tracker.get("author_info")),
        narrators=_names(tracker.get("narrator_info")),
        series=tuple(SeriesPlace(name, place or None) for name, place in _object(tracker.get("series_info")).values()),
        filetypes=tuple((tracker.get("filetype") or "").split()),
        language_code=tracker.get("lang_code"),
        categories=tuple(fields.get("categories") or ()),
        main_category=tracker.get("main_cat"),
        tags=tracker.get("tags"),
        size_bytes=fields.get("size"),
        seeders=fields.get("seeders"),
        file_count=int(tracker["numfiles"]) if str(tracker.get("numfiles") or "").isdigit() else None,
    )


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(_object(text).values())


def _object(text: str | None) -> dict[str, Any]:
    """The tracker's fields hold JSON objects as text; an empty one may be a list."""
    read = json.loads(text) if text else {}
    return read if isinstance(read, dict) else {}
