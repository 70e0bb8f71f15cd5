"""Whether a title, a subtitle or a folder says that a recording is abridged, in several languages."""

import re

_ENGLISH = (
    r"[\[(][^\[\]()]{0,30}\babridged\b[^\[\]()]{0,20}[\])]"
    r"|(?:^|[-–:,]\s*)(?:an? |the )?abridged(?: (?:edition|version|audiobook|reading))?\s*$"
    r"|(?<!\w)abridged (?:edition|version|audiobook|by|for|reading)\b"
)
_GERMAN = (
    r"(?<!un)gekürzte? (?:lesung|ausgabe|fassung|hörfassung|version)"
    r"|[\[(][^\[\]()]{0,30}(?<!un)gekürzte?[^\[\]()]{0,20}[\])]"
)
_OTHERS = (
    r"version abrégée|versión abreviada|versione (?:ridotta|abbreviata)|сокращ[её]нн"
    r"|[\[(](?:abrégée?|abreviad[oa]|ridott[oa]|abbreviat[oa]|ingekort|verkort|förkortad|forkortet|skrócon[ya]"
    r"|lyhennetty|zkrácen[oáý])[\])]"
)
_ABRIDGED = re.compile(f"{_ENGLISH}|{_GERMAN}|{_OTHERS}", re.IGNORECASE)


def says_abridged(text: str) -> bool:
    """Whether a text marks a recording as abridged. "The Abridged History of Oz" is a title, not a mark."""
    return _ABRIDGED.search(text) is not None
