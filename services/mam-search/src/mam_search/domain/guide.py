"""A guide or a page of a forum topic, as it is stored, and its parts that can answer a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.contracts.mam.guides import GuideKind, TorrentMention

MAX_TITLE = 300
MAX_MARKDOWN = 200_000
"""Characters of one page. The longest real guides have a tenth of it, and Postgres indexes it in one piece."""
MAX_LINKS = 500
PASSAGE_LENGTH = 1_200
"""Characters after which a passage ends with its paragraph: about as much as answers one question."""
MAX_PASSAGES = 400
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")


@dataclass(frozen=True, slots=True)
class GuideText:
    """The content of one page. `address` is its path at the site."""

    kind: GuideKind
    address: str
    title: str
    markdown: str
    page: int = 1
    author: str | None = None
    tags: list[str] = field(default_factory=list)
    board: str | None = None
    dated_at: datetime | None = None
    links: list[str] = field(default_factory=list)
    torrents: list[TorrentMention] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The same for each copy of the page."""
        return uuid5(NAMESPACE_URL, self.address)

    @property
    def content_hash(self) -> str:
        """A hash of what the page says, without where and when it was read."""
        torrents = [each.id for each in self.torrents]
        said = (self.title, self.author, self.tags, self.board, self.dated_at, self.markdown, self.links, torrents)
        return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class PassageText:
    """A part of a page. `heading` names the headings above it, from the outermost."""

    heading: str
    text: str


def passages(guide: GuideText) -> list[PassageText]:
    """The passages of a page, at most `MAX_PASSAGES`.

    Each section of a guide is a passage, a long one several. The posts of a topic are joined, because an answer often
    makes sense only together with its question.
    """
    topic = guide.kind is GuideKind.TOPIC
    sections = [("", guide.markdown.splitlines())] if topic else list(_sections(guide.markdown))
    split = ((heading, text.strip()) for heading, section in sections for text in _split(section))
    found = [PassageText(heading, text) for heading, text in split if text]
    return found[:MAX_PASSAGES]


def _sections(markdown: str) -> Iterator[tuple[str, list[str]]]:
    """Each section with the headings above it. A line of a code block is no heading."""
    above: list[tuple[int, str]] = []
    lines: list[str] = []
    in_code = False
    for line in markdown.splitlines():
        in_code ^= line.lstrip().startswith("```")
        heading = None if in_code else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        yield " > ".join(title for _, title in above), lines
        level, lines = len(heading[1]), []
        above = [*(each for each in above if each[0] < level), (level, heading[2])]
    yield " > ".join(title for _, title in above), lines


def _split(lines: list[str]) -> Iterator[str]:
    """The paragraphs of a section, joined until they are long enough. A longer paragraph is split at its lines."""
    part = ""
    for paragraph in _paragraphs(lines):
        if part and len(part) + len(paragraph) > PASSAGE_LENGTH:
            yield part
            part = ""
        part = f"{part}\n\n{paragraph}" if part else paragraph
    yield part


def _paragraphs(lines: list[str]) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines).strip("\n")):
        part = ""
        for line in paragraph.split("\n"):
            for piece in _pieces(line):
                if part and len(part) + len(piece) > PASSAGE_LENGTH:
                    yield part
                    part = ""
                part = f"{part}\n{piece}" if part else piece
        yield part


def _pieces(line: str) -> Iterator[str]:
    """A line, split at sentences, or anywhere if it has none, so that no piece is much longer than a passage."""
    while len(line) > PASSAGE_LENGTH:
        end = max(line.rfind(mark, 1, PASSAGE_LENGTH) for mark in (". ", "? ", "! ", " ")) + 1
        cut = line.rfind(". ", PASSAGE_LENGTH // 2, PASSAGE_LENGTH) + 1 or end or PASSAGE_LENGTH
        yield line[:cut].rstrip()
        line = line[cut:].lstrip()
    yield line
