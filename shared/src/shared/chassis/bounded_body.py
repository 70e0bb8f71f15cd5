"""Reads the body of a response within a size limit, both compressed and decompressed.

httpx decompresses each chunk completely, and a small chunk can decompress to a thousand times its size.
"""

import zlib
from collections.abc import Callable

import httpx

ACCEPT_ENCODING = "gzip, deflate"
"""The value of Accept-Encoding: the codings whose decompression can be stopped at a limit (RFC 9110, 8.4.1)."""
_CHUNK_BYTES = 64 * 1024
_ZLIB_WINDOW, _ZLIB_OR_GZIP_WINDOW = 15, 47
"""Window sizes of zlib: 15 for a zlib stream, plus 32 to detect gzip as well (zlib manual, inflateInit2)."""
_TRANSFER_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class BodyTooLarge(Exception):
    """The body exceeds the size limit."""


class BodyUnreadable(Exception):
    """The body has a coding that was not requested, or is corrupt."""


async def read_bounded(response: httpx.Response, max_bytes: int) -> httpx.Response:
    """Read the whole response, with its body decompressed and at most `max_bytes` long.

    Raises `BodyTooLarge`, `BodyUnreadable`, and httpx's own errors when the connection breaks.
    """
    if response.is_stream_consumed:  # an in-memory transport has the body already
        return _within(response, len(response.content), max_bytes)
    if _declares_larger(response, max_bytes):
        raise BodyTooLarge
    decompress = _decompressor(response.headers.get("content-encoding", ""))
    body, received = bytearray(), 0
    async for chunk in response.aiter_raw(_CHUNK_BYTES):
        received += len(chunk)
        if received > max_bytes:
            raise BodyTooLarge
        body += decompress(chunk, max_bytes + 1 - len(body))
        if len(body) > max_bytes:
            raise BodyTooLarge
    decompress(b"", -1)
    headers = [pair for pair in response.headers.multi_items() if pair[0].lower() not in _TRANSFER_HEADERS]
    return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)


def _within(response: httpx.Response, length: int, max_bytes: int) -> httpx.Response:
    if length > max_bytes:
        raise BodyTooLarge
    return response


def _declares_larger(response: httpx.Response, max_bytes: int) -> bool:
    length = response.headers.get("content-length", "")
    return length.isdecimal() and int(length[:20]) > max_bytes


def _decompressor(coding: str) -> Callable[[bytes, int], bytes]:
    """A function to call with each chunk and the maximum size of its result, and at the end with an empty chunk.

    The last call checks that the stream is complete. Raises `BodyUnreadable`.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return lambda chunk, _limit: chunk
    if name not in ("gzip", "x-gzip", "deflate"):
        raise BodyUnreadable("it has a content coding that was not requested")
    stream = zlib.decompressobj(_ZLIB_OR_GZIP_WINDOW)
    raw = zlib.decompressobj(-_ZLIB_WINDOW) if name == "deflate" else None  # some servers omit the zlib header
    started = False

    def decompress(chunk: bytes, limit: int) -> bytes:
        nonlocal stream, raw, started
        if not chunk:
            if started and not stream.eof:
                raise BodyUnreadable("it is truncated")
            return b""
        try:
            decompressed = stream.decompress(chunk, limit)
        except zlib.error as error:
            if raw is None or started:
                raise BodyUnreadable("it cannot be decompressed") from error
            stream, raw = raw, None
            started = True
            return decompress(chunk, limit)
        started = True
        return decompressed

    return decompress
