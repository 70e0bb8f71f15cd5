"""Values of the tracker that could not be read: each form is logged once, so that it can be added."""

import re

from shared.chassis.logging import logger

MOST_FORMS = 200
LONGEST_SHOWN = 60
_DIGITS = re.compile(r"\d+")


class UnreadValues:
    """Values of one form differ only in their digits: "3 fortnights" and "12 fortnights" are logged once."""

    def __init__(self) -> None:
        self._logged: set[tuple[str, str]] = set()

    def report(self, field: str, value: str) -> None:
        """Log a value of a field that could not be read, if no value of its form was logged before."""
        form = (field, _DIGITS.sub("9", value[:LONGEST_SHOWN]))
        if form in self._logged or len(self._logged) >= MOST_FORMS:
            return
        self._logged.add(form)
        logger().warning("mam_value_not_understood", field=field, value=value[:LONGEST_SHOWN])
