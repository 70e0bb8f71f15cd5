"""What the doctor thinks of what everything stands on: streams, disk, Postgres, and what outside systems let us do."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from shared.contracts.downloads.folders import Folder
from shared.contracts.gateway.diagnostics import DatabaseState, Lag, OutgoingLimit, StreamState
from shared.contracts.gateway.notifications import MessageStatus, NotificationTarget
from shared.contracts.library.completeness import Completeness
from shared.contracts.mam.account import Egress

from cli.doctor.findings import Finding, Severity

LAG_SECONDS = 600.0
"""A search waits for its turn at the tracker, and a failed message two minutes for its next attempt; more is worth a
word."""
FULL = 0.8
BOOKS_NAMED = 3
"""Of a finding about books, so many are named; GET /api/system/data-quality names more."""
OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT
_GIB = 2**30


def check_notifications(targets: Sequence[NotificationTarget]) -> Iterator[Finding]:
    """Whether the last message to each target arrived."""
    for target in targets:
        severity, words, advice = OK, "nothing was to be told yet", ""
        if target.last:
            words = f"{target.last.words}, at {target.last.created_at:%Y-%m-%d %H:%M} UTC"
            if target.last.status not in (MessageStatus.SENT, MessageStatus.SENDING):
                severity = WARNING
                advice = "try it with POST /api/notifications/test; if it fails, correct NOTIFY_URLS"
        yield Finding(area="notifications", subject=target.id, severity=severity, words=words, to_do=advice)


def check_library(told: Completeness) -> Iterator[Finding]:
    """What is wrong with the library as a whole: one finding a kind, however many books it concerns."""
    for each in told.findings:
        named = "; ".join(f"“{book.path}” {book.words}" for book in each.books[:BOOKS_NAMED])
        words = f"{each.words}: {named}" if named else each.words
        yield Finding(area="library", subject="library-scanner", severity=WARNING, words=words, to_do=each.to_do)
    if not told.findings:
        yield Finding(
            area="library", subject="library-scanner", words=f"{told.books} books, each in an item of its own"
        )


def check_streams(streams: Sequence[StreamState], lags: Sequence[Lag]) -> Iterator[Finding]:
    """Whether there is room for messages, and whether they are done in time."""
    for each in streams:
        severity, advice = OK, ""
        if each.size_limit_bytes > 0 and each.size_bytes > FULL * each.size_limit_bytes:
            severity, advice = WARNING, "see which service is behind: when the stream is full, services cannot go on"
        words = f"{each.messages} messages, {each.size_bytes / 2**20:.1f} MiB"
        yield Finding(area="streams", subject=each.name, severity=severity, words=words, to_do=advice)
    late = [lag for lag in lags if lag.oldest_seconds and lag.oldest_seconds > LAG_SECONDS]
    for lag in late:
        waits = lag.pending + lag.unacknowledged
        words = (
            f"{waits} of {lag.message_subject} are not done, the oldest for {(lag.oldest_seconds or 0) / 60:.0f} min"
        )
        advice = "see whether the service runs, and its failed messages and log"
        yield Finding(area="lags", subject=lag.service, severity=WARNING, words=words, to_do=advice)
    if lags and not late:
        waiting = sum(lag.pending + lag.unacknowledged for lag in lags)
        yield Finding(area="lags", subject="services", words=f"{waiting} messages under way, none for long")


def check_disk(folders: Sequence[Folder]) -> Iterator[Finding]:
    """What is free where files are written."""
    for each in folders:
        if each.problem or each.free_bytes is None:
            yield Finding(area="disk", subject=each.name, severity=FAULT, words=f"{each.path}: {each.problem}",
                          to_do="make the folder readable and writable for Gapless")  # fmt: skip
            continue
        words = f"{each.path}: {each.free_bytes / _GIB:.1f} GiB free"
        if each.free_bytes <= each.keep_free_bytes:
            advice = f"make room: with less than {each.keep_free_bytes / _GIB:g} GiB (MIN_FREE_DISK_GIB) nothing comes"
            yield Finding(area="disk", subject=each.name, severity=FAULT, words=words, to_do=advice)
        else:
            yield Finding(area="disk", subject=each.name, words=words)


def check_database(found: DatabaseState | None) -> Iterator[Finding]:
    """Whether connections run out."""
    if found is None:
        return
    words = (
        f"version {found.server_version}, {found.size_bytes / 2**20:.0f} MiB,"
        f" {found.connections} of {found.connections_limit} connections"
    )
    if found.connections > FULL * found.connections_limit:
        yield Finding(area="database", subject="Postgres", severity=WARNING, words=words,
                      to_do="raise max_connections of Postgres, or run fewer replicas")  # fmt: skip
    else:
        yield Finding(area="database", subject="Postgres", words=words)


def check_limits(limits: Sequence[OutgoingLimit], egress: Egress | None) -> Iterator[Finding]:
    """What outside systems still let us do, and where they see us come from."""
    for each in limits:
        if each.closed_until and each.closed_until > datetime.now(UTC):
            words = f"{each.client}: nothing before {each.closed_until:%H:%M} UTC: {each.closed_because}"
            yield Finding(area="limits", subject=each.service, severity=WARNING, words=words,
                          to_do="nothing, if it goes by; else see its credentials in the settings")  # fmt: skip
        elif each.left == 0:
            words = f"{each.client}: {each.words}"
            yield Finding(area="limits", subject=each.service, severity=WARNING, words=words,
                          to_do="wait: what is put off goes on by itself")  # fmt: skip
        else:
            yield Finding(area="limits", subject=each.service, words=f"{each.client}: {each.words}")
    if egress:
        words = f"the tracker sees us at {egress.address} {f'({egress.network})' if egress.network else ''}".strip()
        yield Finding(area="egress", subject="mam-search", words=words)
