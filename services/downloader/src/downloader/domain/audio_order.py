"""The order in which the audio files of a book are played, by their names and by the track numbers in their tags."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from shared.translatable import translatable

_DIGITS = re.compile(r"(\d+)")
_Key = tuple[tuple[str | int, ...], ...]


class UnknownOrder(Exception):
    """The order of the files is not certain; the message says why."""


@dataclass(frozen=True, slots=True)
class NumberedFile:
    """An audio file by its relative path, and the numbers in its tags, None if it has none."""

    name: str
    disc: int | None = None
    track: int | None = None


def playing_order(files: Sequence[NumberedFile]) -> list[int]:
    """The positions of the files in the order in which they are played.

    Raises `UnknownOrder` if names and tags contradict each other, or if neither of them counts the files.
    """
    by_name = sorted(range(len(files)), key=lambda at: _key(files[at].name))
    names_count = all(_differ_in_a_number(files[a].name, files[b].name) for a, b in pairwise(by_name))
    by_tags = _order_of_tags(files)
    if by_tags is None:
        if not names_count:
            words = "neither the names nor the tags of the files have numbers"
            raise UnknownOrder(translatable("audio.no_numbers", words))
        return by_name
    if names_count and by_tags != by_name:
        words = "the names of the files have another order than the track numbers in their tags"
        raise UnknownOrder(translatable("audio.two_orders", words))
    return by_tags


def _order_of_tags(files: Sequence[NumberedFile]) -> list[int] | None:
    """The order by disc and track; None unless each file has a place of its own."""
    if any(file.track is None for file in files):
        return None
    places = [(file.disc or 1, file.track or 0) for file in files]
    if len(set(places)) < len(places):
        return None
    return sorted(range(len(files)), key=lambda at: places[at])


def _key(name: str) -> _Key:
    """A key that sorts numbers by their value: each part of the path as its texts and numbers in turn."""
    parts = PurePosixPath(name).with_suffix("").parts
    return tuple(
        tuple(int(token) if at % 2 else token.casefold() for at, token in enumerate(_DIGITS.split(part)))
        for part in parts
    )


def _differ_in_a_number(name: str, other: str) -> bool:
    """Whether the first difference of two names is that of two numbers."""
    for part, other_part in zip(_key(name), _key(other), strict=False):
        for token, other_token in zip(part, other_part, strict=False):
            if token != other_token:
                return isinstance(token, int) and isinstance(other_token, int)
        if len(part) != len(other_part):
            return False
    return False
