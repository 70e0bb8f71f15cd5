"""Recorded calls of real servers, and how an answer differs from the recorded one.

A recordings file is a JSON list of calls in the order in which they were made: each with its request, in which words
in braces stand for ids and folders of the place where it is replayed, and the answer, cut down to one entry a list.
"""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

_WORD_IN_BRACES = re.compile(r"\{(\w+)\}")


class RecordedRequest(BaseModel):
    method: str
    path: str
    body: Any = None
    authorization: str = "none"
    """Audiobookshelf: a good token, a bad one, or none."""
    cookie: bool = False
    """qBittorrent: whether a session's cookie was sent."""
    origin: str | None = None
    form: bool = False
    extra_headers: dict[str, str] = {}


class RecordedAnswer(BaseModel):
    status: int
    content_type: str | None
    body: Any


class Recording(BaseModel):
    name: str
    server: str
    note: str
    request: RecordedRequest
    response: RecordedAnswer


def recordings(server: str) -> list[Recording]:
    """The calls recorded from a server: `audiobookshelf-2.36`, `qbittorrent-4.5` or `qbittorrent-5.1`."""
    text = files("sandbox").joinpath(f"recordings/{server}.json").read_text(encoding="utf-8")
    return [Recording.model_validate(each) for each in json.loads(text)]


def filled(value: Any, words: Mapping[str, str]) -> Any:
    """A recorded value with each `{word}` replaced; words that are not given stay."""
    if isinstance(value, str):
        return _WORD_IN_BRACES.sub(lambda found: words.get(found[1], found[0]), value)
    if isinstance(value, list):
        return [filled(each, words) for each in value]
    if isinstance(value, dict):
        return {key: filled(each, words) for key, each in value.items()}
    return value


def differences(
    recorded: Any, given: Any, *, nullable: frozenset[str] = frozenset(), place: str = "$"
) -> Iterator[str]:
    """Where the shape of an answer is not the recorded one: keys too few or too many, other types, an empty list.

    Values may differ. Keys in `nullable` may be null in one of the two. Objects whose keys are data (hashes, names)
    are recorded with the single key `{hash}`, with which one entry of the answer is compared, or empty.
    """
    if recorded is None or given is None:
        if recorded is not given and place.rpartition(".")[2] not in nullable:
            yield f"{place}: recorded {_kind(recorded)}, given {_kind(given)}"
    elif _kind(recorded) != _kind(given):
        yield f"{place}: recorded {_kind(recorded)}, given {_kind(given)}"
    elif isinstance(recorded, dict):
        yield from _object_differences(recorded, given, nullable, place)
    elif isinstance(recorded, list) and recorded:
        if not given:
            yield f"{place}: recorded entries, given none"
        else:
            yield from differences(recorded[0], given[0], nullable=nullable, place=f"{place}[]")


def _object_differences(recorded: Any, given: Any, nullable: frozenset[str], place: str) -> Iterator[str]:
    if recorded.keys() == {"{hash}"}:
        recorded, given = {"{hash}": recorded["{hash}"]}, {"{hash}": next(iter(given.values()), None)}
    if not recorded:
        return
    yield from (f"{place}.{key}: missing" for key in recorded.keys() - given.keys())
    yield from (f"{place}.{key}: not in the recording" for key in given.keys() - recorded.keys())
    for key in recorded.keys() & given.keys():
        yield from differences(recorded[key], given[key], nullable=nullable, place=f"{place}.{key}")


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case _:
            return "object"
