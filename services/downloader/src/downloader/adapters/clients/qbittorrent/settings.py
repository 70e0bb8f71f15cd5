"""The settings of qBittorrent."""

from typing import ClassVar

from pydantic import Field, SecretStr
from shared.chassis.setting_groups import Group

from downloader.adapters.clients.client_kind import ClientSettings


class QBittorrentSettings(ClientSettings):
    """The address, the account, the category, and the download folder as qBittorrent sees it."""

    group: ClassVar = Group("qbittorrent", "qBittorrent")

    qbittorrent_url: str = Field(
        description="address of qBittorrent's web interface",
        examples=["http://qbittorrent:8080"],
        pattern=r"^https?://",
    )
    qbittorrent_username: str = Field("admin", description="user of qBittorrent's web interface")
    qbittorrent_password: SecretStr = Field(
        SecretStr(""), description="password of qBittorrent's web interface; empty if it needs none"
    )
    qbittorrent_api_key: SecretStr = Field(
        SecretStr(""),
        description="API key of qBittorrent 5.2 or newer, instead of user and password; empty to log in with those",
    )
    qbittorrent_category: str = Field("gapless", min_length=1, description="category of our torrents in qBittorrent")
    qbittorrent_download_path: str = Field(
        "",
        description="DOWNLOAD_PATH as qBittorrent sees it; empty if it is the same path",
        examples=["/downloads/gapless"],
    )
