"""Words that describe a copy of a book: its format, bitrate, size, completeness and language code.

Stricter than `text.marks`, which prepares titles for comparison: these words are removed from a title that is stored.
Source: names of audiobook folders and releases as sellers, rippers and trackers write them.
"""

import re

from shared.books.text.identifiers import asin, isbn13
from shared.books.text.titles import fold
from shared.books.text.word_table import phrase_set

FORMATS = r"m4b|m4a|mp3|mp4|aac|flac|ogg|opus|wma|wav|aax|aaxc"
_RATE = r"[vV]?\d{2,3}(?:[.,]\d{1,2})? ?(?:k|kb|kbps|kbit(?:/s)?|kb/s|khz)"
_SIZE = r"\d+(?:[.,]\d+)? ?[mg]i?b"
_TIME = r"\d{1,3}[:.;]\d{2}[:.;]\d{2}|\d{1,3} ?h(?:rs?|ours)?(?: ?\d{1,2} ?m(?:in)?)?"
_ONE = rf"(?:{FORMATS}|{_RATE}|{_SIZE}|{_TIME}|v[0-9]|\d{{1,2}} ?cds?)"
_PIECE = re.compile(rf"{_ONE}(?:\s+{_ONE})*", re.IGNORECASE)
_SURE_TAIL = re.compile(rf"[\s,_-]+(?:{FORMATS}|{_RATE}|{_SIZE}|\d{{1,3}}[:.;]\d{{2}}[:.;]\d{{2}})$", re.IGNORECASE)
_WORDS = phrase_set(
    """
    unabridged; complete and unabridged; complete unabridged; unabr; unab; full; complete audiobook; uncut;
    audiobook; audio book; audio; audio cd; audiobooks; an audiobook; unabridged audiobook; audible; audible audio;
    audible audiobook; retail; web; webrip; rip; cdrip; clean; remastered; repack; chapterized; chapterised; chapters;
    chaptered; by chapter; vbr; cbr; stereo; mono; encoded; tagged; nmr; sbt;
    ungekurzt; ungekurzte lesung; horbuch; ungekurzte ausgabe; lesung; texte integral; version integrale; integral;
    livre audio; audiolibro; version integra; integro; completo; sin abreviar; versione integrale; integrale;
    luisterboek; onverkort; ljudbok; oavkortad; lydbok; lydbog; uforkortet; audiobook pl; ksiazka audio; caly;
    audiokniha; nezkracena; aanikirja; аудиокнига; полная версия; без сокращении; audiolivro; versao integral
    """
)
_LANGUAGE_CODES = frozenset("eng ger deu fre fra spa ita dut nld swe nor dan fin pol rus por cze".split())
_WEAK_TAIL = frozenset({"unabridged", "audiobook", "ungekurzt", "horbuch", "luisterboek", "ljudbok", "audiolibro"})
_NO_TAIL_AFTER = frozenset("a an the of and my your our his her their this that for from in to on with".split())
YEAR = r"(?:1[4-9]|20)[0-9]{2}"
_YEAR = re.compile(YEAR)
_EXTENSION = re.compile(rf"\.(?:{FORMATS})$|(?:\.(?:unpack|fail|bak|part))+$", re.IGNORECASE)


def is_year(text: str) -> bool:
    """Whether a text is only a year from 1400 to 2099."""
    return _YEAR.fullmatch(text.strip()) is not None


def describes_copy(text: str, *, code: bool = False) -> bool:
    """Whether every piece of a text describes a copy: "64k, Unabridged", "MP3 304 MB". Years count beside others.

    With `code`, a language code in capitals such as "ENG" counts too.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;/|•●+]|\s-\s", text) if piece.strip()]
    return bool(pieces) and any(not is_year(piece) for piece in pieces) and all(_is_piece(one, code) for one in pieces)


def without_extension(text: str) -> str:
    """A file name without the extension of an audio file; any other text unchanged."""
    return _EXTENSION.sub("", text)


def without_copy_tail(text: str) -> str:
    """A text without copy words at its end that nothing separates: "Ozma of Oz Unabridged 64k"."""
    while True:
        shorter = _SURE_TAIL.sub("", text)
        words = shorter.split()
        is_tail = len(words) > 2 and fold(words[-1]) in _WEAK_TAIL and fold(words[-2]) not in _NO_TAIL_AFTER
        shorter = " ".join(words[:-1]) if is_tail else shorter
        if shorter == text or not any(char.isalpha() for char in shorter):
            return text
        text = shorter.rstrip(" ,-–—_")


def _is_piece(piece: str, code: bool) -> bool:
    if _PIECE.fullmatch(piece) or fold(piece) in _WORDS or is_year(piece) or asin(piece) or isbn13(piece):
        return True
    if code and piece.isupper() and piece.lower() in _LANGUAGE_CODES:
        return True
    words = piece.split()
    return len(words) > 1 and all(_is_piece(word, code) and not is_year(word) for word in words)
