"""A page of the site as a document that is read with selectors. A selector that no longer matches is named."""

import re
from typing import TYPE_CHECKING

from mam_search.adapters.browser.markdown import storable
from mam_search.adapters.browser.scrubbing import scrub, without_secrets
from mam_search.domain.refusals import PageChanged

if TYPE_CHECKING:
    from bs4 import Tag

LONGEST_TEXT = 20_000
_SPACES = re.compile(r"[^\S\n]+")


class Document:
    """The parsed markup of one page. `path` is its path and query, which name it in errors."""

    def __init__(self, html: str, path: str) -> None:
        from bs4 import BeautifulSoup  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

        self.soup = BeautifulSoup(storable(html), "lxml")
        self.path = path
        self._html = html

    def one(self, selector: str) -> "Tag":
        """The first element that matches. Raises `PageChanged` if there is none."""
        found = self.soup.select_one(selector)
        if found is None:
            raise self.changed(selector)
        return found

    def all(self, selector: str) -> list["Tag"]:
        """Every element that matches, in the order of the page; may be empty."""
        return list(self.soup.select(selector))

    def some(self, selector: str) -> list["Tag"]:
        """Every element that matches, in the order of the page. Raises `PageChanged` if there is none."""
        found = self.all(selector)
        if not found:
            raise self.changed(selector)
        return found

    def text(self, selector: str) -> str:
        """The text of the first element that matches. Raises `PageChanged` if there is none."""
        return text_of(self.one(selector))

    def changed(self, selector: str) -> PageChanged:
        """The error that says that this selector does not match what it should, with the page without secrets."""
        return PageChanged(selector, without_secrets(self.path), scrub(self._html))


def text_of(tag: "Tag") -> str:
    """The text of an element in one line."""
    return " ".join(tag.get_text(" ").split())[:LONGEST_TEXT]


def lines_of(tag: "Tag") -> str:
    """The text of an element with its line breaks, without empty lines."""
    lines = (_SPACES.sub(" ", line).strip() for line in tag.get_text("\n").splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]
