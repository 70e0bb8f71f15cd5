"""What a person configures for a session at the site."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SessionCredentials:
    """The given session value, or the name and password of a login; all may be empty."""

    session: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def can_log_in(self) -> bool:
        """Whether there is a name and a password."""
        return bool(self.username and self.password)

    @property
    def seed(self) -> bytes:
        """What identifies the credentials: new ones begin a new session."""
        return "\0".join((self.session, self.username, self.password) if self.can_log_in else [self.session]).encode()
