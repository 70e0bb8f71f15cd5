"""Removes what identifies the account from a page that is stored for a report."""

import re
from typing import TYPE_CHECKING

from mam_search.adapters.browser.markdown import storable

if TYPE_CHECKING:
    from bs4 import Tag

MAX_CHARACTERS = 300_000
REMOVED = "[removed]"
_DROPPED = "script, style, noscript, template, #userMenu"
_FIELDS = "input, textarea"
_LONG_TOKEN = re.compile(r"[A-Za-z0-9_%.~+-]{20,}")
_NAMED_SECRET = re.compile(r"(?i)\b(pass_?key|mam_id|lid|uid|auth|token|hash|key|t|j|a)=([^&\s\"'<>;]+)")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\b\d{1,3}(?:\.\d{1,3}){3}\b")


def scrub(html: str) -> str:
    """The markup without scripts, comments, the member's menu, values of fields, keys, tokens and addresses.

    It is cut after `MAX_CHARACTERS`.
    """
    from bs4 import BeautifulSoup, Comment  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

    soup = BeautifulSoup(storable(html[: 4 * MAX_CHARACTERS]), "lxml")
    for tag in soup.select(_DROPPED):
        tag.decompose()
    for tag in soup.select(_FIELDS):
        tag.attrs.pop("value", None)
        tag.string = ""
    for text in soup.find_all(string=True):
        if isinstance(text, Comment):
            text.extract()
        else:
            text.replace_with(without_secrets(str(text)))
    for tag in soup.find_all(True):
        _scrub_attributes(tag)
    return str(soup)[:MAX_CHARACTERS]


def _scrub_attributes(tag: "Tag") -> None:
    for name, value in list(tag.attrs.items()):
        if name.startswith("on") or name.startswith("data-") or name == "content":
            del tag.attrs[name]
        elif isinstance(value, str):
            tag.attrs[name] = without_secrets(value)


def without_secrets(text: str) -> str:
    """The text without keys, tokens and addresses of e-mail and of hosts."""
    text = _NAMED_SECRET.sub(lambda found: f"{found[1]}={REMOVED}", text)
    return _ADDRESSES.sub(REMOVED, _LONG_TOKEN.sub(_removed_unless_words, text))


def _removed_unless_words(found: re.Match[str]) -> str:
    """A long run without a digit is a word or a file name, and no key."""
    return REMOVED if any(character.isdigit() for character in found[0]) else found[0]
