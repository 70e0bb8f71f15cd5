"""The metadata of imported books."""

from typing import ClassVar

from shared.contracts.message import Event
from shared.contracts.values import DownloadId


class ImportDescribed(Event):
    """The book of a download was given the metadata of its work, so `DownloadImported` is not sent again."""

    subject: ClassVar[str] = "evt.metadata.import_described"
    download_id: DownloadId
