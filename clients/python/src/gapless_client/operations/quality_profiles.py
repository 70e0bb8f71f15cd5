"""What a release must be, and which one is preferred, by book, series or author.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection


class QualityProfiles:
    """What a release must be, and which one is preferred, by book, series or author."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, body: models.NewQualityProfile, *, idempotency_key: str | None = None) -> models.QualityProfile:
        """Add a profile for some series, authors or books. It applies from the next decision on."""
        return self._connection.send(
            "POST",
            "/api/quality-profiles",
            models.QualityProfile,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def delete(self, profile_id: UUID) -> None:
        """Delete a profile. Its series, authors and books get the next specific one. The default cannot be deleted."""
        self._connection.send("DELETE", f"/api/quality-profiles/{segment(profile_id)}", type(None))

    def get(self, profile_id: UUID) -> models.QualityProfile:
        """One profile, with the series, authors and books to which it is assigned."""
        return self._connection.send("GET", f"/api/quality-profiles/{segment(profile_id)}", models.QualityProfile)

    def list(self) -> builtins.list[models.QualityProfile]:
        """What a release must be, and which one is preferred. The default profile comes first.

        The profile of the book applies, else that of its series, else that of an author, else the default.
        """
        return self._connection.send("GET", "/api/quality-profiles", builtins.list[models.QualityProfile])

    def replace(self, profile_id: UUID, body: models.NewQualityProfile) -> models.QualityProfile:
        """Replace everything of a profile. What is left out gets its default."""
        return self._connection.send(
            "PUT", f"/api/quality-profiles/{segment(profile_id)}", models.QualityProfile, body=body
        )

    def set_default_quality_profile(self, profile_id: UUID) -> models.QualityProfile:
        """Make this profile the default. The former default remains as a profile that is assigned to nothing.

        Refused while the profile is assigned to a series, an author or a book.
        """
        return self._connection.send(
            "PUT", f"/api/quality-profiles/{segment(profile_id)}/default", models.QualityProfile
        )


class AsyncQualityProfiles:
    """What a release must be, and which one is preferred, by book, series or author."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(
        self, body: models.NewQualityProfile, *, idempotency_key: str | None = None
    ) -> models.QualityProfile:
        """Add a profile for some series, authors or books. It applies from the next decision on."""
        return await self._connection.send(
            "POST",
            "/api/quality-profiles",
            models.QualityProfile,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def delete(self, profile_id: UUID) -> None:
        """Delete a profile. Its series, authors and books get the next specific one. The default cannot be deleted."""
        await self._connection.send("DELETE", f"/api/quality-profiles/{segment(profile_id)}", type(None))

    async def get(self, profile_id: UUID) -> models.QualityProfile:
        """One profile, with the series, authors and books to which it is assigned."""
        return await self._connection.send("GET", f"/api/quality-profiles/{segment(profile_id)}", models.QualityProfile)

    async def list(self) -> builtins.list[models.QualityProfile]:
        """What a release must be, and which one is preferred. The default profile comes first.

        The profile of the book applies, else that of its series, else that of an author, else the default.
        """
        return await self._connection.send("GET", "/api/quality-profiles", builtins.list[models.QualityProfile])

    async def replace(self, profile_id: UUID, body: models.NewQualityProfile) -> models.QualityProfile:
        """Replace everything of a profile. What is left out gets its default."""
        return await self._connection.send(
            "PUT", f"/api/quality-profiles/{segment(profile_id)}", models.QualityProfile, body=body
        )

    async def set_default_quality_profile(self, profile_id: UUID) -> models.QualityProfile:
        """Make this profile the default. The former default remains as a profile that is assigned to nothing.

        Refused while the profile is assigned to a series, an author or a book.
        """
        return await self._connection.send(
            "PUT", f"/api/quality-profiles/{segment(profile_id)}/default", models.QualityProfile
        )
