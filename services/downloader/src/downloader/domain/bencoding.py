"""Decodes bencoding (BEP 3) from untrusted bytes."""

import re
from typing import Any

MAX_VALUES = 100_000
"""Values that are decoded. A torrent with `MAX_FILES` files has about half as many, and each takes about 70 bytes."""
_DEEPEST = 60
_NUMBER = re.compile(rb"i(0|-?[1-9]\d{0,29})e")
_LENGTH = re.compile(rb"(0|[1-9]\d{0,9}):")


class NotBencoded(ValueError):
    """The bytes are not valid bencoding, or exceed a limit; the message says why."""


def decode(content: bytes, original_of: bytes) -> tuple[Any, bytes]:
    """The first value in the bytes, and the original bytes of the entry `original_of` if it is a dictionary.

    Keys may be out of order, and what follows the value is ignored. Raises `NotBencoded`, also for a key that occurs
    twice, because programs differ in which of its values they use.
    """
    decoder = _Decoder(content, original_of)
    value = decoder.value(0)
    return value, content[slice(*decoder.span)]


class _Decoder:
    """Decodes the bytes, and stores where an entry of the outermost dictionary begins and ends."""

    def __init__(self, content: bytes, original_of: bytes) -> None:
        self._content = content
        self._at = 0
        self._left = MAX_VALUES
        self._original_of = original_of
        self.span = (0, 0)

    def value(self, depth: int) -> Any:
        self._left -= 1
        if self._left < 0:
            raise NotBencoded(f"with more than {MAX_VALUES} values")
        if depth > _DEEPEST:
            raise NotBencoded("nested too deeply")
        first = self._content[self._at : self._at + 1]
        if first == b"i":
            return int(self._match(_NUMBER)[1])
        if first in (b"l", b"d"):
            self._at += 1
            return self._list(depth) if first == b"l" else self._dictionary(depth)
        return self._text()

    def _list(self, depth: int) -> list[Any]:
        values = []
        while not self._ended():
            values.append(self.value(depth + 1))
        return values

    def _dictionary(self, depth: int) -> dict[bytes, Any]:
        values: dict[bytes, Any] = {}
        while not self._ended():
            key = self._text()
            if key in values:
                raise NotBencoded(f"with the key {key[:40]!r} twice")
            start = self._at
            values[key] = self.value(depth + 1)
            if depth == 0 and key == self._original_of:
                self.span = (start, self._at)
        return values

    def _ended(self) -> bool:
        if self._at >= len(self._content):
            raise NotBencoded("that is incomplete")
        if self._content[self._at : self._at + 1] != b"e":
            return False
        self._at += 1
        return True

    def _text(self) -> bytes:
        length = int(self._match(_LENGTH)[1])
        text = self._content[self._at : self._at + length]
        if len(text) < length:
            raise NotBencoded("that is incomplete")
        self._at += length
        return text

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        match = pattern.match(self._content, self._at)
        if match is None:
            raise NotBencoded(f"that is invalid at byte {self._at}")
        self._at = match.end()
        return match
