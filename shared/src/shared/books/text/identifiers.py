"""Identifiers of books: ISBN (ISO 2108) and Amazon's ASIN."""

import re

_NOT_ISBN = re.compile(r"[\s\-–]")
_ASIN = re.compile(r"B0[0-9A-Z]{8}\Z")
_ASIN_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(B0[0-9A-Z]{8})(?![0-9A-Za-z])")
_DIGITS = frozenset("0123456789")


def isbn13(text: str | None) -> str | None:
    """The ISBN as thirteen digits, converted if it has ten; None when the length or the check digit is wrong."""
    bare = _NOT_ISBN.sub("", text or "")[:20].upper()
    if len(bare) == 13 and set(bare) <= _DIGITS and bare.startswith(("978", "979")):
        return bare if _check13(bare[:12]) == bare[12] else None
    if len(bare) == 10 and set(bare[:9]) <= _DIGITS and _check10(bare[:9]) == bare[9]:
        body = f"978{bare[:9]}"
        return body + _check13(body)
    return None


def isbn10(text: str | None) -> str | None:
    """The ISBN as ten digits (the last may be X); None when it is invalid or begins with 979 (no short form exists)."""
    long = isbn13(text)
    if long is None or not long.startswith("978"):
        return None
    return long[3:12] + _check10(long[3:12])


def asin(text: str | None) -> str | None:
    """The ASIN of a book sold by Audible or as an e-book ("B0" and eight more), or None."""
    bare = (text or "").strip().upper()
    return bare if _ASIN.match(bare) else None


def asin_in(text: str | None) -> str | None:
    """The first ASIN in a text such as a folder name, as a separate word, or None."""
    match = _ASIN_IN_TEXT.search(text or "")
    return match[1] if match else None


def _check13(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return str(-total % 10)


def _check10(body: str) -> str:
    check = -sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
    return "X" if check == 10 else str(check)
