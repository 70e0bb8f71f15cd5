"""Answers with the cover of a book."""

from shared.chassis.errors import NotFound
from shared.contracts.library.covers import CoverImage, GetCover

from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.cover_images import CoverImages


class GetCoverHandler:
    """Handles `GetCover`. No transaction is open while Audiobookshelf is asked."""

    def __init__(self, read_only: Transactions, images: CoverImages) -> None:
        self._read_only = read_only
        self._images = images

    async def get(self, request: GetCover) -> CoverImage:
        """Return the cover, without its content if the caller has this version already.

        Raises `NotFound` if the book does not exist or has no cover, and subclasses of `RemoteError`.
        """
        async with self._read_only() as tx:
            cover = await tx.lists.item_cover(request.book_id)
        if cover is None:
            raise NotFound(f"book {request.book_id} does not exist, or has no cover in Audiobookshelf")
        version = cover.version(request.width)
        if version in request.known:
            return CoverImage(version=version)
        file = await self._images.get(cover, request.width)
        if file is None:
            raise NotFound(f"Audiobookshelf has no cover of book {request.book_id}")
        return CoverImage.of(version, file.media_type, file.content)
