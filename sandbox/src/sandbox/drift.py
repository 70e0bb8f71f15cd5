"""Recorded calls of real servers, and the differences between an answer and the recorded one.

A recordings file is a JSON list of calls in the order in which they were made. In requests, words in braces are
placeholders for ids and folders of the replay. In answers, each list is shortened to one entry.
"""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

_WORD_IN_BRACES = re.compile(r"\{(\w+)\}")


class RecordedRequest(BaseModel):
    """The request of a recorded call."""

    method: str
    path: str
    body: Any = None
    authorization: str = "none"
    """Audiobookshelf: a valid token, an invalid one, or none."""
    cookie: bool = False
    """qBittorrent: whether the session cookie was sent."""
    origin: str | None = None
    form: bool = False
    extra_headers: dict[str, str] = {}


class RecordedAnswer(BaseModel):
    """The answer of a recorded call."""

    status: int
    content_type: str | None
    body: Any


class Recording(BaseModel):
    """One recorded call of a real server."""

    name: str
    server: str
    note: str
    request: RecordedRequest
    response: RecordedAnswer


def recordings(server: str) -> list[Recording]:
    """The calls recorded from `audiobookshelf-2.36`, `qbittorrent-4.5`, `qbittorrent-5.1` or `qbittorrent-5.3`.

    Raises FileNotFoundError for any other server.
    """
    text = files("sandbox").joinpath(f"recordings/{server}.json").read_text(encoding="utf-8")
    return [Recording.model_validate(each) for each in json.loads(text)]


def filled(value: Any, words: Mapping[str, str]) -> Any:
    """A recorded value in which each `{word}` is replaced. Words that are not in `words` remain."""
    if isinstance(value, str):
        return _WORD_IN_BRACES.sub(lambda match: words.get(match[1], match[0]), value)
    if isinstance(value, list):
        return [filled(each, words) for each in value]
    if isinstance(value, dict):
        return {key: filled(each, words) for key, each in value.items()}
    return value


def differences(
    recorded: Any, received: Any, *, nullable: frozenset[str] = frozenset(), place: str = "$"
) -> Iterator[str]:
    """Where the structure of an answer differs from the recording: missing or extra keys, other types, an empty list.

    Values may differ. Keys in `nullable` may be null in either of the two. Objects whose keys are data (hashes,
    names) are recorded empty or with the single key `{hash}`, which is compared with the first entry of the answer.
    """
    if recorded is None or received is None:
        if recorded is not received and place.rpartition(".")[2] not in nullable:
            yield f"{place}: recorded {_kind(recorded)}, received {_kind(received)}"
    elif _kind(recorded) != _kind(received):
        yield f"{place}: recorded {_kind(recorded)}, received {_kind(received)}"
    elif isinstance(recorded, dict):
        yield from _object_differences(recorded, received, nullable, place)
    elif isinstance(recorded, list) and recorded:
        if not received:
            yield f"{place}: recorded entries, received none"
        else:
            yield from differences(recorded[0], received[0], nullable=nullable, place=f"{place}[]")


def _object_differences(recorded: Any, received: Any, nullable: frozenset[str], place: str) -> Iterator[str]:
    if recorded.keys() == {"{hash}"}:
        recorded, received = {"{hash}": recorded["{hash}"]}, {"{hash}": next(iter(received.values()), None)}
    if not recorded:
        return
    yield from (f"{place}.{key}: missing" for key in recorded.keys() - received.keys())
    yield from (f"{place}.{key}: not in the recording" for key in received.keys() - recorded.keys())
    for key in recorded.keys() & received.keys():
        yield from differences(recorded[key], received[key], nullable=nullable, place=f"{place}.{key}")


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
