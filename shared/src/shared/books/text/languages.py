"""Languages by name and code, mapped to the two-letter code of ISO 639-1.

Source: the Library of Congress table of ISO 639-1 and 639-2 codes (both the B and the T codes), with the native names
of the languages as sellers and trackers write them.
"""

import re
from functools import lru_cache

from shared.books.text.titles import LONGEST_TITLE, fold

REMEMBERED = 1024
"""The number of cached languages as sources write them. A library has few different ones."""
_NAMES = {
    "en": "eng english englisch anglais ingles inglese",
    "de": "ger deu german deutsch allemand aleman tedesco",
    "fr": "fre fra french francais franzosisch frances francese",
    "es": "spa spanish espanol castellano spanisch espagnol",
    "it": "ita italian italiano italienisch italien",
    "pt": "por portuguese portugues portugiesisch brazilian",
    "nl": "dut nld dutch nederlands niederlandisch flemish",
    "ru": "rus russian russisch russe русскии",
    "pl": "pol polish polski polnisch",
    "sv": "swe swedish svenska schwedisch",
    "no": "nor norwegian norsk nob nb bokmal",
    "da": "dan danish dansk",
    "fi": "fin finnish suomi",
    "is": "ice isl icelandic",
    "cs": "cze ces czech cesky cestina",
    "sk": "slo slk slovak",
    "hu": "hun hungarian magyar",
    "ro": "rum ron romanian romana",
    "bg": "bul bulgarian",
    "el": "gre ell greek",
    "tr": "tur turkish turkce",
    "ar": "ara arabic",
    "he": "heb hebrew",
    "fa": "per fas persian farsi",
    "hi": "hin hindi",
    "ta": "tam tamil",
    "te": "tel telugu",
    "bn": "ben bengali",
    "id": "ind indonesian",
    "vi": "vie vietnamese",
    "th": "tha thai",
    "zh": "chi zho chinese mandarin",
    "ja": "jpn japanese",
    "ko": "kor korean",
    "uk": "ukr ukrainian",
    "hr": "hrv croatian",
    "sr": "srp serbian",
    "sl": "slv slovenian slovene",
    "lt": "lit lithuanian",
    "lv": "lav latvian",
    "et": "est estonian",
    "ca": "cat catalan",
    "la": "lat latin",
    "af": "afr afrikaans",
    "cy": "wel cym welsh",
    "ga": "gle irish",
}
_ENGLISH_NAMES = {code: next(name for name in names.split() if len(name) > 3).title() for code, names in _NAMES.items()}
CODES = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}
_LONG_NAMES = sorted(name for name in CODES if len(name) > 3)
_EDITION = re.compile(
    rf"\b(?:(?P<named>{'|'.join(_LONG_NAMES)})\s+(?:language\s+)?(?:edition|version|translation|ausgabe|text)"
    rf"|(?P<word>edicion|ausgabe|edition francaise|edizione|edicao|uitgave|ungekurzt|ungekurzte|gekurzte|horbuch"
    rf"|integrale|audiolibro|luisterboek))\b"
)
_EDITION_WORDS = {
    "edicion": "es", "ausgabe": "de", "edition francaise": "fr", "edizione": "it", "edicao": "pt", "uitgave": "nl",
    "ungekurzt": "de", "ungekurzte": "de", "gekurzte": "de", "horbuch": "de", "integrale": "fr", "audiolibro": "es",
    "luisterboek": "nl",
}  # fmt: skip
_SCRIPTS = ((0x0400, 0x04FF, "ru"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0370, 0x03FF, "el"),
            (0x3040, 0x30FF, "ja"), (0x4E00, 0x9FFF, "zh"), (0xAC00, 0xD7AF, "ko"), (0x0E00, 0x0E7F, "th"),
            (0x0900, 0x097F, "hi"))  # fmt: skip


def language_code(text: str | None) -> str | None:
    """The two-letter code of a language given by name or code in any case ("ENG", "en-US", "German"), or None."""
    return _code(text[:LONGEST_TITLE]) if text else None


@lru_cache(maxsize=REMEMBERED)
def _code(text: str) -> str | None:
    folded = fold(text)
    return CODES.get(folded) or CODES.get(folded.partition(" ")[0])


def language_name(code: str) -> str | None:
    """The English name of a language by its two-letter code ("de" is "German"); None if the code is unknown."""
    return _ENGLISH_NAMES.get(code)


def same_language(a: str | None, b: str | None) -> bool | None:
    """Whether both are one language; None when either is unknown."""
    first, second = language_code(a), language_code(b)
    return None if first is None or second is None else first == second


def translated_edition(title: str) -> str | None:
    """The language code of the edition that a title names ("[German Edition]", "Ungekürzt"), or None."""
    match = _EDITION.search(fold(title))
    if not match:
        return None
    return CODES[match["named"]] if match["named"] else _EDITION_WORDS[match["word"]]


def script_language(text: str) -> str | None:
    """A language that uses the script of the first non-Latin letter, as a hint of the title's language, or None."""
    for char in "" if text.isascii() else text[:200]:
        if char > "\u036f":
            for first, last, code in _SCRIPTS:
                if first <= ord(char) <= last:
                    return code
    return None
