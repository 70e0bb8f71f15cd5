"""What the routes for signing in use."""

from dataclasses import dataclass

from gateway.api_keys.keys import Keys
from gateway.sign_in.openid.sign_in import OpenIDSignIn
from gateway.sign_in.password import PasswordStore
from gateway.sign_in.sessions import BrowserSessions


@dataclass(frozen=True)
class SignInParts:
    """The password, the sessions of browsers, the API keys, and the OpenID Connect provider if one is set.

    `base_path` is the path at which the gateway is published. `redirect_url` is where the provider sends browsers back
    to, if it is set.
    """

    password: PasswordStore
    sessions: BrowserSessions
    keys: Keys
    openid: OpenIDSignIn | None = None
    base_path: str = ""
    redirect_url: str | None = None
