"""`/docs` and `/redoc`: the documentation of the API, as pages that load nothing from other servers.

Scripts and styles are those of the installed package `fastapi-offline`. All addresses are relative, so that the pages
work behind a proxy that adds a prefix.
"""

from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path
from shared.chassis.errors import NotFound
from starlette.responses import HTMLResponse, Response

router = APIRouter(include_in_schema=False)

START = "start.js"
MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "png": "image/png"}
PACKAGED = ("swagger-ui.css", "swagger-ui-bundle.js", "redoc.standalone.js", "favicon.png")
KEPT_SECONDS = 86_400
START_SCRIPT = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
});
"""
"""In a separate file, so that the pages contain no inline script."""
HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gapless</title>
<link rel="icon" href="docs/assets/favicon.png">
"""
SWAGGER = f"""{HEAD}<link rel="stylesheet" href="docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/assets/swagger-ui-bundle.js"></script>
<script src="docs/assets/{START}"></script>
</body>
</html>
"""
REDOC = f"""{HEAD}</head>
<body>
<redoc spec-url="openapi.json"></redoc>
<script src="docs/assets/redoc.standalone.js"></script>
</body>
</html>
"""


@router.get("/docs")
async def docs() -> HTMLResponse:
    """The page with Swagger UI, in which calls can be tried."""
    return HTMLResponse(SWAGGER)


@router.get("/redoc")
async def redoc() -> HTMLResponse:
    """The page with ReDoc."""
    return HTMLResponse(REDOC)


@router.get("/docs/assets/{name}")
async def docs_asset(name: Annotated[str, Path(max_length=50)]) -> Response:
    """A script or style of the two pages."""
    if name == START:
        content = START_SCRIPT.encode()
    elif name in PACKAGED:
        content = files("fastapi_offline").joinpath("static", name).read_bytes()
    else:
        raise NotFound(f"the documentation pages have no {name}")
    headers = {"Cache-Control": f"public, max-age={KEPT_SECONDS}"}
    return Response(content, media_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)
