"""A description prepared for comparison: its possible titles, people, places in series and kind."""

import re
from dataclasses import replace

from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.work_kinds import kind_by_fields
from shared.books.pickling import PickledByFields
from shared.books.records import record
from shared.books.series.folder_names import is_list_folder, leaf_text
from shared.books.series.names import clean_name
from shared.books.series.reading import read_series
from shared.books.series.sequence import normalise
from shared.books.text.kind_phrases import WorkKind
from shared.books.text.marks import strip_marks
from shared.books.text.missing_titles import is_no_series, is_no_title
from shared.books.text.names import Person, people
from shared.books.text.titles import LONGEST_TITLE, article_first, fold, split_subtitle, without_article
from shared.books.text.word_table import word_set

MAX_TITLES = 12
FOLDERS_READ = 3
_PIECES = re.compile(r"\s+[-–—]\s+|—|[:꞉;_]\s+|\s*[\[\](){}]\s*|(?<=[a-z])-(?=[A-Z#])")
_NUMBER_HEAD = re.compile(
    r"^\s*(?:(?:book|bk|vol(?:ume)?|no)\.?\s?)?#?\d{1,4}(?:\.\d{1,2})?[a-z]?(?:[\s.:)\-–#^]+|$)", re.IGNORECASE
)
_SCHOLARLY = re.compile(
    r"[:,]?\s*\b(?:text,? (?:and |& )?criticism(?:,? and notes)?|critical edition|annotated edition)\b", re.I
)
_DASH = re.compile(r"\s+[-–]\s+|(?<=[a-z])\s?-\s?(?=[A-Z])")
_DIGIT = re.compile(r"\d")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SERIES_WORDS = word_set(
    """
    universe series saga cycle trilogy chronicles files sequence quartet world tales collection
    """
)


@record
class Folded(PickledByFields):
    """The parts of a description that are compared.

    `titles` are possible titles, folded and without their article; the first `whole` of them are whole titles, the
    others are pieces. `text` is the whole title or the book's folder. `around` has the words of the authors, the series
    and the parent folders. `letters` is all of this without spaces. `maybe_people` are pieces of folder names that may
    be names of people.
    """

    titles: tuple[str, ...]
    whole: int
    numbered: tuple[str, ...]
    text: str
    around: frozenset[str]
    letters: str
    people: tuple[Person, ...]
    places: tuple[tuple[str, str | None], ...]
    kind: WorkKind
    kind_words: str
    kind_by_title: bool
    maybe_people: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """Every word of the description, for look-ups."""
        return self.around | set(self.text.split())


def folded(description: BookDescription) -> Folded:
    """The folded description. Takes about a tenth of a millisecond, so keep the result for repeated comparisons."""
    if description.title and is_no_title(description.title, has_series=bool(description.series)):
        description = replace(description, title="")
    clean = _own_text(description)
    dramatized, compilation = bool(description.dramatized), bool(description.compilation)
    persons = people(description.authors)
    places = _places(description)
    placed = tuple(SeriesPlace(name, sequence) for name, sequence in places)
    kind = kind_by_fields(
        _without_scholarly_words((description.title or clean)[:LONGEST_TITLE]),
        description.subtitle,
        placed,
        dramatized=dramatized,
        compilation=compilation,
    )
    pieces = [piece for piece in _PIECES.split(clean) if fold(piece)]
    text = fold(f"{clean} {strip_marks(description.subtitle or '')}")
    around = _around(description, persons, places)
    titles, whole = _possible_titles(clean, description, pieces, places)
    return Folded(
        titles=titles,
        whole=whole,
        numbered=tuple(f"{name} {place}" for name, place in places if place and place.isdigit()),
        text=text,
        around=frozenset(around.split()),
        letters=f"{around} {text}".replace(" ", ""),
        people=persons,
        places=places,
        kind=kind.kind,
        kind_words=str(kind.words),
        kind_by_title=not (dramatized or compilation) and any(reason.rule == "kind" for reason in kind.reasons),
        maybe_people=_maybe_people(description, clean, places) if not persons else (),
    )


def _without_scholarly_words(title: str) -> str:
    lowered = title.lower()
    return _SCHOLARLY.sub("", title) if "critic" in lowered or "annotated" in lowered else title


def _own_text(description: BookDescription) -> str:
    if description.title:
        return article_first(strip_marks(description.title[:LONGEST_TITLE]))
    leaf = leaf_text((description.path or "").rstrip("/").rsplit("/", 1)[-1][:LONGEST_TITLE])
    return _CAMEL.sub(" ", leaf) if " " not in leaf else leaf


def _possible_titles(
    text: str, description: BookDescription, pieces: list[str], places: tuple[tuple[str, str | None], ...]
) -> tuple[tuple[str, ...], int]:
    """The possible titles, and how many of them (the first ones) are whole titles.

    They are the whole title, the title without subtitle, and its pieces. A piece that is the author is left out, and
    also one that is the series if another piece is left.
    """
    bare = _NUMBER_HEAD.sub("", text)
    found = [text, split_subtitle(bare)[0], bare] if description.title else [bare]
    if description.subtitle:
        found.append(f"{text} {strip_marks(description.subtitle)}")
    authors = {without_article(fold(author)) for author in description.authors}
    names = {name for name, _ in places}
    plain = [without_article(fold(_NUMBER_HEAD.sub("", piece))) for piece in pieces]
    own = [title for title in plain[:-1] if title not in names] + plain[-1:]
    with_article = fold(found[0])
    whole = [without_article(fold(one)) for one in found]
    whole[1:1] = [with_article] if with_article != whole[0] else []
    unique = dict.fromkeys(title for title in (*whole, *own) if title and title not in authors)
    return tuple(unique)[:MAX_TITLES], sum(title in whole for title in unique)


def _maybe_people(
    description: BookDescription, text: str, places: tuple[tuple[str, str | None], ...]
) -> tuple[str, ...]:
    """Pieces of folder names that may be a person: two to four words, not a list, a series or a number."""
    folders = (description.path or "").rstrip("/").split("/")
    found: list[str] = []
    for part in [*folders[-FOLDERS_READ:-1], text]:
        if part is not text and is_list_folder(part):
            continue
        spread = _CAMEL.sub(" ", part) if " " not in part else part
        by_dash = _DASH.split(spread)
        found += by_dash if len(by_dash) > 1 or part is not text else []
    names = {name for name, _ in places}
    plain = [without_article(fold(clean_name(one))) for one in found if not _DIGIT.search(one)]
    return tuple(
        one for one in plain if 1 < len(one.split()) <= 4 and one not in names and _SERIES_WORDS.isdisjoint(one.split())
    )


def _around(
    description: BookDescription, persons: tuple[Person, ...], places: tuple[tuple[str, str | None], ...]
) -> str:
    folders = (description.path or "").rstrip("/").split("/")[-FOLDERS_READ:]
    spread = " ".join(_CAMEL.sub(" ", part) if " " not in part else part for part in folders).replace("_", " ")
    texts = [fold(strip_marks(spread)), *(" ".join(one.tokens) for one in persons), *(name for name, _ in places)]
    return " ".join(texts)


def _places(description: BookDescription) -> tuple[tuple[str, str | None], ...]:
    author = description.authors[0] if description.authors else None
    read = read_series(description.title, description.subtitle, author, description.path)
    in_fields = [(place.name, place.sequence) for place in description.series if not is_no_series(place.name)]
    named = in_fields + [(one.name, one.sequence) for one in read]
    return tuple(
        dict.fromkeys((without_article(fold(clean_name(name[:LONGEST_TITLE]))), normalise(seq)) for name, seq in named)
    )
