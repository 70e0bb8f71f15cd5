"""Marks that describe how a copy was made or sold, and not which book it is. They are removed from titles.

A test checks the table: each row has an example and the text that must remain of it. Source: names of audiobook
folders and releases as sellers, rippers and trackers write them.
"""

import re
from functools import lru_cache

from shared.books.records import record
from shared.books.text.titles import LONGEST_TITLE, REMEMBERED, has_letter_or_digit

_TIME = r"\d{1,3}[.:;]\d{2}[.:;]\d{2}"
_RATE = r"[vV]?\d{2,3} ?(?:k|kb|kbps|kbit/s)(?:/s)?"
_SIZE = r"[\d.]+ ?[mMgG][iI]?[bB]"
_FORMATS = r"m4b|m4a|mp3|aac|flac|ogg|opus|wma|aax|epub|mobi|azw3|pdf"
_READ_VERBS = r"read|narrated|performed|lu|gelesen|leído"
_EDITIONS = (
    r"revised|expanded|updated|enlarged|special|anniversary|annivers\.?|deluxe|collector'?s|illustrated|annotated|limited|signed"
    r"|large print|large type|international|centenary|centennial|commemorative|definitive|enhanced|exclusive|original"
    r"|hardcover|hardback|paperback|book club|library|audio|movie tie-in|tv tie-in|film tie-in|media tie-in|kindle"
    r"|classic|uncut|unabridged|unexpurgated|restored|complete|new|first|second|third|fourth|fifth|barnes & noble"
    r"|critical|standard|school|premium|gift|1st|2nd|3rd|[4-9]th|1[05]th|20th|25th|30th|40th|50th|75th|100th|1[5-9]\d\d|20\d\d"
)
_LINES = (
    r"penguin (?:modern )?classics?|penguin english library|oxford world'?s classics|vintage classics|signet classics?"
    r"|wordsworth classics|everyman'?s library|barnes (?:&|and) noble classics|modern library(?: classics)?"
    r"|bantam classics|dover thrift editions|collins classics|puffin classics|macmillan collector'?s library"
    r"|nyrb classics|virago modern classics|norton critical editions?|(?:sf|fantasy) masterworks"
    r"|penguin readers[^\[\]()]{0,20}"
    r"|harper perennial(?: modern classics)?|vintage international|alma classics|pan classics|naxos classics"
    r"|(?:world|library) classics|classic reprints?|everyman classics"
)
"""Publishers' imprints of classics, as catalogues append them to a title."""


@record
class Mark:
    """One kind of mark: its name, its pattern, an example and the text that must remain of the example.

    `hints` (lower case, at least one must occur), `digit`, `rate` (a digit before a "k") and `bracket` (which must
    still be there after the marks before it are removed) only avoid useless searches.
    """

    name: str
    pattern: str
    example: str
    left: str
    hints: tuple[str, ...] = ()
    digit: bool = False
    rate: bool = False
    bracket: bool = False


