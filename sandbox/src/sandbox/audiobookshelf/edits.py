"""Edits the metadata of an item, and handles invalid payloads as Audiobookshelf 2.36.0 does.

As recorded: values of a wrong type are ignored with status 200; `authors` as strings remove all authors; a `sequence`
that is not a string becomes null; if one series has no name, the whole list is ignored; null in authors or series, or
a batch entry without `mediaPayload`, crashes the server.
"""

import re
from typing import Any

from sandbox.audiobookshelf.items import Item
from sandbox.audiobookshelf.shelf import Shelf, now_ms

_TEXTS = ("title", "subtitle", "publishedYear", "publishedDate", "publisher", "description", "isbn", "asin", "language")
_LISTS = ("narrators", "genres")
_FLAGS = ("explicit", "abridged")
_DROPPED_WITH_CONTENT = re.compile(r"<(script|style|iframe)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_OTHER_TAGS = re.compile(r"</?(?!(?:p|b|i|em|strong|br|ul|ol|li|a|del|div)\b)[a-zA-Z][^>]*>")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class ServerCrashed(Exception):
    """The payload crashes the real server."""


def edit(shelf: Shelf, item: Item, payload: Any) -> bool:
    """Apply a media payload. Returns whether it changed anything. Raises ServerCrashed."""
    if not isinstance(payload, dict):
        return False
    metadata = payload.get("metadata")
    changes = _plain_changes(metadata) if isinstance(metadata, dict) else {}
    if isinstance(metadata, dict):
        changes |= _author_changes(shelf, item, metadata.get("authors"))
        changes |= _series_changes(shelf, item, metadata.get("series"))
    if _is_list_of_strings(payload.get("tags")):
        changes["tags"] = payload["tags"]
    changes = {field: value for field, value in changes.items() if value != getattr(item, field)}
    if changes:
        shelf.put(item.model_copy(update=changes | {"updated_ms": max(now_ms(), item.updated_ms + 1)}))
        if changes.keys() & {"authors", "series"}:
            shelf.drop_unused_names()
    return bool(changes)


def _plain_changes(metadata: dict[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for field in _TEXTS:
        if field in metadata and isinstance(metadata[field], str | None):
            changes[field] = metadata[field] or None
    if changes.get("description"):
        changes["description"] = sanitised(changes["description"])
    changes |= {field: metadata[field] for field in _LISTS if _is_list_of_strings(metadata.get(field))}
    return changes | {field: metadata[field] for field in _FLAGS if isinstance(metadata.get(field), bool)}


def _author_changes(shelf: Shelf, item: Item, authors: Any) -> dict[str, Any]:
    if not isinstance(authors, list):
        return {}
    if None in authors:
        raise ServerCrashed("null in metadata.authors")
    names = [each["name"] for each in authors if isinstance(each, dict) and isinstance(each.get("name"), str)]
    wanted = [shelf.author(name) for name in names]
    unchanged = [key for key in item.authors if key in wanted]
    return {"authors": unchanged + [key for key in dict.fromkeys(wanted) if key not in unchanged]}


def _series_changes(shelf: Shelf, item: Item, series: Any) -> dict[str, Any]:
    if not isinstance(series, list):
        return {}
    if None in series:
        raise ServerCrashed("null in metadata.series")
    if not all(isinstance(each, dict) and isinstance(each.get("name"), str) and each["name"] for each in series):
        return {}
    wanted = {shelf.series_named(each["name"]): _sequence(each.get("sequence")) for each in series}
    unchanged = [(key, wanted[key]) for key, _ in item.series if key in wanted]
    return {"series": unchanged + [(key, sequence) for key, sequence in wanted.items() if key not in dict(unchanged)]}


def _sequence(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _is_list_of_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def sanitised(html: str) -> str:
    """A description as the server stores it: safe tags, a single `&` as `&amp;`, and line breaks as `<br />`."""
    safe = _OTHER_TAGS.sub("", _DROPPED_WITH_CONTENT.sub("", html))
    return _LINE_BREAK.sub("<br />", _BARE_AMPERSAND.sub("&amp;", safe))
