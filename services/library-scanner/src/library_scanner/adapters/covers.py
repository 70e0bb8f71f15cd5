"""Fetches the covers of providers."""

from shared.chassis.pictures import NoPicture, read_picture
from shared.chassis.public_fetch import NotFetched, PublicFetcher

from library_scanner.domain.contents import Refused
from library_scanner.domain.item import CoverFile


class FetchedCovers:
    """Covers from the network."""

    def __init__(self, fetcher: PublicFetcher) -> None:
        self._fetcher = fetcher

    async def fetch(self, address: str) -> CoverFile:
        """Fetch a picture that Audiobookshelf accepts. Raises `Refused`."""
        try:
            fetched = await self._fetcher.fetch(address)
            picture = read_picture(fetched.content)
        except (NotFetched, NoPicture) as error:
            raise Refused(f"the picture cannot be used: {error}") from error
        return CoverFile(fetched.content, picture.media_type)
