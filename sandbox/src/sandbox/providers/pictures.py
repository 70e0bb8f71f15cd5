"""The pictures that the stand-ins of the providers serve: a picture of its own for each name."""

import io
import zlib

from PIL import Image
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

IMAGE_SIZE = 500
_PATH = "/images/I/"


def server_of(request: Request) -> str:
    """The address of the server that got a request, without a path."""
    return f"{request.url.scheme}://{request.url.netloc}"


def picture_address(server: str, name: str) -> str:
    """The address of a picture on a server that has `PICTURES` among its routes."""
    return f"{server}{_PATH}{name}.jpg"


async def _picture(request: Request) -> Response:
    """Three areas of colours."""
    seed = zlib.crc32(request.path_params["name"].partition(".")[0].encode())
    picture = Image.new("RGB", (IMAGE_SIZE, IMAGE_SIZE), (seed % 200, seed // 200 % 200, 90))
    for place in (1, 2, 3):
        right, bottom = IMAGE_SIZE * place // 4, IMAGE_SIZE - IMAGE_SIZE * place // 5
        picture.paste((250 // place, seed // 7 % 250, 70 * place), (0, 0, right, bottom))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=60)
    return Response(content.getvalue(), media_type="image/jpeg")


PICTURES = Route(_PATH + "{name}", _picture)
