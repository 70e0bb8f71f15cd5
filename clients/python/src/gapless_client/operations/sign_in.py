"""Sign in with a browser: the password, and the sessions of browsers.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class SignIn:
    """Sign in with a browser: the password, and the sessions of browsers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_sessions(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.BrowserSession]:
        """The browsers that are signed in, the last used first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/sessions", Page[models.BrowserSession], query={"limit": limit, "offset": offset}
        )

    def replace_password(self, body: models.ChangePassword) -> None:
        """Replace the password, and end all other sessions.

        A browser must send the present password too, or an API key for a person who lost it. A call with an API key
        need not.
        """
        self._connection.send("PUT", "/api/session/password", type(None), body=body)

    def revoke_session(self, session_id: UUID) -> None:
        """Sign a browser out."""
        self._connection.send("DELETE", f"/api/sessions/{segment(session_id)}", type(None))

    def set_first_password(self, body: models.FirstPassword) -> models.BrowserSession:
        """Set the password if there is none, and sign in. From a public address this needs an API key."""
        return self._connection.send("POST", "/api/session/first-password", models.BrowserSession, body=body)

    def show_session(self) -> models.SignInStatus:
        """Needs no key: a page that is not signed in yet asks for it."""
        return self._connection.send("GET", "/api/session", models.SignInStatus)

    def sign_in(self, body: models.SignIn) -> models.BrowserSession:
        """Sign in with the password or an API key that has the scope `admin`. The answer sets a cookie.

        At most ten attempts a minute are accepted from one address.
        """
        return self._connection.send("POST", "/api/session", models.BrowserSession, body=body)

    def sign_out(self) -> None:
        """End the session of this browser and delete its cookie."""
        self._connection.send("DELETE", "/api/session", type(None))


class AsyncSignIn:
    """Sign in with a browser: the password, and the sessions of browsers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_sessions(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.BrowserSession]:
        """The browsers that are signed in, the last used first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/sessions", Page[models.BrowserSession], query={"limit": limit, "offset": offset}
        )

    async def replace_password(self, body: models.ChangePassword) -> None:
        """Replace the password, and end all other sessions.

        A browser must send the present password too, or an API key for a person who lost it. A call with an API key
        need not.
        """
        await self._connection.send("PUT", "/api/session/password", type(None), body=body)

    async def revoke_session(self, session_id: UUID) -> None:
        """Sign a browser out."""
        await self._connection.send("DELETE", f"/api/sessions/{segment(session_id)}", type(None))

    async def set_first_password(self, body: models.FirstPassword) -> models.BrowserSession:
        """Set the password if there is none, and sign in. From a public address this needs an API key."""
        return await self._connection.send("POST", "/api/session/first-password", models.BrowserSession, body=body)

    async def show_session(self) -> models.SignInStatus:
        """Needs no key: a page that is not signed in yet asks for it."""
        return await self._connection.send("GET", "/api/session", models.SignInStatus)

    async def sign_in(self, body: models.SignIn) -> models.BrowserSession:
        """Sign in with the password or an API key that has the scope `admin`. The answer sets a cookie.

        At most ten attempts a minute are accepted from one address.
        """
        return await self._connection.send("POST", "/api/session", models.BrowserSession, body=body)

    async def sign_out(self) -> None:
        """End the session of this browser and delete its cookie."""
        await self._connection.send("DELETE", "/api/session", type(None))
