"""The files of the built dashboard."""

import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path

BUILT = Path(__file__).parent / "built"
"""Where `make dashboard` writes it."""
INDEX = "index.html"
ASSETS = "assets"
"""The folder of the files whose names contain a hash of their content."""
BASE_ELEMENT = '<base href="/">'
"""In the built `index.html`. All its addresses are relative to this one."""
COMPRESSED_FROM = 1_000
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".md": "text/markdown"}


@dataclass(frozen=True)
class DashboardFile:
    """One file, as it is and as gzip."""

    content: bytes
    compressed: bytes | None
    media_type: str
    hashed: bool
    """Whether the name contains a hash of the content, so that the content never changes."""


class DashboardFiles:
    """The files in a folder. A file is read when it is first requested, and stays in memory until the next build.

    All of them take about 1 MB.
    """

    def __init__(self, folder: Path, base_path: str = "") -> None:
        """`base_path` is the path below which a reverse proxy publishes the gateway, such as `/gapless`."""
        self._folder = folder
        self._base_path = base_path
        self._built_at: int | None = None
        self._paths: dict[str, Path] = {}
        self._loaded: dict[str, DashboardFile] = {}

    def file(self, name: str) -> DashboardFile | None:
        """Return the file with this path in the folder, or None if there is none or nothing was built.

        Reads from the disk. Only files that are in the folder are served, whatever a request names. Raises `OSError`.
        """
        self._list_again_after_build()
        if name not in self._loaded:
            path = self._paths.get(name)
            if path is None:
                return None
            self._loaded[name] = self._load(name, path)
        return self._loaded[name]

    def _list_again_after_build(self) -> None:
        try:
            built_at = (self._folder / INDEX).stat().st_mtime_ns
        except FileNotFoundError:
            built_at = None
        if built_at == self._built_at:
            return
        files = [path for path in self._folder.rglob("*") if path.is_file()] if built_at else []
        self._paths = {path.relative_to(self._folder).as_posix(): path for path in files}
        self._loaded, self._built_at = {}, built_at

    def _load(self, name: str, path: Path) -> DashboardFile:
        content = path.read_bytes()
        if name == INDEX:
            base = f'<base href="{self._base_path}/">'
            content = content.replace(BASE_ELEMENT.encode(), base.encode(), 1)
        compressed = gzip.compress(content, 6, mtime=0) if len(content) >= COMPRESSED_FROM else None
        guessed = MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return DashboardFile(content, compressed, guessed, name.startswith(f"{ASSETS}/"))
