"""The settings of Transmission."""

from pydantic import BaseModel, Field, SecretStr


class TransmissionSettings(BaseModel):
    """The address, the account, the label, and the download folder as Transmission sees it."""

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
