"""What is wrong in the library: evidence, remedy and repair.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Findings:
    """What is wrong in the library: evidence, remedy and repair."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(self, finding_id: UUID, *, idempotency_key: str | None = None) -> models.ProposalsDecided:
        """Accept the proposals that repair a finding. Each becomes a correction that can be undone.

        The finding is solved by the next check of the library. A finding that is not `repairable` has no proposals.
        """
        return self._connection.send(
            "POST",
            f"/api/findings/{segment(finding_id)}/accept",
            models.ProposalsDecided,
            headers={"Idempotency-Key": idempotency_key},
        )

    def count(self, *, days: int | None = None) -> models.FindingCounts:
        """The findings of each kind by status, and the open ones on each day on which the library was checked."""
        return self._connection.send("GET", "/api/findings/counts", models.FindingCounts, query={"days": days})

    def get(self, finding_id: UUID) -> models.Finding:
        """One finding."""
        return self._connection.send("GET", f"/api/findings/{segment(finding_id)}", models.Finding)

    def ignore(self, finding_id: UUID, *, idempotency_key: str | None = None) -> models.Finding:
        """Ignore a finding until the fact itself changes. Its proposals are withdrawn."""
        return self._connection.send(
            "POST",
            f"/api/findings/{segment(finding_id)}/ignore",
            models.Finding,
            headers={"Idempotency-Key": idempotency_key},
        )

    def ignore_findings(
        self, body: models.FindingFilter, *, idempotency_key: str | None = None
    ) -> models.FindingsDecided:
        """Ignore the open findings that match. They stay ignored until the fact itself changes. At most 5,000 at once."""
        return self._connection.send(
            "POST",
            "/api/findings/ignore",
            models.FindingsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def list(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        kind: models.FindingKind | None = None,
        status: models.FindingStatus | None = None,
        book_id: UUID | None = None,
        repairable: bool | None = None,
    ) -> Page[models.Finding]:
        """What is wrong in the library, with the evidence and the remedy. By default the open findings, newest first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/findings",
            Page[models.Finding],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "kind": kind,
                "status": status,
                "book_id": book_id,
                "repairable": repairable,
            },
        )

    def reopen(self, finding_id: UUID, *, idempotency_key: str | None = None) -> models.Finding:
        """Open an ignored finding again. Its proposals are made again."""
        return self._connection.send(
            "POST",
            f"/api/findings/{segment(finding_id)}/reopen",
            models.Finding,
            headers={"Idempotency-Key": idempotency_key},
        )

    def reopen_findings(
        self, body: models.FindingFilter, *, idempotency_key: str | None = None
    ) -> models.FindingsDecided:
        """Open the ignored findings that match again. Their proposals are made again. At most 5,000 at once."""
        return self._connection.send(
            "POST",
            "/api/findings/reopen",
            models.FindingsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncFindings:
    """What is wrong in the library: evidence, remedy and repair."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def accept(self, finding_id: UUID, *, idempotency_key: str | None = None) -> models.ProposalsDecided:
        """Accept the proposals that repair a finding. Each becomes a correction that can be undone.

        The finding is solved by the next check of the library. A finding that is not `repairable` has no proposals.
        """
        return await self._connection.send(
            "POST",
            f"/api/findings/{segment(finding_id)}/accept",
            models.ProposalsDecided,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def count(self, *, days: int | None = None) -> models.FindingCounts:
        """The findings of each kind by status, and the open ones on each day on which the library was checked."""
        return await self._connection.send("GET", "/api/findings/counts", models.FindingCounts, query={"days": days})

    async def get(self, finding_id: UUID) -> models.Finding:
        """One finding."""
        return await self._connection.send("GET", f"/api/findings/{segment(finding_id)}", models.Finding)

    async def ignore(self, finding_id: UUID, *, idempotency_key: str | None = None) -> models.Finding:
        """Ignore a finding until the fact itself changes. Its proposals are withdrawn."""
        return await self._connection.send(
            "POST",
            f"/api/findings/{segment(finding_id)}/ignore",
            models.Finding,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def ignore_findings(
        self, body: models.FindingFilter, *, idempotency_key: str | None = None
    ) -> models.FindingsDecided:
        """Ignore the open findings that match. They stay ignored until the fact itself changes. At most 5,000 at once."""
        return await self._connection.send(
            "POST",
            "/api/findings/ignore",
            models.FindingsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def list(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        kind: models.FindingKind | None = None,
        status: models.FindingStatus | None = None,
        book_id: UUID | None = None,
        repairable: bool | None = None,
    ) -> Page[models.Finding]:
        """What is wrong in the library, with the evidence and the remedy. By default the open findings, newest first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/findings",
            Page[models.Finding],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "kind": kind,
                "status": status,
                "book_id": book_id,
                "repairable": repairable,
            },
        )

    async def reopen(self, finding_id: UUID, *, idempotency_key: str | None = None) -> models.Finding:
        """Open an ignored finding again. Its proposals are made again."""
        return await self._connection.send(
            "POST",
            f"/api/findings/{segment(finding_id)}/reopen",
            models.Finding,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def reopen_findings(
        self, body: models.FindingFilter, *, idempotency_key: str | None = None
    ) -> models.FindingsDecided:
        """Open the ignored findings that match again. Their proposals are made again. At most 5,000 at once."""
        return await self._connection.send(
            "POST",
            "/api/findings/reopen",
            models.FindingsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
