"""The guides and forum topics of MyAnonamouse that were crawled: lists, searches and answers."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment, Whole, Words


class GuideKind(StrEnum):
    """What a stored page is."""

    GUIDE = "guide"
    TOPIC = "topic"


class GuideEntry(Model):
    """A stored guide, or one page of a forum topic."""

    id: UUID
    kind: GuideKind
    title: str
    page: int = Field(1, description="page of the topic; 1 for a guide")
    author: str | None = None
    tags: list[str] = []
    board: str | None = Field(None, description="board of the topic")
    address: str = Field(description="address of the page at the site")
    dated_at: Moment | None = Field(None, description="when it was last changed, according to the site")
    fetched_at: Moment
    snippet: str = Field(
        "", description="HTML: passages of the text, escaped, with the words found in <mark>; empty without a query"
    )


class GuideList(Page[GuideEntry]):
    """One page of the guides. With a query the best match comes first, otherwise the newest."""

    searched_for: str | None = Field(
        None, description="the query after misspelled words were replaced, if nothing matched the original one"
    )


class ListGuides(Request[GuideList]):
    """Search the stored guides and forum topics, or list them."""

    subject: ClassVar[str] = "rpc.mam.list_guides"
    query: Words | None = Field(
        None, description='words, "exact phrases", or, and -words to exclude', examples=["port forwarding"]
    )
    kind: GuideKind | None = Field(None, description="only guides, or only forum topics")
    limit: Limit = 20
    offset: Offset = 0


class TorrentMention(Model):
    """A torrent that a guide or topic links to."""

    id: str = Field(examples=["900001"])
    title: str = Field("", description="the text of the link")


class Guide(GuideEntry):
    """A stored guide or topic page with its whole text."""

    markdown: str = Field(description="text written by members of the site; raw HTML in it is escaped")
    links: list[str] = Field([], description="addresses that it links to")
    torrents: list[TorrentMention] = Field([], description="torrents that it links to")


class GetGuide(Request[Guide]):
    """Get one stored guide or topic page."""

    subject: ClassVar[str] = "rpc.mam.get_guide"
    id: UUID


class Passage(Model):
    """A part of a guide or topic that may answer a question. The answer cites it by its number."""

    number: int = Field(examples=[1])
    guide_id: UUID
    title: str
    heading: str = Field("", description="the headings above the passage, from the outermost")
    text: str = Field(description="Markdown")
    address: str


class GuideAnswer(Model):
    """The passages that answer a question, the best first, and the answer of the language model if there is one."""

    question: str
    passages: list[Passage]
    answer: str | None = Field(
        None, description="worded by the language model from the passages, which it cites as [1]; null: no such answer"
    )
    model: str | None = Field(None, description="the language model that worded the answer")
    note: str = Field("", description="why there is no worded answer")
    translatable: Translatables = {}


class AskGuides(Request[GuideAnswer]):
    """Answer a question from the stored guides and topics. The language model may take some time."""

    subject: ClassVar[str] = "rpc.mam.ask_guides"
    timeout_seconds: ClassVar[float] = 75.0
    question: Words = Field(examples=["How long do I have to seed a book?"])
    passages: Whole = Field(5, ge=1, le=10, description="maximum number of passages")
