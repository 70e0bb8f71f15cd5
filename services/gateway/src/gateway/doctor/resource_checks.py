"""The doctor's checks of resources: streams, disk, Postgres, library, notifications, backups, outgoing rate limits."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from shared.contracts.downloads.folders import Folder
from shared.contracts.gateway.backups import ScheduledBackups
from shared.contracts.gateway.diagnostics import DatabaseState, Lag, OutgoingLimit, PublicAddresses, StreamState
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.gateway.notifications import MessageStatus, NotificationTarget
from shared.contracts.library.completeness import Completeness
from shared.contracts.mam.account import Egress

LAG_SECONDS = 600.0
"""The age of the oldest pending message that is a warning. A search waits for the rate limit of the tracker, and a
failed message waits two minutes for its next attempt, so shorter delays are normal."""
NEARLY_FULL = 0.8
NO_BACKUP_DAYS = 3
"""A newest backup that is older than this is a warning. The task makes one each night."""
BOOKS_NAMED = 3
"""How many books a finding names; GET /api/system/data-quality names more."""
OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT
_GIB = 2**30


def check_notifications(targets: Sequence[NotificationTarget]) -> Iterator[DoctorFinding]:
    """Whether the last message to each target was delivered."""
    for target in targets:
        severity, words, advice = OK, "no message sent yet", ""
        if target.last:
            words = f"{target.last.words}, at {target.last.created_at:%Y-%m-%d %H:%M} UTC"
            if target.last.status not in (MessageStatus.SENT, MessageStatus.SENDING):
                severity = WARNING
                advice = "test it with POST /api/notifications/test; if that fails, correct NOTIFY_URLS"
        yield DoctorFinding(area="notifications", subject=target.id, severity=severity, words=words, to_do=advice)


def check_backups(backups: ScheduledBackups, now: datetime) -> Iterator[DoctorFinding]:
    """Whether backups are made on a schedule, and the newest one is not too old."""
    if backups.path is None:
        words = "none are made on a schedule; set BACKUP_PATH to a folder for them"
        yield DoctorFinding(area="backups", subject="gateway", words=words)
        return
    age_days = (now - backups.items[0].made_at).total_seconds() / 86_400 if backups.items else None
    if age_days is not None and age_days <= NO_BACKUP_DAYS:
        words = f"{len(backups.items)} in {backups.path}, the newest of {backups.items[0].made_at:%Y-%m-%d %H:%M} UTC"
        yield DoctorFinding(area="backups", subject="gateway", words=words)
        return
    words = f"no backup in {backups.path}" + ("" if age_days is None else f" for {age_days:.0f} days")
    advice = "POST /api/scheduler/tasks/backup/run makes one now; the problems of its last run say why there is none"
    yield DoctorFinding(area="backups", subject="gateway", severity=WARNING, words=words, to_do=advice)


def check_library(completeness: Completeness) -> Iterator[DoctorFinding]:
    """Problems of the library as a whole: one finding per kind, however many books it concerns."""
    for each in completeness.findings:
        named = "; ".join(f"“{book.path}” {book.words}" for book in each.books[:BOOKS_NAMED])
        words = f"{each.words}: {named}" if named else each.words
        yield DoctorFinding(area="library", subject="library-scanner", severity=WARNING, words=words, to_do=each.to_do)
    if not completeness.findings:
        words = f"{completeness.books} books, each in its own item"
        yield DoctorFinding(area="library", subject="library-scanner", words=words)


def check_streams(streams: Sequence[StreamState], lags: Sequence[Lag]) -> Iterator[DoctorFinding]:
    """Whether the streams have room for messages, and whether messages are handled in time."""
    for each in streams:
        severity, advice = OK, ""
        if each.size_limit_bytes > 0 and each.size_bytes > NEARLY_FULL * each.size_limit_bytes:
            severity, advice = WARNING, "find the service that is behind: services stop when the stream is full"
        words = f"{each.messages} messages, {each.size_bytes / 2**20:.1f} MiB"
        yield DoctorFinding(area="streams", subject=each.name, severity=severity, words=words, to_do=advice)
    late = [lag for lag in lags if lag.oldest_seconds and lag.oldest_seconds > LAG_SECONDS]
    for lag in late:
        pending, minutes = lag.pending + lag.unacknowledged, (lag.oldest_seconds or 0) / 60
        words = f"{pending} messages {lag.message_subject} are pending, the oldest for {minutes:.0f} min"
        advice = "check whether the service is running, its failed messages and its log"
        yield DoctorFinding(area="lags", subject=lag.service, severity=WARNING, words=words, to_do=advice)
    if lags and not late:
        waiting = sum(lag.pending + lag.unacknowledged for lag in lags)
        yield DoctorFinding(area="lags", subject="services", words=f"{waiting} messages pending, none for long")


def check_disk(folders: Sequence[Folder]) -> Iterator[DoctorFinding]:
    """Whether the folders can be used and have enough free space."""
    for each in folders:
        if each.problem or each.free_bytes is None:
            yield DoctorFinding(area="disk", subject=each.name, severity=FAULT, words=f"{each.path}: {each.problem}",
                          to_do="make the folder readable and writable for Gapless")  # fmt: skip
            continue
        words = f"{each.path}: {each.free_bytes / _GIB:.1f} GiB free"
        if each.free_bytes <= each.keep_free_bytes:
            advice = f"free some space: downloads stop below {each.keep_free_bytes / _GIB:g} GiB (MIN_FREE_DISK_GIB)"
            yield DoctorFinding(area="disk", subject=each.name, severity=FAULT, words=words, to_do=advice)
        else:
            yield DoctorFinding(area="disk", subject=each.name, words=words)


def check_database(database: DatabaseState | None) -> Iterator[DoctorFinding]:
    """Whether Postgres is running out of connections."""
    if database is None:
        return
    words = (
        f"version {database.server_version}, {database.size_bytes / 2**20:.0f} MiB,"
        f" {database.connections} of {database.connections_limit} connections"
    )
    if database.connections > NEARLY_FULL * database.connections_limit:
        yield DoctorFinding(area="database", subject="Postgres", severity=WARNING, words=words,
                      to_do="raise max_connections of Postgres, or run fewer replicas")  # fmt: skip
    else:
        yield DoctorFinding(area="database", subject="Postgres", words=words)


def check_limits(limits: Sequence[OutgoingLimit], egress: Egress | None) -> Iterator[DoctorFinding]:
    """The state of the outgoing rate limits, and the public address that the tracker sees."""
    for each in limits:
        if each.closed_until and each.closed_until > datetime.now(UTC):
            words = f"{each.client}: paused until {each.closed_until:%H:%M} UTC: {each.closed_because}"
            yield DoctorFinding(area="limits", subject=each.service, severity=WARNING, words=words,
                          to_do="nothing if it was temporary; else check the credentials in the settings")  # fmt: skip
        elif each.left == 0:
            words = f"{each.client}: {each.words}"
            yield DoctorFinding(area="limits", subject=each.service, severity=WARNING, words=words,
                          to_do="wait: deferred work continues automatically")  # fmt: skip
        else:
            yield DoctorFinding(area="limits", subject=each.service, words=f"{each.client}: {each.words}")
    if egress:
        network = f" ({egress.network})" if egress.network else ""
        words = f"the tracker sees the address {egress.address}{network}"
        yield DoctorFinding(area="egress", subject="mam-search", words=words)


def check_addresses(addresses: PublicAddresses) -> Iterator[DoctorFinding]:
    """Whether Gapless, the registration at the tracker and the torrent client have the same public address."""
    known = {"seen": addresses.seen, "registered": addresses.registered, "client": " and ".join(addresses.client)}
    words = ", ".join(f"{name} {address or 'unknown'}" for name, address in known.items())
    severity = WARNING if addresses.agree is False else OK
    yield DoctorFinding(
        area="addresses", subject="torrent client", severity=severity, words=words, to_do="; ".join(addresses.findings)
    )
