"""Language ids and codes of the outside systems. The ids of MyAnonamouse are those that its clients list."""

from typing import NamedTuple


class Language(NamedTuple):
    """A language: its English name, MyAnonamouse's id, and the ISO 639 codes of three and two letters."""

    name: str
    mam_id: int
    code3: str
    code2: str


_KNOWN = [
    Language("English", 1, "eng", "en"),
    Language("Chinese", 2, "zho", "zh"),
    Language("Spanish", 4, "spa", "es"),
    Language("Russian", 16, "rus", "ru"),
    Language("Czech", 20, "ces", "cs"),
    Language("Dutch", 22, "nld", "nl"),
    Language("Ukrainian", 25, "ukr", "uk"),
    Language("Portuguese", 34, "por", "pt"),
    Language("French", 36, "fra", "fr"),
    Language("German", 37, "deu", "de"),
    Language("Japanese", 38, "jpn", "ja"),
    Language("Swedish", 40, "swe", "sv"),
    Language("Italian", 43, "ita", "it"),
    Language("Polish", 45, "pol", "pl"),
]
_OTHER_ID = 47
_MAM_CODES = {"zho": "CHI", "ces": "CZE", "nld": "DUT", "fra": "FRE", "deu": "GER"}


def language(name: str) -> Language:
    """The language with this English name. An unknown name gets MyAnonamouse's id for "Other"."""
    for each in _KNOWN:
        if each.name.casefold() == name.casefold():
            return each
    return Language(name, _OTHER_ID, name[:3].lower(), name[:2].lower())


def mam_code(name: str) -> str:
    """The three-letter code that MyAnonamouse shows: ENG, GER, …"""
    code = language(name).code3
    return _MAM_CODES.get(code, code.upper())
