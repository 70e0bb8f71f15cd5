"""Single values of the tracker's responses. Numbers may come as text, text as numbers, flags as any of both.

Every function accepts any JSON value and raises nothing.
"""

import html
import json
import re
from datetime import UTC, datetime
from math import isfinite
from typing import Any

MAX_COUNT = 2**53
"""No number of the site is larger; a larger one is not a number."""
LONGEST_ENTITY = 10
"""Characters that one character takes as an entity which is encoded twice."""
_SIZE = re.compile(r"\s*([\d,]{1,20}(?:\.\d{0,20})?)\s*([KMGT]?)i?B\s*", re.IGNORECASE | re.ASCII)
_PLAIN_COUNT = re.compile(r"[\d,]{1,20}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_UNIT = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_NOT_STORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and lone surrogates, which Postgres and JSON cannot store."""


def text(value: Any) -> str:
    """A text. JSON that is not inside a string is encoded as one."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        try:
            return json.dumps(value)
        except (RecursionError, ValueError):
            return ""
    try:
        return str(value)
    except ValueError:  # an integer with thousands of digits
        return ""


def shown_text(value: Any, longest: int = 500) -> str:
    """A text without HTML entities, which may be encoded twice, and without characters that cannot be stored."""
    raw = text(value)[: longest * LONGEST_ENTITY]
    if "&" in raw:
        raw = html.unescape(html.unescape(raw))
    return _NOT_STORABLE.sub("", raw).strip()[:longest]


def flag(value: Any) -> bool:
    """Whether a flag is set: 1, "1", true or "yes"."""
    return value is True or (value is not False and text(value).strip().lower() in {"1", "true", "yes"})


def count(value: Any) -> int:
    """A whole number from 0; 0 if it is none."""
    if type(value) is int:
        return value if 0 <= value <= MAX_COUNT else 0
    found = number(value)
    return int(found) if found is not None and 0 <= found <= MAX_COUNT else 0


def number(value: Any) -> float | None:
    """A number; None if it is none, such as the ratio "Inf" of a member who never downloaded."""
    try:
        found = float(text(value).replace(",", ""))
    except ValueError:
        return None
    return found if isfinite(found) else None


def size_in_bytes(shown: str) -> int:
    """Parse '1,016.2 KiB' or a plain count of bytes; 0 if the text is neither."""
    if (found := _SIZE.fullmatch(shown)) and (digits := found[1].replace(",", "")):
        size = int(float(digits) * 1024 ** _UNIT[found[2].upper()])
        return size if size <= MAX_COUNT else 0
    plain = shown.strip()
    return count(plain) if _PLAIN_COUNT.fullmatch(plain) else 0


def moment(shown: str) -> datetime | None:
    """A time such as '2026-11-02 18:40:11', which is in UTC; None if it is none."""
    if not _TIME.fullmatch(shown):
        return None
    try:
        return datetime.fromisoformat(shown).replace(tzinfo=UTC)
    except ValueError:
        return None


def unix_moment(value: Any) -> datetime | None:
    """A time in seconds since 1970; None for 0 and for anything else."""
    seconds = count(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None
