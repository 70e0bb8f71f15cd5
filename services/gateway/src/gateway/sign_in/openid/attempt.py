"""One attempt to sign in at the provider, kept in a sealed cookie until the provider sends the browser back.

So every replica can finish it, and only the browser that started it. The cookie is valid for `ATTEMPT_SECONDS`.
"""

import secrets
from datetime import datetime, timedelta

from pydantic import BaseModel, ValidationError
from shared.chassis.clock import Clock
from shared.chassis.sealing import CannotOpen, Seal, SecretKeys

ATTEMPT_COOKIE = "gapless_openid"
ATTEMPT_SECONDS = 600
LONGEST_COOKIE = 4096
LONGEST_PATH = 500


class Attempt(BaseModel):
    """What must come back from the provider, and where the person wanted to go."""

    state: str
    nonce: str
    verifier: str
    redirect_url: str
    return_to: str
    started_at: datetime


class Attempts:
    """Starts attempts, and opens them again."""

    def __init__(self, keys: SecretKeys, clock: Clock) -> None:
        self._seal = Seal(keys, "openid sign-in")
        self._clock = clock

    def start(self, redirect_url: str, return_to: str) -> Attempt:
        """Return a new attempt with random values."""
        return Attempt(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            redirect_url=redirect_url,
            return_to=return_to,
            started_at=self._clock.now(),
        )

    def sealed(self, attempt: Attempt) -> str:
        """The value of the cookie."""
        return self._seal.seal(attempt.model_dump_json().encode()).decode()

    def opened(self, value: str) -> Attempt | None:
        """The attempt in a cookie, or None if it is damaged, not ours or too old."""
        if len(value) > LONGEST_COOKIE:
            return None
        try:
            attempt = Attempt.model_validate_json(self._seal.open(value.encode(errors="replace")))
        except (CannotOpen, ValidationError):
            return None
        age = self._clock.now() - attempt.started_at
        return attempt if timedelta() <= age <= timedelta(seconds=ATTEMPT_SECONDS) else None


def local_path(path: str) -> str:
    """The path of a page of the dashboard, or `/` if a browser could read it as the address of another site."""
    is_local = path.startswith("/") and path[1:2] not in ("/", "\\") and path.isascii() and path.isprintable()
    return path if is_local and " " not in path and len(path) <= LONGEST_PATH else "/"
