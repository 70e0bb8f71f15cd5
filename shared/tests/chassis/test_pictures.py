"""Pictures from outside systems."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw
from shared.chassis.pictures import MAX_PIXELS, NoPicture, read_picture


def a_picture(kind: str = "JPEG", *, mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> bytes:
    """A picture of three areas."""
    picture = Image.new(mode, size, 0)
    draw = ImageDraw.Draw(picture)
    white: int | tuple[int, ...] = 255 if mode in ("L", "P") else (250, 200, 90, 255)[: len(mode)]
    draw.rectangle((0, 0, size[0] // 2, size[1] // 3), fill=white)
    draw.ellipse((size[0] // 2, size[1] // 2, size[0] - 1, size[1] - 1), fill=white)
    content = io.BytesIO()
    picture.save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("JPEG", "RGB", "image/jpeg"), ("JPEG", "L", "image/jpeg"), ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"), ("WEBP", "RGB", "image/webp"),
    ],
)  # fmt: skip
def test_the_size_and_the_type_of_a_picture_are_read(kind: str, mode: str, media_type: str) -> None:
    picture = read_picture(a_picture(kind, mode=mode))
    assert (picture.media_type, picture.width, picture.height) == (media_type, 300, 200)


@pytest.mark.parametrize("color", [(255, 255, 255), (200, 201, 199), (0, 0, 0)])
def test_a_plain_area_is_blank(color: tuple[int, int, int]) -> None:
    content = io.BytesIO()
    Image.new("RGB", (400, 400), color).save(content, "JPEG")
    assert read_picture(content.getvalue()).is_blank
    assert not read_picture(a_picture()).is_blank


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        a_picture("GIF", mode="P"),
        a_picture()[:400],
        a_picture("PNG")[:60],
    ],
    ids=["empty", "SVG", "GIF", "cut off JPEG", "cut off PNG"],
)
def test_what_audiobookshelf_would_not_show_is_no_picture(content: bytes) -> None:
    with pytest.raises(NoPicture, match="not a JPEG, PNG or WebP"):
        read_picture(content)


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    with pytest.raises(NoPicture, match="pixels"):
        read_picture(bomb + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")))
