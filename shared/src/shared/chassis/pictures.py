"""Reads a picture that an outside system sent. Pillow is imported for the first picture."""

import hashlib
import io
import warnings
from dataclasses import dataclass, field

MAX_PIXELS = 16_000_000
"""A larger picture is not decoded: it would take more than 64 MB."""
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
"""The formats that Audiobookshelf accepts as a cover, with their media types."""
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_SAMPLE = 32
_FLAT = 6.0
"""The standard deviation of brightness (0 to 255) below which a picture shows nothing."""
_FEW_SHADES = 4


class NoPicture(Exception):
    """The content is not a picture that can be used. The message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its media type, its size in pixels, whether it shows nothing but a plain area, and a digest of its
    content, which is here if its reader keeps it."""

    media_type: str
    width: int
    height: int
    is_blank: bool
    digest: str = ""
    content: bytes = field(default=b"", repr=False)


def media_type_of(content: bytes) -> str:
    """Return the media type of a picture by its first bytes. Raises `NoPicture` if it has another format."""
    if content.startswith(b"\xff\xd8\xff"):
        return TYPES["JPEG"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return TYPES["PNG"]
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return TYPES["WEBP"]
    raise NoPicture("it is not a JPEG, PNG or WebP picture")


def picture_size(beginning: bytes) -> tuple[int, int]:
    """Return the width and height of a picture in pixels, by the beginning of its file.

    Raises `NoPicture` if it is none, or if its size is not in this part.
    """
    from PIL import Image  # noqa: PLC0415 - as in `read_picture`

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(beginning), formats=list(TYPES)) as opened:
                return opened.size
    except Exception as error:  # as in `read_picture`
        raise NoPicture("it is not a JPEG, PNG or WebP picture, or its size is not at the beginning") from error


def read_picture(content: bytes) -> Picture:
    """Decode a picture. Raises `NoPicture` if it is none, is damaged, has another format or too many pixels."""
    from PIL import Image, ImageStat  # noqa: PLC0415 - takes 10 MiB, and most services read no picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=list(TYPES)) as opened:
                width, height = opened.size
                if width * height > MAX_PIXELS or not width or not height:
                    raise NoPicture(f"it has {width} × {height} pixels")
                media_type = TYPES[opened.format or ""]
                opened.draft("L", (_SAMPLE * 4, _SAMPLE * 4))
                sample = opened.convert("RGBA" if "A" in opened.mode or opened.mode == "P" else "RGB")
        sample.thumbnail((_SAMPLE, _SAMPLE))
        grey = sample.convert("L")
        shades = sum(count > 0 for count in grey.histogram())
        is_blank = ImageStat.Stat(grey).stddev[0] < _FLAT or shades < _FEW_SHADES
    except NoPicture:
        raise
    except Exception as error:  # a damaged picture raises errors of every kind in Pillow
        raise NoPicture("it is not a JPEG, PNG or WebP picture, or it is damaged") from error
    return Picture(media_type, width, height, is_blank, hashlib.sha256(content).hexdigest())
