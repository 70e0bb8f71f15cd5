"""Reads the body of an answer within a limit of bytes, as they come and as they unpack.

httpx unpacks a piece of a body whole, and a small one may unpack to a thousand times its size.
"""

import zlib
from collections.abc import Callable

import httpx

ACCEPTED = "gzip, deflate"
"""What we ask for in Accept-Encoding: the codings whose unpacking can be stopped at a limit (RFC 9110, 8.4.1)."""
_PIECE = 64 * 1024
_WRAPPED, _EITHER_ZLIB_OR_GZIP = 15, 47
"""Window sizes of zlib: 15 for a zlib stream, +32 to recognise gzip as well (zlib manual, inflateInit2)."""
_DESCRIBES_THE_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class BodyTooLarge(Exception):
    """The body is larger than it may be."""


class BodyUnreadable(Exception):
    """The body is packed in a way that was not asked for, or is broken."""


async def read_bounded(response: httpx.Response, most_bytes: int) -> httpx.Response:
    """The whole response, its body unpacked and at most `most_bytes` long.

    Raises `BodyTooLarge`, `BodyUnreadable`, and httpx's own errors when the connection breaks.
    """
    if response.is_stream_consumed:  # a transport in memory has the body already
        return _within(response, len(response.content), most_bytes)
    if _says_it_is_larger(response, most_bytes):
        raise BodyTooLarge
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    body, taken = bytearray(), 0
    async for piece in response.aiter_raw(_PIECE):
        taken += len(piece)
        if taken > most_bytes:
            raise BodyTooLarge
        body += unpack(piece, most_bytes + 1 - len(body))
        if len(body) > most_bytes:
            raise BodyTooLarge
    unpack(b"", -1)
    headers = [pair for pair in response.headers.multi_items() if pair[0].lower() not in _DESCRIBES_THE_TRANSFER]
    return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)


def _within(response: httpx.Response, length: int, most_bytes: int) -> httpx.Response:
    if length > most_bytes:
        raise BodyTooLarge
    return response


def _says_it_is_larger(response: httpx.Response, most_bytes: int) -> bool:
    length = response.headers.get("content-length", "")
    return length.isdecimal() and int(length[:20]) > most_bytes


def _unpacker(coding: str) -> Callable[[bytes, int], bytes]:
    """Call it with each piece and the most it may give; with an empty last piece it checks that all has come."""
    name = coding.strip().lower()
    if name in ("", "identity"):
        return lambda piece, _most: piece
    if name not in ("gzip", "x-gzip", "deflate"):
        raise BodyUnreadable("it is packed in a way that was not asked for")
    stream = zlib.decompressobj(_EITHER_ZLIB_OR_GZIP)
    raw = zlib.decompressobj(-_WRAPPED) if name == "deflate" else None  # some servers send deflate without its wrapping
    begun = False

    def unpack(piece: bytes, most: int) -> bytes:
        nonlocal stream, raw, begun
        if not piece:
            if begun and not stream.eof:
                raise BodyUnreadable("it ends too early")
            return b""
        try:
            unpacked = stream.decompress(piece, most)
        except zlib.error as error:
            if raw is None or begun:
                raise BodyUnreadable("it cannot be unpacked") from error
            stream, raw = raw, None
            begun = True
            return unpack(piece, most)
        begun = True
        return unpacked

    return unpack
