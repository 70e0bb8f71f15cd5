"""Validates metadata that a person gives, and compares it with a book."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared.books.text.identifiers import asin, isbn10, isbn13
from shared.books.text.languages import language_code
from shared.contracts.library.books import Book
from shared.contracts.library.chapters import chapters_text, parse_chapters
from shared.contracts.library.field_values import MANUAL, MARKS, same_value, stored_value
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.entered_metadata import GivenPlace, GivenValue
from shared.contracts.metadata.validation import FieldJudgement
from shared.contracts.values import Confidence, Reason, SeriesPlace
from shared.translatable import translatable

from metadata.domain.changes import Change

LISTS: frozenset[FieldName] = frozenset({"authors", "narrators", "genres", "tags"})
LONG: frozenset[FieldName] = frozenset({"description", "chapters"})
MAX_TEXT = 500
EARLIEST_YEAR = 1000
_PLACE = re.compile(r"[0-9]+(\.[0-9]+)?(-[0-9]+(\.[0-9]+)?)?\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")


class WrongValue(ValueError):
    """A value is invalid for its field. The message says why."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """The person who makes a change, and their reason if given."""

    made_by: str
    reason: str | None = None


def judge_entered(fields: Mapping[FieldName, GivenValue], this_year: int) -> list[FieldJudgement]:
    """Each entered field with the value to be written, or with what is wrong with it."""
    return [_judged(name, value, this_year) for name, value in fields.items()]


def differences(book: Book, values: Mapping[FieldName, FieldValue], by: ByHand) -> tuple[list[Change], list[FieldName]]:
    """The changes that give the book these values, and the fields that already have them."""
    words = by.reason or translatable("match.set_by", f"set by {by.made_by}", by=by.made_by)
    reason = Reason.of("by hand", words)
    changes: list[Change] = []
    unchanged: list[FieldName] = []
    for name, new in values.items():
        old = stored_value(book, name)
        if same_value(name, old, new):
            unchanged.append(name)
        else:
            changes.append(Change(name, old, new, MANUAL, Confidence.HIGH, (reason,)))
    return changes, unchanged


def _judged(name: FieldName, value: GivenValue, this_year: int) -> FieldJudgement:
    try:
        return FieldJudgement(field=name, ok=True, value=_written(name, value, this_year))
    except WrongValue as wrong:
        return FieldJudgement(field=name, ok=False, problem=str(wrong))


def _written(name: FieldName, value: GivenValue, this_year: int) -> FieldValue:
    if name == "series":
        return _places(value)
    if name in LISTS:
        return _names(value)
    if name in MARKS:
        return _mark(value)
    text = _text(name, value)
    if name == "published_year":
        return _year(text, this_year)
    return CHECKS[name](text) if text is not None and name in CHECKS else text


def _text(name: FieldName, value: GivenValue) -> str | None:
    if value is not None and not isinstance(value, str):
        raise WrongValue(f"must be a text, not a {'list' if isinstance(value, list) else 'mark'}")
    text = (value or "").strip() or None
    if name == "title" and text is None:
        raise WrongValue("must not be empty")
    if name not in LONG and len(text or "") > MAX_TEXT:
        raise WrongValue(f"has {len(text or '')} characters; at most {MAX_TEXT} are allowed")
    return text


def _names(value: GivenValue) -> list[str]:
    names: list[str] = []
    for each in _items(value, "names"):
        if not isinstance(each, str) or not each.strip():
            raise WrongValue("must be a list of names, none of them empty")
        names.append(each.strip())
    return list(dict.fromkeys(names))


def _places(value: GivenValue) -> list[SeriesPlace]:
    places: list[SeriesPlace] = []
    for each in _items(value, "series, each with a name"):
        if not isinstance(each, GivenPlace) or not each.name.strip():
            raise WrongValue('must be a list of series such as {"name": "Oz", "sequence": "2"}')
        if each.sequence is not None and (not _PLACE.match(each.sequence) or len(each.sequence) > 20):
            raise WrongValue(
                f'{each.sequence[:20]!r} is not a position in a series: give a number such as "2.5" or "1-3"'
            )
        places.append(SeriesPlace(name=each.name.strip(), sequence=each.sequence))
    return places


def _mark(value: GivenValue) -> bool:
    if value is not None and not isinstance(value, bool):
        raise WrongValue("must be true or false")
    return bool(value)


def _items(value: GivenValue, of_what: str) -> Sequence[object]:
    if isinstance(value, str | bool):
        raise WrongValue(f"must be a list of {of_what}, not a text or a mark")
    return value or []


def _year(text: str | None, this_year: int) -> str | None:
    latest = this_year + 2
    if text is not None and not (_YEAR.match(text) and EARLIEST_YEAR <= int(text) <= latest):
        raise WrongValue(f"{text[:20]!r} is not a valid year: give four digits from {EARLIEST_YEAR} to {latest}")
    return text


def _isbn(text: str) -> str:
    found = isbn13(text)
    if found is None:
        raise WrongValue(f"{text[:20]!r} is not a valid ISBN: its length or its check digit is wrong")
    return found


def _asin(text: str) -> str:
    found = asin(text)
    if found is None and isbn13(text) is not None:
        found = isbn10(text)
    if found is None:
        raise WrongValue(
            f'{text[:20]!r} is not a valid ASIN: give "B0" and eight letters or digits, or an ISBN with ten digits'
        )
    return found


def _language(text: str) -> str:
    if language_code(text) is None:
        raise WrongValue(f'{text[:40]!r} is not a known language: give a name or a code such as "English" or "en"')
    return text


def _cover(text: str) -> str:
    if not re.match(r"https?://[^/\s]+/\S", text):
        raise WrongValue(
            f'{text[:40]!r} is not the address of a picture: give one such as "https://example.org/oz.jpg"'
        )
    return text


def _chapters(text: str) -> str:
    try:
        return chapters_text(parse_chapters(text))
    except ValueError as error:
        raise WrongValue(str(error)) from error


CHECKS: dict[FieldName, Callable[[str], str]] = {
    "isbn": _isbn, "asin": _asin, "language": _language, "cover": _cover, "chapters": _chapters,
}  # fmt: skip
