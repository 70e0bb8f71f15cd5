"""Settings of the downloader."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from shared.chassis.settings import ServiceSettings
from shared.contracts.values import MissingReason

from downloader.domain.limits import GIB, Limits


class DownloaderSettings(ServiceSettings):
    """qBittorrent, Prowlarr, the disk, and what may be grabbed without a person."""

    qbittorrent_url: str = Field(
        description="address of qBittorrent's web interface",
        examples=["http://qbittorrent:8080"],
        pattern=r"^https?://",
    )
    qbittorrent_username: str = Field("admin", description="user of qBittorrent's web interface")
    qbittorrent_password: SecretStr = Field(
        SecretStr(""), description="password of qBittorrent's web interface; empty: it asks for none"
    )
    qbittorrent_category: str = Field("gapless", min_length=1, description="category of our torrents in qBittorrent")
    qbittorrent_download_path: str = Field(
        "", description="DOWNLOAD_PATH as qBittorrent sees it; empty: the same path", examples=["/downloads/gapless"]
    )
    prowlarr_url: str = Field(
        "", description="address of Prowlarr; empty: it is not asked", pattern=r"^(https?://.*)?$",
        examples=["http://prowlarr:9696"],
    )  # fmt: skip
    prowlarr_api_key: SecretStr = Field(SecretStr(""), description="Prowlarr's API key (Settings, General)")
    download_path: Path = Field(description="folder that our torrents are saved in", examples=["/data/downloads"])
    library_path: Path = Field(
        description="folder of the Audiobookshelf library, best on the same file system as DOWNLOAD_PATH",
        examples=["/data/audiobooks"],
    )
    series_auto_download: bool = Field(False, description="grab gaps of series without asking: true or false")
    author_auto_download: bool = Field(False, description="grab gaps of authors without asking: true or false")
    top10_auto_download: bool = Field(False, description="grab books of top lists without asking: true or false")
    top10_min_seeders: int = Field(50, ge=0, description="least seeders for a book of a top list")
    min_bitrate_kbps: float = Field(16.0, ge=0, description="least size per playing time of a release, kbit/s")
    max_bitrate_kbps: float = Field(512.0, gt=0, description="largest size per playing time of a release, kbit/s")
    min_free_disk_gib: float = Field(5.0, ge=0, description="GiB that a download must leave free at DOWNLOAD_PATH")
    mam_min_ratio: float = Field(
        1.0, ge=0, description="nothing but freeleech is grabbed at MyAnonamouse that would bring the ratio below this"
    )
    mam_unsatisfied_reserve: int = Field(
        1, ge=0, description="places kept free below MyAnonamouse's limit of unsatisfied torrents"
    )
    download_stalled_hours: float = Field(
        24.0,
        gt=0,
        description="hours without progress and without seeds until a download is given up; may be a fraction",
    )
    download_retention_days: int = Field(
        90, ge=1, description="days that imported and cancelled downloads are kept in the list"
    )
    verify_decode: Literal["sampled", "full"] = Field(
        "sampled", description="how finished audio is checked: sampled (first and last minute decoded) or full"
    )

    def limits(self) -> Limits:
        """The figures that the rules look at."""
        allowed = {
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
            auto_download=frozenset(reason for reason, on in allowed.items() if on),
        )
