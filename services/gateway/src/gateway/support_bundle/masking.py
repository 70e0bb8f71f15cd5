"""Masks what a person may not want to show: titles, people, addresses and paths. Removes secrets in any case."""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2s
from os import urandom
from typing import Any

from pydantic import BaseModel, SecretStr

SECRET_NAME = re.compile(r"(KEY|TOKEN|PASSWORD|PASSPHRASE|SECRET|SESSION|CREDENTIALS|_URLS?)(_FILE|_PREVIOUS)?$")
"""Names of settings whose values are removed wherever they appear."""
SHORTEST_SECRET = 6
REMOVED = "[removed]"
_PRIVATE_FIELDS = {
    "title", "subtitle", "titles", "author", "authors", "narrator", "narrators", "series", "name_of_book", "book",
    "what", "item", "path", "paths", "file", "folder", "address", "addresses", "host", "user", "username", "account",
    "member", "by", "url", "email", "release", "releases", "caller", "body", "seen", "registered", "client_address",
}  # fmt: skip
"""Names of fields whose texts are masked whole."""
_QUOTED = re.compile(r"“[^“”]{1,500}”")
_URL = re.compile(r"\b([a-z][a-z0-9+.-]*)://[^\s\"'<>]+", re.IGNORECASE)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(\.[\w-]+)+\b")
_IPV4 = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_IPV6 = re.compile(r"\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w/.])/(?!api\b|health\b|metrics\b|ping\b)[^\s\"'<>:;,]+(?:/[^\s\"'<>:;,]+)+")
_WORD = re.compile(r"\w+", re.UNICODE)
_LOOPBACK = ("127.0.0.1", "0.0.0.0")  # noqa: S104 - only compared


class Mask:
    """Replaces texts by labels such as `title-3f2a91`. One text has one label within one bundle, and no other."""

    def __init__(self, secrets: Iterable[str], phrases: Iterable[str], *, private: bool) -> None:
        """`secrets` are always removed. With `private`, the `phrases` and everything that looks private is masked.

        A phrase of one word is masked only where it is quoted or a field of its own: it may be a usual word.
        """
        self._secrets = sorted({each for each in secrets if len(each) >= SHORTEST_SECRET}, key=len, reverse=True)
        self.private = private
        self._salt = urandom(16)
        self._phrases: dict[str, list[list[str]]] = {}
        for phrase in set(phrases):
            words = [word.casefold() for word in _WORD.findall(phrase)]
            if len(words) > 1:
                self._phrases.setdefault(words[0], []).append(words)
        for each in self._phrases.values():
            each.sort(key=len, reverse=True)

    def document(self, value: Any, name: str = "") -> Any:
        """A value of JSON with its texts masked. `name` is the name of its field."""
        if isinstance(value, Mapping):
            if "USER" in str(value.get("name", "")).upper() and isinstance(value.get("value"), str):
                value = {**value, "value": self._label("user", value["value"]) if self.private else value["value"]}
            return {self.text(key) if " " in key else key: self.document(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self.document(each, name) for each in value]
        if not isinstance(value, str):
            return value
        if self.private and name.casefold() in _PRIVATE_FIELDS and value and not value.startswith("/api/"):
            return self._label(name.casefold().removesuffix("s"), value)
        return self.text(value)

    def text(self, text: str) -> str:
        """A text without secrets, and masked."""
        for secret in self._secrets:
            text = text.replace(secret, REMOVED)
        if not self.private:
            return text
        text = _QUOTED.sub(lambda found: f"“{self._label('title', found[0][1:-1])}”", text)
        text = _URL.sub(lambda found: f"{found[1]}://{self._label('address', found[0])}", text)
        text = _EMAIL.sub(lambda found: self._label("email", found[0]), text)
        text = _PATH.sub(lambda found: self._label("path", found[0]), text)
        for pattern in (_IPV4, _IPV6):
            text = pattern.sub(self._address, text)
        return self._without_phrases(text)

    def _address(self, found: re.Match[str]) -> str:
        return found[0] if found[0] in _LOOPBACK else self._label("address", found[0])

    def _without_phrases(self, text: str) -> str:
        """Replace the known titles and names. Looks only at phrases that begin with a word of the text."""
        words = list(_WORD.finditer(text))
        folded = [each[0].casefold() for each in words]
        parts, kept_from, place = [], 0, 0
        while place < len(words):
            length = self._phrase_at(folded, place)
            if length:
                begin, end = words[place].start(), words[place + length - 1].end()
                parts += [text[kept_from:begin], self._label("title", text[begin:end])]
                kept_from = end
            place += length or 1
        return "".join([*parts, text[kept_from:]])

    def _phrase_at(self, words: list[str], place: int) -> int:
        """The number of words of the longest phrase that begins at a place; 0 if there is none."""
        for phrase in self._phrases.get(words[place], ()):
            if words[place : place + len(phrase)] == phrase:
                return len(phrase)
        return 0

    def _label(self, kind: str, text: str) -> str:
        digest = blake2s(text.casefold().encode(), key=self._salt, digest_size=3).hexdigest()
        return f"{kind}-{digest}"


def secrets_in(settings: Mapping[str, str]) -> list[str]:
    """The values of settings whose name says that they are secret, and the passwords within addresses."""
    found = [value for name, value in settings.items() if SECRET_NAME.search(name.upper())]
    return found + _passwords(settings.values())


def secrets_of(settings: BaseModel) -> list[str]:
    """The secret values of settings, also each word of one that has several, and passwords within addresses."""
    given = {name: value for name, value in settings if value is not None}
    secret = [value.get_secret_value() for value in given.values() if isinstance(value, SecretStr)]
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    words = [word for value in secret for word in value.split()]
    return [*secret, *words, *secrets_in(texts), *_passwords(secret)]


def _passwords(addresses: Iterable[str]) -> list[str]:
    return re.findall(r"://[^:/@\s]+:([^@/\s]+)@", " ".join(addresses))
