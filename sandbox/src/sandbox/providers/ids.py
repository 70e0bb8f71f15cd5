"""Ids that a world does not give, made from names: the same in every run."""

from hashlib import sha256

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number_for(kind: str, name: str) -> int:
    """A positive number of 31 bits."""
    return int.from_bytes(sha256(f"{kind}:{name.casefold()}".encode()).digest()[:4]) & 0x7FFFFFFF or 1


def asin_for(kind: str, name: str) -> str:
    """Ten signs that look like an ASIN: "B0" and eight more."""
    number = int.from_bytes(sha256(f"{kind}:{name.casefold()}".encode()).digest()[:8])
    signs = ""
    for _ in range(8):
        number, sign = divmod(number, len(_SIGNS))
        signs += _SIGNS[sign]
    return f"B0{signs}"
