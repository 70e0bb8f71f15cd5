"""Decides whether a release of MyAnonamouse may be grabbed, and reserves its slot and bytes."""

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.mam.grabs import AssessGrabs, GrabAssessment, ReportGrab, ReserveGrab

from mam_search.domain.account_ports import AccountTransactions
from mam_search.domain.grab_rule import MAX_STANDING_AGE, GrabLimits, assess, reserved_by
from mam_search.workflow.standing_reader import StandingReader


class ReserveGrabHandlers:
    """Handles `ReserveGrab`, `AssessGrabs` and `ReportGrab`."""

    def __init__(
        self, transaction: AccountTransactions, standing_reader: StandingReader, limits: GrabLimits, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._standing_reader = standing_reader
        self._limits = limits
        self._clock = clock

    async def reserve(self, request: ReserveGrab) -> GrabAssessment:
        """Assess the grab, and reserve it if it is allowed. Grabs that are reserved at once do not use the same slot.

        A standing older than two hours is read again first. Raises the `RemoteError` family if that fails.
        """
        standing = await self._standing_reader.at_most(MAX_STANDING_AGE, person_waits=request.person_waits)
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.reservations.lock()
            if (held := await tx.reservations.held(request.grab_id, now)) is not None:
                await tx.reservations.renew(request, now)
                assessment = held
            else:
                reserved = await tx.reservations.total(standing, now, excluding=request.grab_id)
                assessment = assess(
                    request.release, standing, reserved, self._limits, by_person=request.by_person, now=now
                )
                if assessment.allowed:
                    await tx.reservations.store(request, assessment, now)
        logger().info(
            "grab_assessed",
            grab_id=str(request.grab_id),
            release_id=request.release.release_id,
            allowed=assessment.allowed,
            found=assessment.found,
        )
        return assessment

    async def assess(self, request: AssessGrabs) -> list[GrabAssessment]:
        """Assess each release as the only further grab. Raises the `RemoteError` family."""
        standing = await self._standing_reader.at_most(MAX_STANDING_AGE, person_waits=request.person_waits)
        now = self._clock.now()
        async with self._transaction() as tx:
            reserved = await tx.reservations.total(standing, now)
        reserved = reserved.plus(reserved_by(request.planned, standing, now))
        return [
            assess(release, standing, reserved, self._limits, by_person=request.by_person, now=now)
            for release in request.releases
        ]

    async def report(self, report: ReportGrab) -> None:
        """Record the stage of a grab. A grab without a reservation is ignored."""
        async with self._transaction() as tx:
            await tx.reservations.report(report)
