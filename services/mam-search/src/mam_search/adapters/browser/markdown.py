"""Converts a part of a page to Markdown: markdownify does it, after everything active and excessive was removed.

Members of the site write the pages, so their size, depth and number of elements are limited. The Markdown contains no
raw HTML and only links with the schemes http and https.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mam_search.domain.guide import MAX_MARKDOWN

if TYPE_CHECKING:
    from bs4 import Tag

MAX_DEPTH = 60
"""markdownify calls itself for each level. The levels below become plain text."""
_REMOVED = frozenset(
    ("script style noscript template iframe object embed svg math canvas audio video form button select textarea input"
     " head title meta link base").split()
)  # fmt: skip
_SKIPPED = "skipped"
_CONVERTED = frozenset(
    ("a b strong i em u s del ins code kbd samp pre blockquote p div br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table"
     " thead tbody tfoot tr th td caption span sub sup q cite").split()
)  # fmt: skip
_RAW_HTML = re.compile(r"<(?=[a-zA-Z/!?])")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_NOT_STORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff]")
"""Control characters, lone surrogates, and the private use area, with which snippets are marked."""


def to_markdown(content: "Tag", link: Callable[[str], str | None]) -> str:
    """The content of an element as Markdown, at most `MAX_MARKDOWN` characters. The element is changed.

    `link` returns the address that a link gets, or None to keep only its text.
    """
    _simplify(content)
    for anchor in content.find_all("a"):
        address = link(str(anchor.get("href") or ""))
        anchor.attrs = {"href": quote(address, safe="/:?#@!$&'*+,;=%~-._")} if address else {}
    markdown = str(_converter()(heading_style="atx", bullets="-").convert_soup(content))
    return _BLANK_LINES.sub("\n\n", storable(markdown)).strip()[:MAX_MARKDOWN]


def storable(text: str) -> str:
    """A text without the characters that Postgres does not store, or that mark snippets."""
    return _NOT_STORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(element: "Tag | None", limit: int) -> str:
    """The text of an element in one line."""
    return "" if element is None else " ".join(storable(element.get_text(" ")).split())[:limit].strip()


def _simplify(content: "Tag") -> None:
    """Mark what is not text, and limit the depth. Removing elements one by one would take quadratic time."""
    from bs4.element import NavigableString, Tag  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

    waiting: list[tuple[Any, int]] = [(child, 1) for child in reversed(list(content.children))]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _REMOVED:
                node.name, node.contents = _SKIPPED, []
            elif node.name == "img":
                node.name, node.contents = "span", [NavigableString(str(node.get("alt") or ""))]
            elif depth >= MAX_DEPTH:
                node.name, node.contents = "span", [NavigableString(node.get_text(" "))]
            else:
                _keep_only_meaning(node)
                waiting.extend((child, depth + 1) for child in reversed(list(node.children)))
        elif node.parent is not None and node.parent.name in ("pre", "code") and "```" in node:
            node.replace_with(NavigableString(str(node).replace("```", "'''")))


def _keep_only_meaning(node: "Tag") -> None:
    """Rename unknown elements, drop attributes, and turn a table that only arranges the page into plain blocks."""
    if node.name not in _CONVERTED:
        node.name = "span" if node.name in ("font", "small", "big", "abbr", "time", "label") else "div"
    if node.name == "table" and not node.find("th") and (len(node.find_all("tr")) == 1 or node.find("table")):
        for each in (node, *node.find_all(["tbody", "thead", "tfoot", "tr", "td", "caption"])):
            each.name = "div"
    node.attrs = {"href": node["href"]} if node.name == "a" and node.get("href") else {}


@cache
def _converter() -> type[Any]:
    """The converter. It escapes what would be raw HTML in the Markdown."""
    from markdownify import MarkdownConverter  # noqa: PLC0415 - only a crawl needs it

    class Converter(MarkdownConverter):
        convert_skipped = staticmethod(lambda _element, _text, **_context: "")

        def escape(self, text: str, parent_tags: set[str]) -> str:
            return _RAW_HTML.sub(r"\\<", str(text).replace("\\", "\\\\").replace("*", r"\*"))

    return Converter
