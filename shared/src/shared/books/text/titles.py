"""Normalizes titles for comparison: folds them to plain words, splits off subtitles, and moves or drops articles."""

import re
import unicodedata
from functools import lru_cache

from shared.books.text.place_words import is_only_a_place

REMEMBERED = 8192
"""The number of cached folded texts. The rules ask for the same titles and names repeatedly."""
LONGEST_TITLE = 400
"""Characters of a title that are read. No title is longer, and the limit bounds the cost of hostile input."""

_LETTERS_NFKD_KEEPS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
     "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "’": "", "'": "", "‘": "", "`": "", "´": "", "ʼ": "",
     "&": " and "}
)  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | dict.fromkeys(b"'`")
"""Translating an ASCII text and splitting it takes half the time of the pattern."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_PLUS = re.compile(r"(?<=[^\W\d])\s*\+\s*(?=[^\W\d])|(?<=\w)\s+\+\s+(?=\w)")
_ARTICLE_LAST = re.compile(r"^(?P<rest>[^,]+(?:,[^,]+)*), (?P<article>The|An?)(?=$|\s*[(\[])")
_SEPARATOR = re.compile("[-:;,_\ua789：–—]")
"""Every character that may separate a title from its subtitle."""
_YEAR_HEAD = re.compile(r"^\s*[(\[]?[0-9]{4}[)\]]?\s*[-–—:]\s+(?=\S)")
_ARTICLES = ("the ", "a ", "an ")
_SUBTITLE = re.compile(
    r"\s*[:꞉：]\s+|\s*:\s*(?=[^\s\d])|\s+[-–—]\s+|\s*_ (?=\S)|\s*;\s+"
    r"|,\s+(?=[Oo]r(?:,\s+\S|\s+(?:[Tt]he|[Aa]n?)\s|\s+[^\W\d_]\w+\s+\S))"
)


def fold(text: str | None, *, drop_article: bool = False) -> str:
    """Lower-case words separated by single spaces, without accents and punctuation, with "&" and "+" as "and".

    Letters of every script are kept. `drop_article` removes a leading English article unless nothing else is left.
    """
    if not text:
        return ""
    folded = _folded(text[:LONGEST_TITLE])
    return without_article(folded) if drop_article else folded


@lru_cache(maxsize=REMEMBERED)
def _folded(plain: str) -> str:
    if "+" in plain:
        plain = _PLUS.sub(" and ", plain)
    if plain.isascii():
        return " ".join(plain.replace("&", " and ").translate(_ASCII).split())
    decomposed = unicodedata.normalize("NFKD", plain.translate(_LETTERS_NFKD_KEEPS))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.lower()).strip()


def has_letter_or_digit(text: str) -> bool:
    """Whether a text contains a letter or a digit of any script."""
    return _LETTER_OR_DIGIT.search(text) is not None


def without_article(folded: str) -> str:
    """A folded text without its leading English article, unless nothing else is left."""
    return folded.partition(" ")[2] or folded if folded.startswith(_ARTICLES) else folded


def article_first(title: str) -> str:
    """A title with its article moved to the front: "Warden, The" becomes "The Warden"."""
    title = title[:LONGEST_TITLE]
    return _ARTICLE_LAST.sub(r"\g<article> \g<rest>", title) if ", " in title else title


def split_subtitle(title: str) -> tuple[str, str | None]:
    """Main title and subtitle, split at the first colon, spaced dash or semicolon with words on both sides.

    A title is also split at the comma before an alternative title ("The Lost Boat, or, The Boys at Sea"), unless
    earlier commas make it a list. A place is not a title: "Folge 3: und der Hund" gives "und der Hund".
    """
    text = title[:LONGEST_TITLE]
    if not _SEPARATOR.search(text):
        return title.strip(), None
    match = next(filter(_is_no_list, _SUBTITLE.finditer(text)), None)
    if not match or not text[: match.start()].strip() or not text[match.end() :].strip():
        return title.strip(), None
    if is_only_a_place(text[: match.start()]):
        return split_subtitle(_YEAR_HEAD.sub("", text[match.end() :]))
    return title[: match.start()].strip(), title[match.end() :].strip()


def _is_no_list(separator: re.Match[str]) -> bool:
    return not separator.group().startswith(",") or "," not in separator.string[: separator.start()]


def main_title(title: str) -> str:
    """The title without its subtitle (see `split_subtitle`)."""
    return split_subtitle(title)[0]
