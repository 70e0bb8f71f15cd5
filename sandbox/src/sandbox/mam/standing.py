"""What MyAnonamouse remembers of one member between two calls: the session's value and what was spent and fetched."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self


@dataclass
class Standing:
    """Kept in a file when there is one, so that a restart goes on where the last run ended."""

    seed: str
    current: str
    previous: str | None = None
    fetched: list[str] = field(default_factory=list)
    wedges_spent: int = 0
    paid_bytes: int = 0
    """Bytes of the torrents fetched that are neither free nor VIP: they count as downloaded at once."""
    file: Path | None = None

    @classmethod
    def open(cls, seed: str, file: Path | None) -> Self:
        """The standing left in `file`, or a new one. Another seed is another session: the old values are forgotten."""
        standing = cls(seed=seed, current=seed, file=file)
        if file is not None and file.exists():
            kept = json.loads(file.read_text())
            standing.fetched, standing.wedges_spent = kept["fetched"], kept["wedges_spent"]
            standing.paid_bytes = kept.get("paid_bytes", 0)
            if kept["seed"] == seed:
                standing.current, standing.previous = kept["current"], kept["previous"]
        return standing

    def save(self) -> None:
        if self.file is None:
            return
        kept = {name: value for name, value in asdict(self).items() if name != "file"}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(kept))
        os.replace(fresh, self.file)


class Session:
    """The session cookie: each accepted call gets a new value, and the value it came with stops working."""

    def __init__(
        self, standing: Standing, *, seed_stays_valid: bool = False, previous_stays_valid: bool = False
    ) -> None:
        """
        `seed_stays_valid`: the value the member was given can always begin anew.
        `previous_stays_valid`: the value before the current one works until the current one is first used, so a
        client killed between our answer and its own disk is not locked out.
        """
        self._standing = standing
        self._seed_stays_valid = seed_stays_valid
        self._previous_stays_valid = previous_stays_valid

    def accept(self, value: str | None) -> str | None:
        """The value to send back for a call that came with `value`; None: not signed in."""
        standing = self._standing
        if value is None or value not in self._valid():
            return None
        standing.previous, standing.current = value, f"{secrets.token_urlsafe(48)}%3D"
        standing.save()
        return standing.current

    def begin(self, seed: str) -> None:
        """A member made a new session: only its value works from now on."""
        self._standing.seed = self._standing.current = seed
        self._standing.previous = None
        self._standing.save()

    def burn(self) -> None:
        """End the session at the server: no value works until a member makes a new one."""
        self.begin(secrets.token_urlsafe(48))

    def _valid(self) -> set[str]:
        valid = {self._standing.current}
        if self._seed_stays_valid:
            valid.add(self._standing.seed)
        if self._previous_stays_valid and self._standing.previous is not None:
            valid.add(self._standing.previous)
        return valid
