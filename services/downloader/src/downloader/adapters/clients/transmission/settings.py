"""The settings of Transmission."""

from typing import ClassVar

from pydantic import Field, SecretStr
from shared.chassis.setting_groups import Group

from downloader.adapters.clients.client_kind import ClientSettings


class TransmissionSettings(ClientSettings):
    """The address, the account, the label, and the download folder as Transmission sees it."""

    group: ClassVar = Group("transmission", "Transmission")

    transmission_url: str = Field(
        description="address of Transmission's web interface; with the path of its RPC if that is not the usual one",
        examples=["http://transmission:9091"],
        pattern=r"^https?://",
    )
    transmission_username: str = Field("", description="user of Transmission's web interface; empty if it needs none")
    transmission_password: SecretStr = Field(SecretStr(""), description="password of Transmission's web interface")
    transmission_label: str = Field(
        "gapless", min_length=1, pattern=r"^[^,]+$", description="label of our torrents in Transmission"
    )
    transmission_download_path: str = Field(
        "",
        description="DOWNLOAD_PATH as Transmission sees it; empty if it is the same path",
        examples=["/downloads/gapless"],
    )
