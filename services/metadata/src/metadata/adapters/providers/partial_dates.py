"""Dates of books as libraries and shops write them: a year, a month or a day, in many forms."""

import re
from datetime import date
from typing import Any

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?\Z")
_YEAR = re.compile(r"(?<![\d.])(1[0-9]\d\d|20\d\d)(?![\d])")
LONGEST = 60
"""Characters of the longest text that is a date."""


def day_in(value: Any) -> date | None:
    """The day, if the text is one in ISO 8601; a text that gives only a year or a month is not a day."""
    found = _ISO_DAY.match(str(value).strip()[:LONGEST]) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def year_in(value: Any) -> int | None:
    """The year from 1000 to 2099 that a text or a number names; None if it names none or several."""
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > LONGEST:
        return None
    years = set(_YEAR.findall(str(value)))
    return int(years.pop()) if len(years) == 1 else None
