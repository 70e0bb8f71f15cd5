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
from shared.contracts.translatable import with_code
from shared.translatable import translatable

from gateway.doctor.found import found

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
        words: str = translatable("doctor.nothing_sent", "no message sent yet")
        severity, advice = OK, ""
        if last := target.last:
            words = f"{last.words}, at {last.created_at:%Y-%m-%d %H:%M} UTC"
            words = translatable("doctor.last_message", words, state=last.status, at=last.created_at.isoformat())
            if last.status not in (MessageStatus.SENT, MessageStatus.SENDING):
                severity = WARNING
                advice = "test it with POST /api/notifications/test; if that fails, correct NOTIFY_URLS"
        yield found("notifications", target.id, words, severity, advice)


def check_backups(backups: ScheduledBackups, now: datetime) -> Iterator[DoctorFinding]:
    """Whether backups are made on a schedule, and the newest one is not too old."""
    path, count = backups.path, len(backups.items)
    if path is None:
        words = "none are made on a schedule; set BACKUP_PATH to a folder for them"
        yield found("backups", "gateway", translatable("doctor.no_backups", words))
        return
    newest = backups.items[0].made_at if backups.items else None
    age_days = (now - newest).total_seconds() / 86_400 if newest else None
    if newest and age_days is not None and age_days <= NO_BACKUP_DAYS:
        words = f"{count} in {path}, the newest of {newest:%Y-%m-%d %H:%M} UTC"
        words = translatable("doctor.backups", words, count=count, path=path, newest=newest.isoformat())
        yield found("backups", "gateway", words)
        return
    words = f"no backup in {path}" + ("" if age_days is None else f" for {age_days:.0f} days")
    words = translatable("doctor.backup_missing", words, path=path, days=None if age_days is None else round(age_days))
    advice = "POST /api/scheduler/tasks/backup/run makes one now; the problems of its last run say why there is none"
    yield found("backups", "gateway", words, WARNING, advice)


def check_library(completeness: Completeness) -> Iterator[DoctorFinding]:
    """Problems of the library as a whole: one finding per kind, however many books it concerns."""
    for each in completeness.findings:
        named = "; ".join(f"“{book.path}” {book.words}" for book in each.books[:BOOKS_NAMED])
        words = f"{each.words}: {named}" if named else each.words
        paths = [book.path for book in each.books[:BOOKS_NAMED]]
        words = translatable("doctor.library_finding", words, kind=each.kind, count=each.count, books=paths)
        advice = translatable("doctor.library_remedy", each.to_do, kind=each.kind)
        yield found("library", "library-scanner", words, WARNING, advice)
    if not completeness.findings:
        words = translatable(
            "doctor.library", f"{completeness.books} books, each in its own item", books=completeness.books
        )
        yield found("library", "library-scanner", words)


def check_streams(streams: Sequence[StreamState], lags: Sequence[Lag]) -> Iterator[DoctorFinding]:
    """Whether the streams have room for messages, and whether messages are handled in time."""
    for each in streams:
        severity, advice = OK, ""
        if each.size_limit_bytes > 0 and each.size_bytes > NEARLY_FULL * each.size_limit_bytes:
            severity, advice = WARNING, "find the service that is behind: services stop when the stream is full"
        words = f"{each.messages} messages, {each.size_bytes / 2**20:.1f} MiB"
        words = translatable("doctor.stream", words, messages=each.messages, size=each.size_bytes)
        yield found("streams", each.name, words, severity, advice)
    late = [lag for lag in lags if lag.oldest_seconds and lag.oldest_seconds > LAG_SECONDS]
    for lag in late:
        pending, seconds = lag.pending + lag.unacknowledged, lag.oldest_seconds or 0
        seen = f"{pending} messages {lag.message_subject} are pending, the oldest for {seconds / 60:.0f} min"
        words = translatable("doctor.lag", seen, pending=pending, subject=lag.message_subject, oldest=seconds)
        advice = "check whether the service is running, its failed messages and its log"
        yield found("lags", lag.service, words, WARNING, advice)
    if lags and not late:
        waiting = sum(lag.pending + lag.unacknowledged for lag in lags)
        words = translatable("doctor.no_lag", f"{waiting} messages pending, none for long", pending=waiting)
        yield found("lags", "services", words)


