"""Titles as they compare: folded to plain words, split from their subtitle, freed of article and marks."""

import re
import unicodedata
from functools import lru_cache

from shared.books.text.place_words import is_only_a_place

REMEMBERED = 8192
"""Folded texts that are kept: the rules ask for the same titles and names again and again."""
LONGEST_TITLE = 400
"""Characters of a title that are read; nothing longer is a title, and the cost of hostile input stays bounded."""

_LETTERS_NFKD_KEEPS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
     "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "’": "", "'": "", "‘": "", "`": "", "´": "", "ʼ": "",
     "&": " and "}
)  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")
_PLUS = re.compile(r"(?<=[^\W\d])\s*\+\s*(?=[^\W\d])|(?<=\w)\s+\+\s+(?=\w)")
_ARTICLE_LAST = re.compile(r"^(?P<rest>[^,]+(?:,[^,]+)*), (?P<article>The|An?)(?=$|\s*[(\[])")
_YEAR_HEAD = re.compile(r"^\s*[(\[]?[0-9]{4}[)\]]?\s*[-–—:]\s+(?=\S)")
_ARTICLES = frozenset({"the", "a", "an"})
_SUBTITLE = re.compile(
    r"\s*[:꞉：]\s+|\s*:\s*(?=[^\s\d])|\s+[-–—]\s+|\s*_ (?=\S)|\s*;\s+"
    r"|,\s+(?=[Oo]r(?:,\s+\S|\s+(?:[Tt]he|[Aa]n?)\s|\s+[^\W\d_]\w+\s+\S))"
)


def fold(text: str | None, *, drop_article: bool = False) -> str:
    """Lower-case words parted by one space: no accents, no punctuation, "&" and "+" as "and".

    Letters of every script stay. With `drop_article` a leading English article goes unless nothing else is left.
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
        plain = plain.replace("'", "").replace("`", "").replace("&", " and ")
    else:
        decomposed = unicodedata.normalize("NFKD", plain.translate(_LETTERS_NFKD_KEEPS))
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.lower()).strip()


def without_article(folded: str) -> str:
    """A folded text without its leading English article, unless it is nothing but that."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _ARTICLES else folded


def article_first(title: str) -> str:
    """A title with its article before it again: "Warden, The" is "The Warden"."""
    return _ARTICLE_LAST.sub(r"\g<article> \g<rest>", title[:LONGEST_TITLE])


def split_subtitle(title: str) -> tuple[str, str | None]:
    """Main title and subtitle, parted at the first colon, spaced dash or semicolon with words on both sides.

    Also at the comma before a second title: "The Lost Boat, or, The Boys at Sea"; but a list has commas before it, too.
    A place is no title: "Folge 3: und der Hund" is "und der Hund".
    """
    text = title[:LONGEST_TITLE]
    match = next(filter(_is_no_list, _SUBTITLE.finditer(text)), None)
    if not match or not text[: match.start()].strip() or not text[match.end() :].strip():
        return title.strip(), None
    if is_only_a_place(text[: match.start()]):
        return split_subtitle(_YEAR_HEAD.sub("", text[match.end() :]))
    return title[: match.start()].strip(), title[match.end() :].strip()


def _is_no_list(parting: re.Match[str]) -> bool:
    return not parting.group().startswith(",") or "," not in parting.string[: parting.start()]


def main_title(title: str) -> str:
    """The title without what follows its first colon or spaced dash."""
    return split_subtitle(title)[0]
