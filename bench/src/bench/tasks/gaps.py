"""The measured tasks of gaps: T3 of a series, T4 of an author, from each case's input fields alone."""

from datetime import date
from typing import Any

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapPolicy
from shared.books.gaps.finding import author_gaps, series_gaps

Case = dict[str, Any]


def predict_t3(case: Case) -> Case:
    """`series`, `policy`, `catalogue` and `owned` in, the chosen id of every missing work out."""
    author = case["series"].get("author")
    answer = series_gaps(
        SeriesPlace(case["series"]["name"]),
        (author,) if author else (),
        [_entry(one) for one in case["catalogue"]],
        [_owned(one) for one in case["owned"]],
        _policy(case["policy"]),
    )
    return {"missing": [gap.chosen_id for gap in answer.missing]}


def predict_t4(case: Case) -> Case:
    """`author`, `policy`, `catalogue` and `owned` in, the chosen id of every missing work out."""
    answer = author_gaps(
        (case["author"],),
        [_entry(one) for one in case["catalogue"]],
        [_owned(one) for one in case["owned"]],
        _policy(case["policy"]),
    )
    return {"missing": [gap.chosen_id for gap in answer.missing]}


def _policy(fields: Case) -> GapPolicy:
    return GapPolicy(as_of=date.fromisoformat(fields["as_of"]), language=fields["language"])


def _entry(fields: Case) -> CatalogueEntry:
    series = (SeriesPlace(fields["series"], fields.get("position")),) if fields.get("series") else ()
    day = fields.get("release_date")
    year = str(fields.get("year") or "")
    return CatalogueEntry(
        fields["id"],
        BookDescription(
            title=fields.get("raw_title") or fields["title"],
            authors=(fields["author"],) if fields.get("author") else (),
            series=series,
            language=fields.get("language"),
            published=date.fromisoformat(day) if day else None,
            published_year=int(year) if year.isdigit() else None,
        ),
    )


def _owned(fields: Case) -> BookDescription:
    return BookDescription(
        title=fields.get("title") or "",
        subtitle=fields.get("subtitle"),
        authors=(fields["author"],) if fields.get("author") else (),
        path=fields.get("path"),
    )
