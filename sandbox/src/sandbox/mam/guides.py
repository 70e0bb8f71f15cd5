"""The guides of MyAnonamouse: the index, a guide, and the frame of a guide whose content is not in the page itself."""

import html
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox.mam.pages import Pages, page
from sandbox.world import SiteGuide

SKIN = '<div style="clear:both"></div><script>window.mm = {"t": 1};</script>'
"""What surrounds the content of the real pages and says nothing."""


class Guides:
    """The guides as HTML. Tests change them between two crawls."""

    def __init__(self, guides: Sequence[SiteGuide]) -> None:
        self.by_number = {each.number: each for each in guides}

    def routes(self, pages: Pages) -> list[Route]:
        """The routes of the index, the guides and their frames, for members with a browser session."""
        return [pages.page("/guides/", self._answer), pages.page("/guides/frame.php", self._answer_frame)]

    def change(self, number: int, **changes: object) -> None:
        """Change fields of a guide. Raises KeyError if there is none with this number."""
        self.by_number[number] = SiteGuide.model_validate(self.by_number[number].model_dump() | changes)

    def index(self) -> str:
        """The list of all guides by category, with the time of the last change. The table is not closed properly."""
        rows = [
            f'<tr><td class=cat>{html.escape(each.category)}<td><a href="/guides/?gid={each.number}">'
            f'{html.escape(each.title)}</a><td><a href="/u/{1000 + place}">{html.escape(each.author)}</a>'
            f"<td nowrap>{each.changed}"
            for place, each in enumerate(self.by_number.values())
        ]
        return f'<h1>Guides</h1><table class="coltable">{"".join(rows)}</table>'

    def page(self, number: int) -> str | None:
        """The page of a guide; None if there is none."""
        guide = self.by_number.get(number)
        if guide is None:
            return None
        if guide.framed:
            return f'<h1>Guide</h1><iframe src="/guides/frame.php?gid={number}" width=100% height=2000></iframe>'
        return _box(guide)

    def frame(self, number: int) -> str | None:
        """The content of the frame of a guide; None if there is none."""
        guide = self.by_number.get(number)
        return _box(guide) if guide is not None and guide.framed else None

    def _answer(self, request: Request) -> Response:
        number = request.query_params.get("gid")
        if number is None:
            return page("Guides", self.index())
        content = self.page(_number(number))
        return page("Guides", content) if content else page("Error", "<h1>Error</h1><p>No guide with that id.</p>")

    def _answer_frame(self, request: Request) -> Response:
        content = self.frame(_number(request.query_params.get("gid", "")))
        return HTMLResponse(f"<html><body>{content or 'No guide with that id'}</body></html>")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _box(guide: SiteGuide) -> str:
    tags = " ".join(f'<a href="/guides/?tag={html.escape(tag)}">{html.escape(tag)}</a>' for tag in guide.tags)
    return (
        f'<div id="guideBox"><h1>{html.escape(guide.title)}</h1>'
        f'<p class="small">by <a href="/u/{guide.number}">{html.escape(guide.author)}</a>, last changed {guide.changed}'
        f'</p><div class="guideTags">{tags}</div>{guide.html}{SKIN}</div>'
    )
