"""Descriptions as text: providers tell them as pages, or with bits of them."""

import re

from bs4 import BeautifulSoup

_MARKED_UP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|[a-zA-Z]+);")


def plain(told: str | None) -> str | None:
    """The words alone, None where there are none."""
    if not told or not _MARKED_UP.search(told):
        return (told or "").strip() or None
    return BeautifulSoup(told, "lxml").get_text(" ", strip=True) or None
