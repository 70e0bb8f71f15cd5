"""Hours in which no notification is sent."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from shared.translatable import translatable

_FORM = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class QuietHours:
    """A daily period in a time zone, which may span midnight. The end is exclusive."""

    begin: time
    end: time
    zone: ZoneInfo

    def include(self, now: datetime) -> bool:
        """Whether this time is in the quiet hours."""
        local = now.astimezone(self.zone).time()
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


def quiet_hours(text: str, zone: ZoneInfo) -> QuietHours | None:
    """Parse "22:00-07:00". Returns None for an empty text. Raises `ValueError`."""
    if not text:
        return None
    found = _FORM.fullmatch(text.replace(" ", ""))
    if found is None:
        words = f"{text!r} is not a period: use two times such as 22:00-07:00"
        raise ValueError(translatable("setting.no_period", words, part=text))
    hours = [int(part) for part in found.groups()]
    return QuietHours(time(hours[0], hours[1]), time(hours[2], hours[3]), zone)
