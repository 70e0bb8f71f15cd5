"""The table of the kinds of notifications.

A kind is its value in `NewsKind`, one line here, and its template `texts/<kind>.txt`. The settings, the events that the
gateway handles and the list in the README follow from this table.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWaits, ImportProposed
from shared.contracts.downloads.seeding import SeedingInterrupted
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.library.imports import ImportUnconfirmed
from shared.contracts.library.missing_books import OwnedBookGone
from shared.contracts.message import Event
from shared.contracts.metadata.import_lists import ImportListNeedsPerson

from gateway.notifications.messages import (
    Notification,
    of_doubtful_entries,
    of_failure,
    of_import,
    of_interrupted_seeding,
    of_proposal,
    of_unconfirmed_import,
    of_vanished_owned_book,
    of_waiting,
)


class Severity(StrEnum):
    """How a target shows a notification. The values are those of Apprise's `NotifyType`."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    FAILURE = "failure"


MakeNotification = Callable[..., Notification | None]
"""Makes a notification of an event, the time at which it was published, and the id of its message, or none."""


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """One kind.

    `sent_when` says for people when it is sent. If not `on_by_default`, it is sent only to targets that name it. If
    `immediate`, it is not collected into one message for long. `events` are the events that lead to it, each with the
    function that makes the notification. A kind without events is detected by the gateway itself (`health_monitor/`).
    """

    kind: NewsKind
    sent_when: str
    severity: Severity
    on_by_default: bool = True
    immediate: bool = False
    events: dict[type[Event], MakeNotification] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The name of the file with its text."""
        return f"{self.kind}.txt"


KINDS = (
    NotificationKind(
        NewsKind.IMPORTED,
        "a book was imported into the library",
        Severity.SUCCESS,
        events={DownloadImported: of_import},
    ),
    NotificationKind(
        NewsKind.FAILED,
        "a download was abandoned after its last retry",
        Severity.FAILURE,
        events={DownloadFailed: of_failure},
    ),
    NotificationKind(
        NewsKind.NEEDS_PERSON,
        "a download waits for your approval, a decision or disk space, a watched folder has new files, a system"
        " rejects its credentials, a book that you owned is gone and Gapless asks whether you want it again, or an"
        " import list has books about which you have to decide",
        Severity.WARNING,
        events={
            DownloadWaits: of_waiting,
            ImportProposed: of_proposal,
            ImportUnconfirmed: of_unconfirmed_import,
            OwnedBookGone: of_vanished_owned_book,
            ImportListNeedsPerson: of_doubtful_entries,
        },
    ),
    NotificationKind(
        NewsKind.ACCOUNT_LIMIT,
        "the MyAnonamouse account is close to its limit of unsatisfied torrents, or to the ratio below which only"
        " freeleech torrents are grabbed",
        Severity.WARNING,
        immediate=True,
    ),
    NotificationKind(NewsKind.VIP_ENDS, "the VIP status at MyAnonamouse ends within five days", Severity.WARNING),
    NotificationKind(
        NewsKind.SESSION_OLD, "the MyAnonamouse session was not used for ten days and ends soon", Severity.WARNING
    ),
    NotificationKind(
        NewsKind.HIT_AND_RUN,
        "a torrent stopped seeding too soon, or may not meet its seeding duty at MyAnonamouse in time",
        Severity.WARNING,
        events={SeedingInterrupted: of_interrupted_seeding},
    ),
    NotificationKind(
        NewsKind.SERVICE_DOWN,
        "a service has not answered for one minute, or an outside system for 15 minutes; and when it is available"
        " again",
        Severity.WARNING,
        immediate=True,
    ),
)
BY_KIND = {each.kind: each for each in KINDS}
BY_EVENT = {event: make for each in KINDS for event, make in each.events.items()}
"""How the notification of each event is made."""


def make_notification(event: Event, at: datetime, message_id: str) -> Notification | None:
    """The notification of an event that was published at this time with this id, or None if it leads to none."""
    return BY_EVENT[type(event)](event, at, message_id)


def default_kinds() -> frozenset[NewsKind]:
    """The kinds that are sent to a target that names none."""
    return frozenset(each.kind for each in KINDS if each.on_by_default)
