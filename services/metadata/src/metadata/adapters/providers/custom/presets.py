"""What is known about the servers that people use most: their weight, and whether they list audiobooks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """The weight of a server by default. `audio`: its entries are audiobooks; False: books and e-books; None: both."""

    weight: float
    audio: bool | None = None


PRESETS = {
    "kindle": Preset(0.8, audio=False),
    "audioteka": Preset(0.7, audio=True),
    "lubimyczytac": Preset(0.6),
}
"""By the name in `CUSTOM_PROVIDERS`."""
UNKNOWN_SERVER = Preset(0.5)
