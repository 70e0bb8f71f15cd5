"""Fetches and reads pictures of providers."""

import asyncio
from dataclasses import replace

from shared.chassis.pictures import NoPicture, Picture, read_picture
from shared.chassis.public_fetch import NotFetched, PublicFetcher

MAX_BYTES = 16 * 2**20
FETCH_SECONDS = 20.0
AT_A_TIME = 2


class PictureReader:
    """Pictures from the network, two at a time."""

    def __init__(self, fetcher: PublicFetcher) -> None:
        self._fetcher = fetcher
        self._turn = asyncio.Semaphore(AT_A_TIME)

    async def read(self, address: str) -> Picture | str:
        """The picture at an address with its content, or why there is none."""
        async with self._turn:
            try:
                fetched = await self._fetcher.fetch(address)
                picture = await asyncio.to_thread(read_picture, fetched.content)
                return replace(picture, content=fetched.content)
            except (NotFetched, NoPicture) as error:
                return str(error)
