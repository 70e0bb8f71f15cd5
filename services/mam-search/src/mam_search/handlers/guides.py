"""Lists, searches and shows the stored guides and forum topics."""

from shared.contracts.mam.guides import GetGuide, Guide, GuideList, ListGuides

from mam_search.domain.guide_ports import Guides


class GuideHandlers:
    """Answers `ListGuides` and `GetGuide`. It sends nothing to the site."""

    def __init__(self, guides: Guides) -> None:
        self._guides = guides

    async def list(self, request: ListGuides) -> GuideList:
        """The guides that match the query, the best first; without a query, the newest first."""
        return await self._guides.find(request.query, request.kind, limit=request.limit, offset=request.offset)

    async def get(self, request: GetGuide) -> Guide:
        """One guide with its whole text. Raises `NotFound`."""
        return await self._guides.get(request.id)
