"""The account at MyAnonamouse, as mam-search answers about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.contracts.mam.grabs import GrabAssessment
from shared.contracts.mam.releases import Release
from shared.contracts.mam.seeding import SeedingDuty


@dataclass
class FakeAccount:
    """Answers as mam-search does: it has `slots` for reservations, and allows nothing while `unsatisfied` is 100."""

    assessment: Callable[..., GrabAssessment]
    slots: int = 90
    unsatisfied: int = 4
    error: RemoteError | None = None
    duties: list[SeedingDuty] = field(default_factory=list)
    reserved: dict[UUID, Release] = field(default_factory=dict)

    async def assess(
        self, releases: Sequence[Release], planned: Sequence[Release], *, by_person: bool
    ) -> list[GrabAssessment]:
        return [self._answer(release, len(self.reserved) + len(planned)) for release in releases]

    async def seeding_duties(self) -> list[SeedingDuty]:
        if self.error is not None:
            raise self.error
        return self.duties

    async def reserve(self, grab_id: UUID, release: Release, *, by_person: bool, at: datetime) -> GrabAssessment:
        answer = self._answer(release, len(self.reserved.keys() - {grab_id}))
        if answer.allowed:
            self.reserved[grab_id] = release
        return answer

    def _answer(self, release: Release, others: int) -> GrabAssessment:
        if self.error is not None:
            raise self.error
        allowed = others < self.slots and self.unsatisfied < 100
        return self.assessment(allowed=allowed, free=release.freeleech, unsatisfied=self.unsatisfied + others)
