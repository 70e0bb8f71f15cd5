"""What mam-search must know about a grab at MyAnonamouse, so that its reservation ends at the right time.

A reservation is taken before the torrent is fetched. It is returned when the release is not added to the client, and
ends when the site's figures include the torrent. The reports follow from the states of a download before and after a
change, so that no transition can forget one.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.mam.grabs import GrabStage, OfferedRelease, ReportGrab
from shared.contracts.mam.releases import Release

from downloader.domain.download import Download
from downloader.domain.limits import is_of_mam


@dataclass(frozen=True, slots=True)
class AccountGrab:
    """A grab that may have a reservation. `stage` is None before the client has the torrent."""

    grab_id: UUID
    stage: GrabStage | None = None


def offered(release: Release) -> OfferedRelease:
    """The release as input of the account's rule for grabs."""
    return OfferedRelease(
        indexer=release.indexer,
        release_id=release.id,
        torrent_id=release.torrent_id,
        title=release.title[:1_000],
        size_bytes=release.size_bytes,
        freeleech=release.freeleech,
        vip=release.vip,
        vip_until=release.vip_until,
    )


def account_grab(download: Download) -> AccountGrab | None:
    """The grab of a download, or None if it can have no reservation: without a choice, deferred, or failed before.

    The torrent of a pack is one grab, which is that of the download that leads the pack.
    """
    if not download.leads_pack:
        return None
    if download.choice_id is None or download.release is None or not is_of_mam(download.release):
        return None
    if download.grabbed_at is None:
        in_progress = download.awaits_grab and not download.is_deferred
        return AccountGrab(download.choice_id) if in_progress else None
    transfers = download.completed_at is None and download.status in _TRANSFERRING
    return AccountGrab(download.choice_id, GrabStage.GRABBED if transfers else GrabStage.ENDED)


def reports(before: AccountGrab | None, after: AccountGrab | None, at: datetime) -> list[ReportGrab]:
    """What to report about a change of a download."""
    found = []
    if before is not None and (after is None or after.grab_id != before.grab_id):
        stage = GrabStage.DROPPED if before.stage is None else GrabStage.ENDED
        found.append(ReportGrab(grab_id=before.grab_id, stage=stage, at=at))
    if after is not None and after.stage is not None and after != before:
        found.append(ReportGrab(grab_id=after.grab_id, stage=after.stage, at=at))
    return found


_TRANSFERRING = frozenset({DownloadStatus.DOWNLOADING, DownloadStatus.SEARCHING})
"""A torrent that the client lost is added again and stays counted."""
