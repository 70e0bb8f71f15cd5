"""Derives ids that a world does not contain from names, so that they are the same in every run."""

from hashlib import sha256

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number_for(kind: str, name: str) -> int:
    """A positive 31-bit number."""
    return int.from_bytes(sha256(f"{kind}:{name.casefold()}".encode()).digest()[:4]) & 0x7FFFFFFF or 1


def asin_for(kind: str, name: str) -> str:
    """Ten characters that look like an ASIN: "B0" and eight more."""
    number = int.from_bytes(sha256(f"{kind}:{name.casefold()}".encode()).digest()[:8])
    characters = ""
    for _ in range(8):
        number, index = divmod(number, len(_CHARACTERS))
        characters += _CHARACTERS[index]
    return f"B0{characters}"
