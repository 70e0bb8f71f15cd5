"""Converts descriptions to plain text. Providers send HTML or text with markup."""

import re

_MARKED_UP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|[a-zA-Z]+);")


def plain(text: str | None) -> str | None:
    """The text without markup; None if it is empty."""
    if not text or not _MARKED_UP.search(text):
        return (text or "").strip() or None
    from bs4 import BeautifulSoup  # noqa: PLC0415 - takes 9 MiB with lxml, so only when there is markup

    return BeautifulSoup(text, "lxml").get_text(" ", strip=True) or None
