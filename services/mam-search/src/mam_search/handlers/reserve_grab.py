"""Decides whether a release of MyAnonamouse may be grabbed, and reserves its slot and bytes."""

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.mam.account import Standing
from shared.contracts.mam.grabs import AssessGrabs, GrabAssessment, ReportGrab, ReserveGrab
from shared.contracts.mam.spending import Spending, SpendingKind, SpendingState
from shared.contracts.values import Indexer

from mam_search.domain.account_ports import AccountTransaction, AccountTransactions
from mam_search.domain.grab_rule import MAX_STANDING_AGE, GrabLimits, assess, is_free, reserved_by, torrent_of
from mam_search.domain.spending import SpendingPolicy, wedge_for
from mam_search.workflow.flag_reader import FlagReader
from mam_search.workflow.spender import Spender, midnight
from mam_search.workflow.standing_reader import StandingReader


class ReserveGrabHandlers:
    """Handles `ReserveGrab`, `AssessGrabs` and `ReportGrab`."""

    def __init__(  # noqa: PLR0913 - one for each part of a reservation
        self,
        transaction: AccountTransactions,
        standing_reader: StandingReader,
        flag_reader: FlagReader,
        spender: Spender,
        *,
        limits: GrabLimits,
        policy: SpendingPolicy,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._standing_reader = standing_reader
        self._flag_reader = flag_reader
        self._spender = spender
        self._limits = limits
        self._policy = policy
        self._clock = clock

    async def reserve(self, request: ReserveGrab) -> GrabAssessment:
        """Assess the grab, and reserve it if it is allowed. Grabs that are reserved at once do not use the same slot.

        A standing older than two hours is read again first. Raises the `RemoteError` family if that fails. A release
        counts as free only with a flag of the last hour. If its flags are unknown, it counts as paid, and no wedge is
        spent for it.
        """
        standing = await self._standing_reader.at_most(MAX_STANDING_AGE, person_waits=request.person_waits)
        request, flags_known = await self._with_current_flags(request, standing)
        async with self._transaction() as tx:
            await tx.reservations.lock()
            assessment = await self._reserve(tx, request, standing, may_plan_wedge=flags_known)
        if assessment.allowed and assessment.figures.wedge and not await self._has_wedge(request):
            assessment = await self._with_wedge(request, standing)
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
            today = await tx.ledger.spent_since(SpendingKind.WEDGE, midnight(now))
        reserved = reserved.plus(reserved_by(request.planned, standing, now))
        assessments = []
        for release in request.releases:
            wedge = wedge_for(release, standing, self._policy, spent_today=today, now=now) is not None
            assessments.append(
                assess(release, standing, reserved, self._limits, by_person=request.by_person, now=now, wedge=wedge)
            )
        return assessments

    async def report(self, report: ReportGrab) -> None:
        """Record the stage of a grab. A grab without a reservation is ignored."""
        async with self._transaction() as tx:
            await tx.reservations.report(report)

    async def _with_current_flags(self, request: ReserveGrab, standing: Standing) -> tuple[ReserveGrab, bool]:
        """The request with the current flags of the release, and whether they are known.

        They are read if the release is said to be free, and if Prowlarr found it, which does not name all of them.
        """
        incomplete = request.release.indexer is not Indexer.MAM and torrent_of(request.release) is not None
        if not incomplete and not is_free(request.release, standing, self._clock.now()):
            return request, True
        current = await self._flag_reader.current(request.release)
        release = current or request.release.model_copy(update={"freeleech": False, "vip": False})
        return request.model_copy(update={"release": release}), current is not None

    async def _reserve(
        self, tx: AccountTransaction, request: ReserveGrab, standing: Standing, *, may_plan_wedge: bool
    ) -> GrabAssessment:
        """The assessment, reserved if it is allowed. It counts on a wedge that the policy allows, spent or not yet."""
        now = self._clock.now()
        held = await tx.reservations.held(request.grab_id, now)
        if held is not None and not held.figures.wedge:
            await tx.reservations.renew(request, now)
            return held
        today = await tx.ledger.spent_since(SpendingKind.WEDGE, midnight(now))
        planned = wedge_for(request.release, standing, self._policy, spent_today=today, now=now)
        wedge = (may_plan_wedge and planned is not None) or await self._wedge_spent(tx, request)
        return await self._store(tx, request, standing, wedge=wedge)

    async def _store(
        self, tx: AccountTransaction, request: ReserveGrab, standing: Standing, *, wedge: bool
    ) -> GrabAssessment:
        now = self._clock.now()
        reserved = await tx.reservations.total(standing, now, excluding=request.grab_id)
        assessment = assess(
            request.release, standing, reserved, self._limits, by_person=request.by_person, now=now, wedge=wedge
        )
        if assessment.allowed:
            await tx.reservations.store(request, assessment, now)
        else:
            await tx.reservations.drop(request.grab_id, now)
        return assessment

    async def _with_wedge(self, request: ReserveGrab, standing: Standing) -> GrabAssessment:
        """Spend the wedge, and assess the grab again with the result. Without the wedge it may not be allowed."""
        try:
            entry = await self._spender.spend(
                lambda known, today: wedge_for(
                    request.release, known, self._policy, spent_today=today, now=self._clock.now()
                )
            )
        except RemoteError as error:
            logger().warning("wedge_not_spent", release_id=request.release.release_id, because=error.detail)
            entry = None
        async with self._transaction() as tx:
            await tx.reservations.lock()
            spent = _is_spent(entry) or await self._wedge_spent(tx, request)
            return await self._store(tx, request, standing, wedge=spent)

    async def _has_wedge(self, request: ReserveGrab) -> bool:
        async with self._transaction() as tx:
            return await self._wedge_spent(tx, request)

    async def _wedge_spent(self, tx: AccountTransaction, request: ReserveGrab) -> bool:
        """Whether a wedge was certainly spent for the torrent."""
        torrent_id = torrent_of(request.release)
        return torrent_id is not None and await tx.ledger.has_wedge(torrent_id)


def _is_spent(entry: Spending | None) -> bool:
    return entry is not None and entry.state is SpendingState.SPENT