def check_disk(folders: Sequence[Folder]) -> Iterator[DoctorFinding]:
    """Whether the folders can be used and have enough free space."""
    for each in folders:
        if each.problem or each.free_bytes is None:
            words = translatable(
                "doctor.folder_fails", f"{each.path}: {each.problem}", path=each.path, problem=each.problem
            )
            advice = translatable("doctor.make_usable", "make the folder readable and writable for Gapless")
            yield found("disk", each.name, words, FAULT, advice)
            continue
        free = f"{each.path}: {each.free_bytes / _GIB:.1f} GiB free"
        words = translatable("doctor.free", free, path=each.path, free=each.free_bytes)
        if each.free_bytes <= each.keep_free_bytes:
            least = f"free some space: downloads stop below {each.keep_free_bytes / _GIB:g} GiB (MIN_FREE_DISK_GIB)"
            advice = translatable("doctor.free_space", least, least=each.keep_free_bytes)
            yield found("disk", each.name, words, FAULT, advice)
        else:
            yield found("disk", each.name, words)


def check_database(database: DatabaseState | None) -> Iterator[DoctorFinding]:
    """Whether Postgres is running out of connections."""
    if database is None:
        return
    words = translatable(
        "doctor.database",
        f"version {database.server_version}, {database.size_bytes / 2**20:.0f} MiB,"
        f" {database.connections} of {database.connections_limit} connections",
        version=database.server_version,
        size=database.size_bytes,
        used=database.connections,
        limit=database.connections_limit,
    )
    if database.connections > NEARLY_FULL * database.connections_limit:
        advice = "raise max_connections of Postgres, or run fewer replicas"
        yield found("database", "Postgres", words, WARNING, advice)
    else:
        yield found("database", "Postgres", words)


def check_limits(limits: Sequence[OutgoingLimit], egress: Egress | None) -> Iterator[DoctorFinding]:
    """The state of the outgoing rate limits, and the public address that the tracker sees."""
    for each in limits:
        limit = with_code(each.words, each.translatable.get("words"))
        words = translatable("doctor.limit", f"{each.client}: {each.words}", client=each.client, limit=limit)
        if each.closed_until and each.closed_until > datetime.now(UTC):
            words = translatable(
                "doctor.limit_closed",
                f"{each.client}: paused until {each.closed_until:%H:%M} UTC: {each.closed_because}",
                client=each.client,
                until=each.closed_until.isoformat(),
                because=each.closed_because,
            )
            advice = "nothing if it was temporary; else check the credentials in the settings"
            yield found("limits", each.service, words, WARNING, advice)
        elif each.left == 0:
            yield found("limits", each.service, words, WARNING, "wait: deferred work continues automatically")
        else:
            yield found("limits", each.service, words)
    if egress:
        network = f" ({egress.network})" if egress.network else ""
        seen = f"the tracker sees the address {egress.address}{network}"
        words = translatable("doctor.egress", seen, address=egress.address, network=egress.network)
        yield found("egress", "mam-search", words)


def check_addresses(addresses: PublicAddresses) -> Iterator[DoctorFinding]:
    """Whether Gapless, the registration at the tracker and the torrent client have the same public address."""
    unknown = translatable("addresses.unknown", "unknown")
    seen, registered = addresses.seen or unknown, addresses.registered or unknown
    client = addresses.client or [unknown]
    words = f"seen {seen}, registered {registered}, client {' and '.join(client)}"
    words = translatable("doctor.addresses", words, seen=seen, registered=registered, client=client)
    severity = WARNING if addresses.agree is False else OK
    advice = with_code("; ".join(addresses.findings), addresses.translatable.get("findings"))
    yield found("addresses", "torrent client", words, severity, advice)