MARKS = (
    Mark("file state", r"(?:\.(?:unpack|fail|bak|part))+\s*$", "Ozma of Oz.unpack.fail", "Ozma of Oz",
         hints=(".unpack", ".fail", ".bak", ".part")),
    Mark("asin", r"[\[({]?\b(?:ASIN[ :.-]*)?B0[0-9A-Z]{8}\b[\])}]?", "Ozma of Oz [B00ABCDE12]", "Ozma of Oz",
         hints=("b0",)),
    Mark("braces", r"\{[^{}]{0,60}\}", "Ozma of Oz {304mb}", "Ozma of Oz",
         hints=("{",)),
    Mark("ripper's figures", rf"[\[(]\s*(?:U )?{_RATE}[^\[\]()]{{0,40}}[\])]", "Ozma [64k 12;31;48 346MB]", "Ozma",
         rate=True, bracket=True),
    Mark("ripper's code", r"\(\s*U [\d.]+ [A-Z ]{1,8}\)", "Ozma ( U 96.22 AR )", "Ozma",
         hints=("u ",), digit=True, bracket=True),
    Mark("length", rf"\b{_TIME}\b(?: by chap\w*)?", "Ozma 05.10.45", "Ozma",
         hints=(".", ":", ";"), digit=True),
    Mark("by chapter", r"\bby chap(?:ter)?s?\s*$", "Ozma by chap", "Ozma",
         hints=("by chap",)),
    Mark("rate", rf"[\[(]?(?<![\w.]){_RATE}\b[\])]?", "Ozma 64k", "Ozma",
         rate=True),
    Mark("size", rf"[\[(]?(?<![\w.]){_SIZE}\b[\])]?", "Ozma 304 MB", "Ozma",
         digit=True, hints=("mb", "mib", "gb", "gib")),
    Mark("reader", rf"(?<=[\[(])\s*(?:{_READ_VERBS}) (?:by|par|von|por) [^\[\]()\d#,;]{{1,60}}[,;]\s*(?=[^\[\]()]*\d)",
         "Ozma (read by A. Reader, Oz 3)", "Ozma ( Oz 3)",
         hints=(" by ", "(lu ", "[lu ", "lu par", "gelesen", "por ")),
    Mark("reader", rf"[\[(]\s*(?:{_READ_VERBS}) (?:by|par|von|por) [^\[\]()]{{1,80}}[\])]", "Ozma (read by A. Reader)",
         "Ozma",
         hints=(" by ", "(lu ", "[lu ", "lu par", "gelesen", "por ")),
    Mark("reader", rf"\s[-–,;]\s(?:{_READ_VERBS}) by [^\[\]()/\d#]{{1,60}}?(?=\s[-–]\s)",
         "Ozma - read by A. Reader - Oz, Book 3", "Ozma - Oz, Book 3",
         hints=(" by ",)),
    Mark("reader", r";?\s+(?:[Rr]ead|[Nn]arrated) by (?:[A-Z][\w.’'-]*\s){1,4}(?=#|\d{1,3}(?!\d)|[Bb]ook\s|[Vv]ol)",
         "Oz read by A. Reader 03 Ozma", "Oz 03 Ozma",
         hints=(" by ",)),
    Mark("reader", rf"\s[-–,;]\s(?:{_READ_VERBS}) by [^\[\]()/]{{1,80}}$", "Ozma - read by A. Reader", "Ozma",
         hints=(" by ",)),
    Mark("reader", r";?\s+(?:[Rr]ead|[Nn]arrated) by [A-Z][^\[\]()/]{1,60}(?=$| \[)",
         "Oz 1-7; Read by A. Reader", "Oz 1-7",
         hints=(" by ",)),
    Mark("whole text",
         r"[\[(][^\[\]()]{0,40}(?:un)?abridged[^\[\]()]{0,40}[\])]|\bcomplete (?:and|&) unabridged\b|\bunabridged\b"
         r"|(?<=\s)(?:Unabr?|NMR)\b\.?",
         "Ozma (Unabridged, M4B)", "Ozma",
         hints=("abridged", "unab", "nmr")),
    Mark("chapters", r"[\[(]?\bchapter(?:ized|ised|s included)\b[\])]?", "Ozma (Chapterized)", "Ozma",
         hints=("chapter",)),
    Mark("format", rf"[\[(](?:\s*(?:{_FORMATS})\b[^\[\]()]{{0,30}})[\])]|\b(?:mp3|m4b)\b\s*(?:audiobooks?)?\s*$",
         "Ozma [MP3]", "Ozma",
         hints=("mp3", "m4b", "m4a", "aac", "flac", "ogg", "opus", "wma", "aax", "epub", "mobi", "azw3", "pdf")),
    Mark("format", rf"[\[(][A-Z]{{2,3}} ?/ ?(?:{_FORMATS}|\s)+[\])]", "Ozma [ENG / M4B]", "Ozma",
         hints=("mp3", "m4b", "m4a", "aac", "flac", "ogg", "opus", "wma", "aax", "epub", "mobi", "azw3", "pdf")),
    Mark("audiobook",
         r"[\[(]\s*(?:an? )?(?:full |complete |unabridged )*"
         r"(?:audio ?books?|audio ?cd|audio edition|audible(?: audio)?|audio)\s*[\])]|\baudio ?books?\s*$",
         "Ozma (Audiobook)", "Ozma",
         hints=("audi",)),
    Mark("retail",
         r"[\[(](?:(?i:retail|clean|new version[^\[\]()]*|remastered|repack|v\d|sbt|podium audio)"
         r"|(?![IVXLC]+[\])])[A-Z]{2,5})[\])]",
         "Ozma [Retail]", "Ozma",
         bracket=True),
    Mark("edition",
         r"[\[(][^\[\]()]{0,40}\b(?:edition|ed\.)[\])]"
         r"|\b(?:special|anniversary|revised|movie tie-in|kindle) edition\s*$",
         "Ozma (Annotated Edition)", "Ozma",
         hints=("edition", "ed.")),
    Mark("edition",
         rf"(?:\s*[,:–—]\s*|\s+-\s+)(?:the )?(?:(?:{_EDITIONS})(?:\s*(?:,|&|and)\s*|\s+)){{1,4}}edition\s*$",
         "Ozma: Revised and Expanded Edition", "Ozma",
         hints=("edition",)),
    Mark("tie-in", r"[\[(][^\[\]()]{0,30}\btie[- ]in\b[^\[\]()]{0,20}[\])]", "Ozma (Movie Tie-In)", "Ozma",
         hints=("tie-in", "tie in")),
    Mark("line", rf"[\[(](?:{_LINES})[\])]|\s+-\s+(?:{_LINES})\s*$", "Ozma (Penguin Classics)", "Ozma",
         hints=("classics", "library", "line", "editions", "masterworks", "readers", "perennial", "vintage")),
    Mark("printing",
         r"[\[(](?:large print|hardcover|hardback|paperback|audio cd|mp3 cd|illustrated|annotated|uncut|signed|revised"
         r"|abridged & illustrated|unexpurgated|revised (?:and|&) (?:updated|expanded)|complete (?:and|&) uncut)[\])]"
         r"|(?:\s*[,:]|\s+-)\s+(?:the )?(?:large print|complete (?:and|&) uncut|uncut|complete (?:and|&) unabridged"
         r"|author'?s preferred text|illustrated|annotated|revised (?:and|&) (?:updated|expanded))\s*$",
         "Ozma (Large Print)", "Ozma",
         hints=("print", "cover", "hardback", "paperback", " cd", "illustrated", "annotated", "uncut", "signed",
                "revised", "unexpurgated", "unabridged", "preferred")),
    Mark("novel", r"(?:\s*[:,-])?\s+(?:an?|the) (?:novel|memoir|novella|thriller)\s*$", "Ozma: A Novel", "Ozma",
         hints=("novel", "memoir", "thriller")),
    Mark("empty bracket", r"[\[(]\s*[\])]", "Ozma ()", "Ozma",
         bracket=True),
)  # fmt: skip
_PATTERNS = tuple((mark, re.compile(mark.pattern, re.IGNORECASE if mark.name != "retail" else 0)) for mark in MARKS)
_HINTS = sorted({hint for mark in MARKS for hint in mark.hints})
_DIGIT = re.compile(r"[0-9]")
_RATE_SIGN = re.compile(r"\d ?k")
_EDGES = " \t\r\n-–—,;:_~●^"
_SPACES = re.compile(r"\s{2,}")


