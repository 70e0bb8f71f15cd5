"""Cleans the descriptions of providers.

The result is the HTML that Audiobookshelf stores unchanged, so that a description can be compared and undone exactly.
Source: Audiobookshelf 2.36, `htmlSanitizer.js`: it keeps paragraphs, lists and emphasis, and escapes `&`, `<` and `>`.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SOURCE = 100_000
"""Characters that are read. No description is longer; a longer text is something else."""
LONGEST = 6_000
"""Characters of text that are kept, without tags."""
_ALLOWED = {"p", "br", "ul", "ol", "li", "em", "strong", "b", "i"}
_DROPPED_WITH_CONTENT = {"script", "style", "iframe", "object", "noscript", "template", "svg", "math", "form", "title"}
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>|&(?:#\w+|[a-zA-Z]+);")
_OTHER_BLOCKS = re.compile(
    r"<(/?)(?:div|h[1-6]|section|article|header|footer|blockquote|table|tr|dl|dd|hr|pre)\b[^<>]*>", re.I
)
_BLOCK = re.compile(r"<(p|ul|ol)>(.*?)</\1>|<br>\s*<br>", re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_EMPTY = re.compile(r"<(em|strong|b|i)>(\s*)</\1>")
_OUTER_BREAKS = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s)")

_QUOTE = r"[\"“”„«»‘']"
_REVIEW = re.compile(
    rf"(?:(?:advance |early |critical |further |more )?praise for\b.*|(?:editorial |critics?'? |reader )?reviews?:?"
    rf"|what (?:readers|critics|reviewers|others) (?:are saying|say)\b.*"
    rf"|{_QUOTE}.{{3,900}}(?:{_QUOTE}|\.\.\.|…)\W{{0,3}}\s*(?:[-–—―~|(]|by\b)\s*\S.{{0,120}}"
    rf"|.{{0,200}}\b(?:[45]|five|four)[ -]stars?\b.{{0,200}}(?:review|reader|customer|amazon|goodreads).{{0,80}})",
    re.IGNORECASE | re.DOTALL,
)
"""A heading of reviews, or a quotation with the name of its author."""
_PROMOTION = re.compile(
    r"(?:\W*(?:©|\(c\)|\(p\)|℗|copyright\b|public domain \(p\)).{0,300}"
    r"|.{0,80}\b(?:scroll (?:up|back)|(?:click|press|hit) (?:the |on )?\W?(?:buy|\"?add|download|order|listen)"
    r"|(?:buy|order|get|grab|download|pre-?order) (?:it|now|your copy|this (?:book|audiobook)|today)\b).{0,200}"
    r"|.{0,120}\b(?:sign up (?:for|to)|subscribe to|join) .{0,60}(?:newsletter|mailing list|reader'?s? (?:club|group))"
    r".{0,200}"
    r"|(?:please note:?\W*)?(?:when you purchase this (?:title|audiobook)"
    r"|this (?:title|audiobook) (?:includes|contains|comes with)"
    r" (?:a |an |the )?(?:bonus|supplement|accompanying|downloadable|pdf)).{0,300}"
    r"|(?:please note:?\W*)?.{0,80}\baccompanying (?:pdf|reference (?:guide|material)).{0,200}"
    r"|(?:also by|also available|other (?:books|titles) (?:by|in)|(?:don'?t|do not) miss"
    r"|look for (?:the|more|other|all)|coming soon from|available now (?:from|wherever)"
    r"|(?:read|listen to) the (?:whole|entire|complete) series)\b.{0,400}"
    r"|(?:visit|find|follow|connect with) .{0,80}(?:www\.|https?://|\.com\b|facebook|twitter|instagram|tiktok).{0,200}"
    r"|\W*(?:https?://|www\.)\S+\W*"
    r"|an? .{2,60} (?:audio )?production(?: from .{2,60})?\W*"
    r"|(?:produced|recorded|published) by (?:arrangement with )?.{2,80})",
    re.IGNORECASE | re.DOTALL,
)
"""Advertising, copyright notices and instructions for the buyer."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a list, as HTML without its outer tag, and its text without markup."""

    tag: str
    inner: str

    @property
    def text(self) -> str:
        return " ".join(html.unescape(_TAG.sub(" ", self.inner)).split())

    @property
    def markup(self) -> str:
        return f"<{self.tag}>{self.inner.replace('<br>', '<br />')}</{self.tag}>"


