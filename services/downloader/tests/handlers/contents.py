"""The chapters and the cover that a test gives to each edition."""

from downloader.domain.chapters import ListedChapters
from downloader.domain.download import Download
from downloader.domain.edition_contents import Cover


class FakeContents:
    """What the metadata service has."""

    def __init__(self) -> None:
        self.lists: list[ListedChapters] = []
        self.picture: Cover | None = None

    async def chapters(self, _download: Download) -> list[ListedChapters]:
        return self.lists

    async def cover(self, _download: Download) -> Cover | None:
        return self.picture