def strip_marks(text: str) -> str:
    """The text without its marks; the whole text if it consists only of marks ("64k")."""
    return _stripped(text[:LONGEST_TITLE])


@lru_cache(maxsize=REMEMBERED)
def _stripped(text: str) -> str:
    if "_" in text and " " not in text:
        text = text.replace("_", " ")
    left = marks_in(text)[0]
    return left if has_letter_or_digit(left) else text[:LONGEST_TITLE].strip(_EDGES)


def marks_in(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text without its marks, and each mark found: its name and its text."""
    left = text[:LONGEST_TITLE]
    lower = left.lower()
    hints = frozenset([hint for hint in _HINTS if hint in lower])
    has_digit = _DIGIT.search(left) is not None
    has_rate = has_digit and _RATE_SIGN.search(lower) is not None
    found: list[tuple[str, str]] = []
    for mark, pattern in _possible(hints, has_digit, has_rate, _has_bracket(left)):
        if mark.bracket and not _has_bracket(left):
            continue
        matches = [match[0].strip() for match in pattern.finditer(left)]
        if matches:
            found += [(mark.name, match) for match in matches]
            left = pattern.sub(" ", left)
    return _SPACES.sub(" ", left).strip(_EDGES), tuple(found)


def _has_bracket(text: str) -> bool:
    return "[" in text or "(" in text


@lru_cache(maxsize=REMEMBERED)
def _possible(
    hints: frozenset[str], has_digit: bool, has_rate: bool, has_bracket: bool
) -> tuple[tuple[Mark, re.Pattern[str]], ...]:
    """The marks that a text with these signs may have, with their patterns, in the order of the table."""
    return tuple(
        (mark, pattern)
        for mark, pattern in _PATTERNS
        if (has_digit or not mark.digit)
        and (has_rate or not mark.rate)
        and (has_bracket or not mark.bracket)
        and (not mark.hints or not hints.isdisjoint(mark.hints))
    )