def clean_description(text: str | None) -> str | None:
    """The description as paragraphs, lists and emphasis, at most 6,000 characters; None if nothing is left.

    Scripts, links, reviews, and advertising at the end are removed. One paragraph without emphasis has no tag.
    """
    if not text or not text.strip():
        return None
    blocks = _shortened(_without_promotion(list(_blocks(_safe_html(text[:LONGEST_SOURCE])))))
    if not blocks:
        return None
    if len(blocks) == 1 and blocks[0].tag == "p" and not _TAG.search(blocks[0].inner):
        return blocks[0].inner
    return "".join(each.markup for each in blocks)


def _safe_html(text: str) -> str:
    """HTML with the allowed tags only, well formed. Empty lines of a plain text become paragraphs."""
    text = "".join(" " if char == "\xa0" else char for char in text if char in "\n\t" or _is_printable(char))
    if not _MARKUP.search(text):
        paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
        return "".join(
            f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part
        )
    import nh3  # noqa: PLC0415 - loaded only when there is markup

    marked = _OTHER_BLOCKS.sub(lambda tag: f"<{tag[1]}p>", text)
    if "<" not in marked or not re.search(r"<(?:p|br|ul|ol|li)\b", marked, re.IGNORECASE):
        marked = re.sub(r"\n\s*\n", "<p>", marked)
    safe = nh3.clean(marked, tags=_ALLOWED, clean_content_tags=_DROPPED_WITH_CONTENT, attributes={}, link_rel=None)
    return safe.replace("&nbsp;", " ")


def _is_printable(char: str) -> bool:
    return (char.isascii() and char.isprintable()) or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Cn")


def _blocks(safe: str) -> Iterator[_Block]:
    """The paragraphs and lists of well-formed HTML; text between them counts as a paragraph."""
    end = 0
    for found in _BLOCK.finditer(safe):
        yield from _paragraphs(safe[end : found.start()])
        end = found.end()
        if found[1] == "p":
            yield from _paragraphs(found[2])
        elif found[1]:
            items = [inner for each in _ITEM.findall(found[2]) if (inner := _tidy(each))]
            if items:
                yield _Block(found[1], "".join(f"<li>{each}</li>" for each in items))
    yield from _paragraphs(safe[end:])


def _paragraphs(inner: str) -> Iterator[_Block]:
    """Two line breaks separate paragraphs, unless emphasis spans them."""
    for part in re.split(r"<br>\s*<br>(?:\s|<br>)*", inner) if _is_balanced(inner) else [inner]:
        block = _Block("p", _tidy(re.sub(r"</?(?:p|ul|ol|li)>", " ", part)))
        if block.text:
            yield block


def _is_balanced(inner: str) -> bool:
    parts = re.split(r"<br>\s*<br>(?:\s|<br>)*", inner)
    return all(
        part.count(f"<{tag}>") == part.count(f"</{tag}>") for part in parts for tag in ("em", "strong", "b", "i")
    )


def _tidy(inner: str) -> str:
    """Without empty emphasis, outer line breaks and repeated spaces."""
    return _OUTER_BREAKS.sub("", " ".join(_EMPTY.sub(r"\2", inner).split()))


def _without_promotion(blocks: list[_Block]) -> list[_Block]:
    """Without reviews, and without the advertising that begins or ends the description."""
    kept = [each for each in blocks if not _REVIEW.fullmatch(each.text)]
    while kept and _PROMOTION.fullmatch(kept[-1].text):
        kept.pop()
    while kept and _PROMOTION.fullmatch(kept[0].text):
        kept.pop(0)
    return kept


def _shortened(blocks: list[_Block]) -> list[_Block]:
    """The blocks up to the limit. The last one ends with a sentence."""
    left = LONGEST
    kept: list[_Block] = []
    for each in blocks:
        if len(each.text) > left:
            if not kept:
                kept.append(_Block("p", html.escape(_cut(each.text, left), quote=False)))
            break
        kept.append(each)
        left -= len(each.text)
    return kept


def _cut(text: str, longest: int) -> str:
    head = text[:longest]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    return head[: ends[-1]] if ends else f"{head[: head.rfind(' ')]} …"
