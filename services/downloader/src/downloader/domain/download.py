"""A download and the transitions between its statuses."""

from downloader.domain.download_choice import ChoiceTransitions
from downloader.domain.download_import import ImportTransitions
from downloader.domain.download_retry import RetryTransitions
from downloader.domain.download_transfer import TransferTransitions


class Download(ChoiceTransitions, TransferTransitions, ImportTransitions, RetryTransitions):
    """One wanted book on its way from search to import. `DownloadState` describes its fields."""

    __slots__ = ()
