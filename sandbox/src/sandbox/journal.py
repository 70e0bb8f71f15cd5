"""What a stand-in must still know after a restart: a small keyed store in one file of JSON lines."""

import json
import os
from pathlib import Path
from typing import Any


class Journal:
    """Values by key. Every change is one line appended at once; opening the file leaves one line for each key.

    Without a path everything is kept in memory. A last line that was cut off by a kill is left out.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._values: dict[str, Any] = {}
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._read(path)
        self._rewrite(path)

    def values(self, prefix: str) -> dict[str, Any]:
        """All values whose key starts with `prefix`, by the rest of the key, in the order first written."""
        return {key.removeprefix(prefix): value for key, value in self._values.items() if key.startswith(prefix)}

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON value under a key; None forgets the key."""
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

    def _rewrite(self, path: Path) -> None:
        fresh = path.with_name(path.name + ".new")
        lines = (json.dumps([key, value], ensure_ascii=False) + "\n" for key, value in self._values.items())
        fresh.write_text("".join(lines), encoding="utf-8")
        os.replace(fresh, path)
