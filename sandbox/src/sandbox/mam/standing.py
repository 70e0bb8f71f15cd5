"""The state of one account at MyAnonamouse: the session value, the fetched torrents and what was spent."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

_KEPT = (
    "fetched", "wedges_spent", "paid_bytes", "fetched_at", "points_spent", "upload_bought_bytes", "vip_until",
    "personal_free",
)  # fmt: skip
"""What a new session does not change."""


@dataclass
class Standing:
    """The state of the account, stored in `file` (if any) across restarts. `fetched` are ids of offers."""

    seed: str
    current: str
    previous: str | None = None
    fetched: list[str] = field(default_factory=list)
    wedges_spent: int = 0
    paid_bytes: int = 0
    """Bytes of the fetched torrents that are neither free nor VIP. They count as downloaded immediately."""
    fetched_at: dict[str, float] = field(default_factory=dict)
    """When each torrent was fetched, in seconds since 1970."""
    points_spent: float = 0.0
    upload_bought_bytes: int = 0
    vip_until: str | None = None
    """The end of a VIP status that was bought."""
    personal_free: list[str] = field(default_factory=list)
    """The offers that a wedge made personal freeleech."""
    file: Path | None = None

    @classmethod
    def open(cls, seed: str, file: Path | None) -> Self:
        """The standing stored in `file`, or a new one. A different seed starts a new session."""
        standing = cls(seed=seed, current=seed, file=file)
        if file is not None and file.exists():
            stored = json.loads(file.read_text())
            for name in _KEPT:
                setattr(standing, name, stored.get(name, getattr(standing, name)))
            if stored["seed"] == seed:
                standing.current, standing.previous = stored["current"], stored["previous"]
        return standing

    def save(self) -> None:
        """Write the standing to its file atomically. Raises OSError."""
        if self.file is None:
            return
        stored = {name: value for name, value in asdict(self).items() if name != "file"}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.file.with_suffix(".new")
        temporary.write_text(json.dumps(stored))
        os.replace(temporary, self.file)


class Session:
    """The session cookie: each accepted request returns a new value and invalidates the value that it was sent with."""

    def __init__(
        self, standing: Standing, *, seed_stays_valid: bool = False, previous_stays_valid: bool = False
    ) -> None:
        """
        `seed_stays_valid`: the first value of the session is always accepted.
        `previous_stays_valid`: the previous value is accepted until the current one is first used, so that a client
        that was killed before it stored the current value is not locked out.
        """
        self._standing = standing
        self._seed_stays_valid = seed_stays_valid
        self._previous_stays_valid = previous_stays_valid

    def accept(self, value: str | None) -> str | None:
        """The new value to send in the answer, or None if `value` is not valid."""
        standing = self._standing
        if value is None or not self.is_valid(value):
            return None
        standing.previous, standing.current = value, f"{secrets.token_urlsafe(48)}%3D"
        standing.save()
        return standing.current

    def is_valid(self, value: str | None) -> bool:
        """Whether the next request with this value is accepted."""
        return value in self._valid()

    @property
    def value(self) -> str:
        """The current value."""
        return self._standing.current

    def begin(self, seed: str) -> None:
        """Start a new session. Only its value is valid from now on."""
        self._standing.seed = self._standing.current = seed
        self._standing.previous = None
        self._standing.save()

    def burn(self) -> None:
        """End the session. No value is valid until the user creates a new session."""
        self.begin(secrets.token_urlsafe(48))

    def _valid(self) -> set[str]:
        valid = {self._standing.current}
        if self._seed_stays_valid:
            valid.add(self._standing.seed)
        if self._previous_stays_valid and self._standing.previous is not None:
            valid.add(self._standing.previous)
        return valid
