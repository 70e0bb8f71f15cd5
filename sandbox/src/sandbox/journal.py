"""Stores the state of a stand-in across restarts: a small key-value store in one file of JSON lines."""

import json
import os
from pathlib import Path
from typing import Any


class Journal:
    """Values by key. Every change is appended immediately as one line; opening compacts the file to one line per key.

    Without a path the values are only in memory. An incomplete last line is ignored.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._values: dict[str, Any] = {}
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._read(path)
        self._compact(path)

    def values(self, prefix: str) -> dict[str, Any]:
        """All values whose key starts with `prefix`, by the rest of the key, in the order of their first write."""
        return {key.removeprefix(prefix): value for key, value in self._values.items() if key.startswith(prefix)}

    def put(self, key: str, value: Any) -> None:
        """Store a JSON value under a key. None deletes the key. Raises OSError if the file cannot be written."""
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, value], ensure_ascii=False) + "\n")

    def _read(self, path: Path) -> None:
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            try:
                key, value = json.loads(line)
            except ValueError:
                break
            if value is None:
                self._values.pop(key, None)
            else:
                self._values[key] = value

    def _compact(self, path: Path) -> None:
        temporary = path.with_name(path.name + ".new")
        lines = (json.dumps([key, value], ensure_ascii=False) + "\n" for key, value in self._values.items())
        temporary.write_text("".join(lines), encoding="utf-8")
        os.replace(temporary, path)
