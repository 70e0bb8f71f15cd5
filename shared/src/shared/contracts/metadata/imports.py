"""The metadata of imported books."""

from typing import ClassVar

from shared.contracts.message import Event
from shared.contracts.values import DownloadId


class ImportDescribed(Event):
    """The metadata of its work was written to the book of a download, so `DownloadImported` is not sent again."""

    subject: ClassVar[str] = "evt.metadata.import_described"
    download_id: DownloadId
