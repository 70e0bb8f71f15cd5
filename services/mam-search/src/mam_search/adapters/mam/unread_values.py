"""Logs values of the tracker that could not be parsed: each format once, so that a parser can be added."""

import re

from shared.chassis.logging import logger

MAX_FORMATS = 200
LONGEST_SHOWN = 60
_DIGITS = re.compile(r"\d+")


class UnreadValues:
    """Values of one format differ only in their digits: "3 fortnights" and "12 fortnights" are logged once."""

    def __init__(self) -> None:
        self._logged: set[tuple[str, str]] = set()

    def report(self, field: str, value: str) -> None:
        """Log a value that could not be parsed, unless a value of its format was logged before; at most 200 formats."""
        format_ = (field, _DIGITS.sub("9", value[:LONGEST_SHOWN]))
        if format_ in self._logged or len(self._logged) >= MAX_FORMATS:
            return
        self._logged.add(format_)
        logger().warning("mam_value_not_parsed", field=field, value=value[:LONGEST_SHOWN])
