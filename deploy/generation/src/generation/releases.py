"""What is stored of each release: its messages, its REST API, and a dump of its database with data.

`make release` stores them for the version of this checkout (`harness.release`). Later versions are tested against them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.compatibility import ADVICE, api_differences, message_differences
from generation.message_schemas import all_messages, contract_of

RELEASES = Path(__file__).parents[4] / "tests" / "upgrades" / "releases"
_WORDS = {"description", "title", "examples", "example", "default", "summary", "tags", "operationId", "externalDocs"}
_NAMED = {"properties", "$defs", "schemas", "paths", "responses", "content"}
"""Keywords whose members are names that somebody chose."""


@dataclass(frozen=True)
class Release:
    """The stored contracts of one release, in a folder that is named for its version."""

    folder: Path

    @property
    def version(self) -> str:
        """The version, such as `0.1.0`."""
        return self.folder.name

    @property
    def dumps(self) -> Path:
        """The folder of the dumps of its database."""
        return self.folder / "database"

    def dump(self, schema: str) -> Path:
        """The dump of one schema with its data, as plain SQL."""
        return self.dumps / f"{schema}.sql"

    @property
    def accepted_file(self) -> Path:
        """The accepted differences: for each line of the comparison, the reason why it breaks nothing."""
        return self.folder / "accepted.json"

    def messages(self) -> dict[str, Any]:
        """The contract of each message by class name."""
        return _read(self.folder / "messages.json")

    def api(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return _read(self.folder / "openapi.json")

    def accepted(self) -> dict[str, str]:
        """The accepted differences with their reasons."""
        return _read(self.accepted_file) if self.accepted_file.exists() else {}

    def differences(self, messages: Mapping[str, Any], api: Mapping[str, Any]) -> list[str]:
        """What these messages and this REST API break for services and programs of the release, a line for each place.

        Empty, or ends with what to do. An accepted difference that is gone is reported, too.
        """
        found = message_differences(self.messages(), messages, self.version)
        found += api_differences(self.api(), api, self.version)
        accepted = self.accepted()
        lines = [line for line in found if line not in accepted]
        lines += [f"{self.accepted_file.name} lists what is not different: {line}" for line in accepted.keys() - found]
        return [*lines, ADVICE.format(file=f"tests/upgrades/releases/{self.version}/accepted.json")] if lines else []

    def store(self, messages: Mapping[str, Any], api: Mapping[str, Any]) -> None:
        """Write the contracts of the release. What was accepted before is forgotten."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self.folder / "messages.json", _without_words(dict(messages), named=True))
        _write(self.folder / "openapi.json", _without_words({key: api[key] for key in ("paths", "components")}))
        self.accepted_file.unlink(missing_ok=True)


def releases() -> list[Release]:
    """The stored releases, oldest first."""
    folders = (each for each in RELEASES.iterdir() if each.is_dir())
    return [Release(each) for each in sorted(folders, key=lambda each: [int(part) for part in each.name.split(".")])]


def current_messages() -> dict[str, Any]:
    """The contract of each message of this checkout by class name."""
    return {message.__name__: contract_of(message) for message in all_messages()}


def _without_words(node: Any, *, named: bool = False) -> Any:
    """A schema without what only people read. In the members of `named` every key is a name, and stays."""
    if isinstance(node, dict):
        return {
            key: _without_words(value, named=not named and key in _NAMED)
            for key, value in node.items()
            if named or key not in _WORDS
        }
    return [_without_words(each) for each in node] if isinstance(node, list) else node


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _write(file: Path, document: Mapping[str, Any]) -> None:
    """Write one line for each member of the second level, so that a difference between two releases can be read."""
    parts = []
    for key, value in sorted(document.items()):
        short = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        if isinstance(value, dict) and len(short) > 20_000:
            members = ",\n".join(
                f"  {json.dumps(name)}: {json.dumps(member, sort_keys=True, ensure_ascii=False, separators=(',', ':'))}"
                for name, member in sorted(value.items())
            )
            short = f"{{\n{members}\n }}"
        parts.append(f" {json.dumps(key)}: {short}")
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
