"""The filters of a list: a group and a base64 value, such as `authors.BASE64`, or a flag such as `issues`.

As recorded from Audiobookshelf 2.36.0: an unknown filter is ignored.
"""

import base64
import binascii
from collections.abc import Callable
from urllib.parse import unquote

from sandbox.audiobookshelf.items import Item


def filter_value(text: str) -> str:
    """A name encoded as the value of a filter: base64, URL-encoded."""
    return base64.b64encode(text.encode()).decode().replace("=", "%3D").replace("+", "%2B").replace("/", "%2F")


def passes(item: Item, wanted: str) -> bool:
    """Whether an item passes a filter. Every item passes an unknown filter, none passes one that cannot be decoded."""
    group, value = parse_filter(wanted)
    if group in _FLAG_FILTERS:
        return _FLAG_FILTERS[group](item)
    if group not in _VALUE_FILTERS:
        return True
    return value is not None and _VALUE_FILTERS[group](item, value)


def parse_filter(wanted: str) -> tuple[str, str | None]:
    """The group and the value of a filter. The value is None if it is missing or cannot be decoded."""
    group, _, encoded = wanted.partition(".")
    try:
        return group, base64.b64decode(unquote(encoded), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return group, None


def _in_series(item: Item, value: str) -> bool:
    return not item.series if value == "no-series" else any(key == value for key, _ in item.series)


_FIELDS: dict[str, Callable[[Item], object]] = {
    "asin": lambda item: item.asin,
    "isbn": lambda item: item.isbn,
    "subtitle": lambda item: item.subtitle,
    "publishedYear": lambda item: item.publishedYear,
    "description": lambda item: item.description,
    "publisher": lambda item: item.publisher,
    "language": lambda item: item.language,
    "cover": lambda item: item.cover,
    "genres": lambda item: item.genres,
    "tags": lambda item: item.tags,
    "narrators": lambda item: item.narrators,
    "chapters": lambda item: item.audio,
    "authors": lambda item: item.authors,
    "series": lambda item: item.series,
}
_VALUE_FILTERS: dict[str, Callable[[Item, str], bool]] = {
    "series": _in_series,
    "authors": lambda item, value: value in item.authors,
    "tags": lambda item, value: value in item.tags,
    "genres": lambda item, value: value in item.genres,
    "narrators": lambda item, value: value in item.narrators,
    "publishers": lambda item, value: value == item.publisher,
    "languages": lambda item, value: value == item.language,
    "missing": lambda item, value: value in _FIELDS and not _FIELDS[value](item),
}
_FLAG_FILTERS: dict[str, Callable[[Item], bool]] = {
    "issues": lambda item: item.missing,
    "abridged": lambda item: item.abridged,
    "explicit": lambda item: item.explicit,
}
