"""A description made ready to compare, once: its possible titles, people, places in series and kinds."""

import re
from dataclasses import dataclass

from shared.books.description import BookDescription
from shared.books.kind_phrases import WorkKind
from shared.books.marks import strip_marks
from shared.books.names import Person, people
from shared.books.sequence import normalise
from shared.books.folder_names import leaf_text
from shared.books.series_names import clean_name
from shared.books.series_reading import read_series
from shared.books.titles import fold, split_subtitle, without_article
from shared.books.work_kinds import kind_of

MOST_TITLES = 12
_PIECES = re.compile(r"\s+[-–—]\s+|[:꞉;_]\s+|\s*[\[\](){}]\s*|(?<=[a-z])-(?=[A-Z])")
_NUMBER_HEAD = re.compile(
    r"^\s*(?:(?:book|bk|vol(?:ume)?|no)\.?\s?)?#?\d{1,4}(?:\.\d{1,2})?[a-z]?[\s.:)\-–#^]+", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Folded:
    """What of a description is compared. `titles` holds folded possible titles, the likeliest first."""

    titles: tuple[str, ...]
    words: frozenset[str]
    text: str
    people: tuple[Person, ...]
    places: tuple[tuple[str, str | None], ...]
    kind: WorkKind
    kind_words: str
    year: int | None


def folded(description: BookDescription) -> Folded:
    """The description folded; costs about a tenth of a millisecond, so keep it where it is compared often."""
    titles = possible_titles(description)
    text = fold(" ".join(filter(None, (description.title, description.subtitle, _spread(description.path)))))
    kind = kind_of(description if description.title else BookDescription(title=_leaf(description)))
    return Folded(
        titles=titles,
        words=frozenset(text.split()),
        text=text,
        people=people(description.authors),
        places=_places(description),
        kind=kind.kind,
        kind_words=kind.words,
        year=description.published_year or (description.published.year if description.published else None),
    )


def possible_titles(description: BookDescription) -> tuple[str, ...]:
    """Folded titles the description may mean: whole, without subtitle, without series, and the pieces of its folder."""
    found: list[str] = []
    if description.title:
        found += _from_text(strip_marks(description.title))
    if description.path:
        leaf = description.path.rstrip("/").split("/")[-1]
        found += _from_text(_CAMEL.sub(" ", leaf_text(leaf)) if " " not in leaf else leaf_text(leaf))
    unique = dict.fromkeys(title for title in (without_article(fold(text)) for text in found) if title)
    return tuple(unique)[:MOST_TITLES]


def _from_text(text: str) -> list[str]:
    bare = _NUMBER_HEAD.sub("", text)
    return [
        text,
        split_subtitle(bare)[0],
        bare,
        *(_NUMBER_HEAD.sub("", piece) for piece in _PIECES.split(text) if piece.strip()),
    ]


def _spread(path: str | None) -> str | None:
    if path is None:
        return None
    return " ".join(_CAMEL.sub(" ", part) if " " not in part else part for part in path.split("/")[-3:]).replace(
        "_", " "
    )


def _leaf(description: BookDescription) -> str:
    return (description.path or "").rstrip("/").rsplit("/", 1)[-1]


def _places(description: BookDescription) -> tuple[tuple[str, str | None], ...]:
    author = description.authors[0] if description.authors else None
    read = read_series(description.title, description.subtitle, author, description.path)
    named = [(place.name, place.sequence) for place in description.series] + [(one.name, one.sequence) for one in read]
    return tuple(dict.fromkeys((without_article(fold(clean_name(name))), normalise(seq)) for name, seq in named))
