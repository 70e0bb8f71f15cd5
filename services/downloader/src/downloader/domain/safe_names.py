"""Names of files and folders that every usual file system allows."""

import re
import unicodedata

LONGEST_NAME_BYTES = 200
"""File systems allow 255 bytes; the rest is for what programs append."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?$")
"""Device names of Windows, also with an extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""
_UNSTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control, format, surrogate, private and unassigned characters."""


def safe_name(text: str, longest_bytes: int = LONGEST_NAME_BYTES) -> str:
    """A name in composed letters (NFC), without forbidden characters and without dots or spaces at its ends.

    It has at most `longest_bytes` bytes in UTF-8, plus one if it would be the name of a device.
    """
    text = cleaned(text).strip(" .")
    text = text.encode()[:longest_bytes].decode(errors="ignore").strip(" .")
    if not text:
        return "_"
    return f"_{text}" if _RESERVED.match(text) else text


def cleaned(text: str) -> str:
    """The text in composed letters, with one space for each run of spaces and forbidden characters."""
    text = unicodedata.normalize("NFC", text).replace(": ", " - ")
    text = "".join(" " if _FORBIDDEN.match(char) else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in _UNSTABLE)
    return _SPACES.sub(" ", text)
