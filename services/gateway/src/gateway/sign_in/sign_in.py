"""What the routes for signing in use."""

from dataclasses import dataclass

from gateway.api_keys.keys import Keys
from gateway.sign_in.password import PasswordStore
from gateway.sign_in.sessions import BrowserSessions


@dataclass(frozen=True)
class SignInParts:
    """The password, the sessions of browsers, and the API keys."""

    password: PasswordStore
    sessions: BrowserSessions
    keys: Keys
