"""Pages that members wrote become Markdown without raw HTML, unsafe links or credentials, whatever they contain."""

import pytest
from guide_texts import address, parsed
from mam_search.adapters.browser.guide_pages import read_guide
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.site_pages import MAX_TAGS, BrowserSitePages
from mam_search.adapters.postgres.stored_pages import PostgresUnreadablePages
from mam_search.domain.guide import GuideText
from mam_search.domain.ports import Page
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.testing.clocks import ManualClock

PATH = "/guides/?gid=3"


def read(content: str) -> GuideText:
    text = read_guide(parsed(f"<div id=guideBox><h1>Ports</h1>{content}</div>", PATH), address(PATH)).text
    assert text is not None
    return text


def test_a_table_a_list_and_code_become_markdown() -> None:
    text = read("<table><tr><th>A<th>B<tr><td>1<td>2</table><ul><li>x<li>y</ul><pre>run\n  it</pre>").markdown
    assert "| A | B |\n| --- | --- |\n| 1 | 2 |" in text
    assert "- x\n- y" in text
    assert "```\nrun\n  it\n```" in text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "<svg onload=alert(1)>", "<iframe src=//evil.example></iframe>",
        "<a href='http://a.example/) <script>'>x</a>", "<b onclick=alert(1)>x</b>", "<pre>```\n&lt;script&gt;</pre>",
    ],
)  # fmt: skip
def test_nothing_active_is_left(hostile: str) -> None:
    text = read(hostile).markdown.replace("\\<", "")
    outside_code = text if "```" not in text else text.split("```")[0] + text.split("```")[-1]
    assert "<" not in outside_code
    assert "javascript:" not in text


def test_links_with_credentials_are_not_stored() -> None:
    key = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    text = read(
        f"<a href=/tor/download.php/{key}>get</a> <a href=/t/900001>The Sea</a> https://t.example/{key}/announce"
    )
    assert key not in repr(text)
    assert [each.id for each in text.torrents] == ["900001"]


@pytest.mark.parametrize("content", ["<div>" * 3000, "<blockquote>" * 3000 + "x", "<ul><li>" * 2000, "\x00\ud800x"])
def test_excessive_markup_is_read_without_an_error(content: str) -> None:
    assert len(read(content + "end").markdown) < 10_000


class OnePage:
    """Answers every request with the same page."""

    def __init__(self, html: str) -> None:
        self._html = html

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Return the page."""
        del person_waits
        return Page(url=path, title="", html=self._html)


async def test_a_page_with_too_many_tags_is_refused(database: Database) -> None:
    parser = PageParser(PostgresUnreadablePages(database.transactions(Transaction)), ManualClock())
    with pytest.raises(RemoteAnsweredNonsense, match="tags"):
        await BrowserSitePages(OnePage("<b>" * (MAX_TAGS + 1)), parser, "http://mam").fetch(address(PATH))
