"""Hours in which nobody wants to be told."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

_FORM = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class QuietHours:
    """From one time of day to another, perhaps over midnight, by the clocks of a time zone; the end is not in it."""

    begin: time
    end: time
    zone: ZoneInfo

    def hold(self, now: datetime) -> bool:
        """Whether it is quiet now."""
        local = now.astimezone(self.zone).time()
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


def quiet_hours(text: str, zone: ZoneInfo) -> QuietHours | None:
    """Read "22:00-07:00"; None for an empty text. Raises `ValueError`."""
    if not text:
        return None
    found = _FORM.fullmatch(text.replace(" ", ""))
    if found is None:
        raise ValueError(f"{text!r} are no hours: two times of day such as 22:00-07:00")
    hours = [int(part) for part in found.groups()]
    return QuietHours(time(hours[0], hours[1]), time(hours[2], hours[3]), zone)
