"""The invented words of each language, read from `words.txt`."""

import random
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass
class Language:
    """The words of one language. `units` stand before a place; `whole` and `read_by` are marks of a recording."""

    code: str
    name: str
    units: tuple[str, ...]
    whole: str
    read_by: str
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def person(self, chance: random.Random) -> str:
        """An invented name; one in eight has a middle initial, one in twelve is written with initials."""
        given, surname = chance.choice(self.lists["given"]), chance.choice(self.lists["surname"])
        draw = chance.random()
        if draw < 0.12:
            return f"{given} {chance.choice('ABCDEFGHJKLMNPRSTW')}. {surname}"
        if draw < 0.2 and self.code != "ru":
            return f"{given[0]}. {chance.choice('ABCDEFGHJKLMNPRSTW')}. {surname}"
        return f"{given} {surname}"

    def title(self, chance: random.Random) -> str:
        """An invented title."""
        subject = chance.choice(self.lists["subject"])
        return (
            subject
            if chance.random() < 0.25
            else f"{subject} {chance.choice(self.lists['tail']).format(place=chance.choice(self.lists['place']))}"
        )

    def series(self, chance: random.Random) -> str:
        """An invented name of a series."""
        pick = {name: chance.choice(self.lists[name]) for name in ("place", "surname", "given")}
        return chance.choice(self.lists["series"]).format(**pick, surname2=chance.choice(self.lists["surname"]))


@cache
def languages() -> dict[str, Language]:
    """Every language by its code, in the order of the file."""
    found: dict[str, Language] = {}
    text = files("sandbox").joinpath("worldmaking/messy/words.txt").read_text("utf-8")
    current: Language | None = None
    for line in text.splitlines():
        head, _, rest = line.partition(" ")
        if head == "=":
            code, name, units, whole, read_by = (part.strip() for part in rest.split("|"))
            current = Language(code, name, tuple(unit.strip() for unit in units.split(";")), whole, read_by)
            found[code] = current
        elif current is not None and head and head != "#":
            current.lists[head] = tuple(word.strip() for word in rest.split(";"))
    return found
