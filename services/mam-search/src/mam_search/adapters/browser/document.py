"""A page of the site as a document that is read with selectors. A selector that no longer matches is named."""

import re
from typing import TYPE_CHECKING

from shared.chassis.errors import RemoteAnsweredNonsense

from mam_search.adapters.mam.account_rules import SYSTEM

if TYPE_CHECKING:
    from bs4 import Tag

LONGEST_TEXT = 20_000
_SPACES = re.compile(r"[^\S\n]+")


class PageChanged(RemoteAnsweredNonsense):
    """A selector does not match in a page, or not what it should: the site has changed the page."""

    def __init__(self, selector: str, path: str) -> None:
        super().__init__(SYSTEM, f"the site has changed its pages: {selector!r} does not match in {path}")
        self.selector = selector
        self.path = path


class Document:
    """The parsed markup of one page. `path` names it in errors."""

    def __init__(self, html: str, path: str) -> None:
        from bs4 import BeautifulSoup  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

        self._path = path
        self._soup = BeautifulSoup(html, "lxml")

    def one(self, selector: str) -> "Tag":
        """The first element that matches. Raises `PageChanged` if there is none."""
        found = self._soup.select_one(selector)
        if found is None:
            raise self.changed(selector)
        return found

    def all(self, selector: str) -> list["Tag"]:
        """Every element that matches, in the order of the page; may be empty."""
        return list(self._soup.select(selector))

    def text(self, selector: str) -> str:
        """The text of the first element that matches. Raises `PageChanged` if there is none."""
        return text_of(self.one(selector))

    def changed(self, selector: str) -> PageChanged:
        """The error that says that this selector does not match what it should."""
        return PageChanged(selector, self._path)


def text_of(tag: "Tag") -> str:
    """The text of an element in one line."""
    return " ".join(tag.get_text(" ").split())[:LONGEST_TEXT]


def lines_of(tag: "Tag") -> str:
    """The text of an element with its line breaks, without empty lines."""
    lines = (_SPACES.sub(" ", line).strip() for line in tag.get_text("\n").splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]
