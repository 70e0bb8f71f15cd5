"""Settings of the downloader."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from shared.chassis.settings import ServiceSettings
from shared.contracts.values import MissingReason

from downloader.domain.limits import GIB, Limits


class DownloaderSettings(ServiceSettings):
    """qBittorrent, Prowlarr, the folders, and what is grabbed automatically."""

    qbittorrent_url: str = Field(
        description="address of qBittorrent's web interface",
        examples=["http://qbittorrent:8080"],
        pattern=r"^https?://",
    )
    qbittorrent_username: str = Field("admin", description="user of qBittorrent's web interface")
    qbittorrent_password: SecretStr = Field(
        SecretStr(""), description="password of qBittorrent's web interface; empty if it needs none"
    )
    qbittorrent_category: str = Field("gapless", min_length=1, description="category of our torrents in qBittorrent")
    qbittorrent_download_path: str = Field(
        "",
        description="DOWNLOAD_PATH as qBittorrent sees it; empty if it is the same path",
        examples=["/downloads/gapless"],
    )
    prowlarr_url: str = Field(
        "", description="address of Prowlarr; empty to search without it", pattern=r"^(https?://.*)?$",
        examples=["http://prowlarr:9696"],
    )  # fmt: skip
    prowlarr_api_key: SecretStr = Field(SecretStr(""), description="Prowlarr's API key (Settings, General)")
    download_path: Path = Field(description="folder in which our torrents are saved", examples=["/data/downloads"])
    library_path: Path = Field(
        description="folder of the Audiobookshelf library, preferably on the file system of DOWNLOAD_PATH",
        examples=["/data/audiobooks"],
    )
    series_auto_download: bool = Field(False, description="grab gaps of series without approval: true or false")
    author_auto_download: bool = Field(False, description="grab gaps of authors without approval: true or false")
    top10_auto_download: bool = Field(False, description="grab books of top lists without approval: true or false")
    top10_min_seeders: int = Field(50, ge=0, description="minimum number of seeders for a book of a top list")
    min_bitrate_kbps: float = Field(
        16.0, ge=0, description="minimum bitrate of a release (size per playing time), kbit/s"
    )
    max_bitrate_kbps: float = Field(
        512.0, gt=0, description="maximum bitrate of a release (size per playing time), kbit/s"
    )
    min_free_disk_gib: float = Field(5.0, ge=0, description="GiB that a download must leave free at DOWNLOAD_PATH")
    mam_min_ratio: float = Field(
        1.0, ge=0, description="minimum ratio at MyAnonamouse; only freeleech is grabbed if the ratio would fall below"
    )
    mam_unsatisfied_reserve: int = Field(
        1, ge=0, description="places kept free below MyAnonamouse's limit of unsatisfied torrents"
    )
    download_stalled_hours: float = Field(
        24.0,
        gt=0,
        description="hours without progress and seeds after which a download fails; may be a fraction",
    )
    download_retention_days: int = Field(
        90, ge=1, description="days for which imported and cancelled downloads are kept"
    )
    verify_decode: Literal["sampled", "full"] = Field(
        "sampled", description="how much of the finished audio is decoded: sampled (first and last minute) or full"
    )

    def limits(self) -> Limits:
        """The limits for the rules."""
        automatic = {
            MissingReason.SERIES_GAP: self.series_auto_download,
            MissingReason.AUTHOR_GAP: self.author_auto_download,
            MissingReason.TOP10: self.top10_auto_download,
        }
        return Limits(
            min_bitrate_kbps=self.min_bitrate_kbps,
            max_bitrate_kbps=self.max_bitrate_kbps,
            min_free_disk_bytes=int(self.min_free_disk_gib * GIB),
            mam_min_ratio=self.mam_min_ratio,
            mam_unsatisfied_reserve=self.mam_unsatisfied_reserve,
            top10_min_seeders=self.top10_min_seeders,
            auto_download=frozenset(reason for reason, on in automatic.items() if on),
        )
