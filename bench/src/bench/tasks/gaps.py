"""The measured tasks for gaps, from only the input fields of each case: T3 of a series, T4 of an author.

Both are compared as library-scanner compares a bibliography. Every entry of a case counts as an audiobook, because a
case does not say, and library-scanner does not report works without one.
"""

from datetime import date
from typing import Any
from uuid import UUID

from library_scanner.domain.comparison import GapRules, compare_with_owned
from library_scanner.domain.ports import Subject
from shared.books.description import BookDescription
from shared.books.gaps.owned_index import Shelf
from shared.contracts.metadata.bibliographies import BibliographyOf, CataloguedWork
from shared.contracts.values import SeriesPlace

Case = dict[str, Any]
_PROVIDER = "CASE"


def predict_t3(case: Case) -> Case:
    """One catalogue id of every missing work. Reads `series`, `policy`, `catalogue` and `owned` of the case."""
    author = case["series"].get("author")
    return _missing(case, BibliographyOf.SERIES, case["series"]["name"], (author,) if author else ())


def predict_t4(case: Case) -> Case:
    """One catalogue id of every missing work. Reads `author`, `policy`, `catalogue` and `owned` of the case."""
    return _missing(case, BibliographyOf.AUTHOR, case["author"], (case["author"],))


def _missing(case: Case, of: BibliographyOf, name: str, authors: tuple[str, ...]) -> Case:
    subject = Subject(of=of, id=UUID(int=0), name=name, authors=authors, owned=len(case["owned"]))
    works = [_work(fields) for fields in case["catalogue"]]
    shelf = Shelf(_owned(fields) for fields in case["owned"])
    policy = case["policy"]
    rules = GapRules(languages=(policy["language"],), as_of=date.fromisoformat(policy["as_of"]), max_missing=len(works))
    return {"missing": [gap.catalogue_ids[0] for gap in compare_with_owned(subject, works, shelf, rules).gaps]}


def _work(fields: Case) -> CataloguedWork:
    place = [SeriesPlace(name=fields["series"], sequence=fields.get("position"))] if fields.get("series") else []
    day = fields.get("release_date")
    year = str(fields.get("year") or "")
    return CataloguedWork(
        id=fields["id"],
        provider=_PROVIDER,
        title=fields.get("raw_title") or fields["title"],
        authors=[fields["author"]] if fields.get("author") else [],
        series=place,
        language=fields.get("language"),
        published=date.fromisoformat(day) if day else None,
        published_year=int(year) if year.isdigit() else None,
        is_audio=True,
    )


def _owned(fields: Case) -> BookDescription:
    return BookDescription(
        title=fields.get("title") or "",
        subtitle=fields.get("subtitle"),
        authors=(fields["author"],) if fields.get("author") else (),
        path=fields.get("path"),
    )
