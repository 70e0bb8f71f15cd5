"""What would be given to other books first: a dry run stores no choice, so it carries them along."""

from dataclasses import dataclass, replace

from shared.contracts.mam.releases import Release

from downloader.domain.limits import LARGEST, Situation, is_of_mam, key_of
from downloader.domain.reservations import PendingGrab, Reservation, reserved_by


@dataclass(frozen=True, slots=True)
class Ahead:
    """The releases chosen so far, each with the title of the book that it is for."""

    choices: tuple[tuple[str, Release], ...] = ()

    def and_then(self, title: str, release: Release) -> "Ahead":
        return Ahead((*self.choices, (title, release)))

    def of(self, situation: Situation) -> Situation:
        """The situation as it would be with these choices stored."""
        free = situation.free_bytes
        return replace(
            situation,
            taken=situation.taken | {key_of(release): title for title, release in self.choices},
            free_bytes=None if free is None else free - int(self.size_bytes * LARGEST),
            reserved=situation.reserved.and_then(self._reservation(situation)),
        )

    def _reservation(self, situation: Situation) -> Reservation:
        account = situation.standing
        if account is None:
            return Reservation(self.slots)
        grabs = [
            PendingGrab(release, int(release.size_bytes * LARGEST), takes_slot=True, takes_bytes=True)
            for _, release in self.choices
            if is_of_mam(release)
        ]
        return reserved_by(grabs, account, situation.now)

    @property
    def size_bytes(self) -> int:
        return sum(release.size_bytes for _, release in self.choices)

    @property
    def slots(self) -> int:
        """How many of them the account's limit of unsatisfied torrents counts."""
        return sum(is_of_mam(release) for _, release in self.choices)
