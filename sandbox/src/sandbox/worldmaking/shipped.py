"""The shipped worlds, and the text of their files."""

import json
from collections.abc import Callable
from pathlib import Path

from sandbox.world import World
from sandbox.worldmaking.large import large_world
from sandbox.worldmaking.small import small_world
from sandbox.worldmaking.traps import traps_world

SANDBOX = Path(__file__).parents[3]
"""The folder of the sandbox in a checkout."""

SHIPPED: dict[str, Callable[[], World]] = {"small": small_world, "traps": traps_world, "large": large_world}


def world_text(world: World) -> str:
    """The world as JSON, without default values, one entry a line."""
    parts = world.model_dump(mode="json", exclude_defaults=True)
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_text(value)}" for key, value in parts.items()) + "\n}\n"


def schema_text() -> str:
    """The JSON schema of the format, for editors."""
    return json.dumps(World.model_json_schema(), indent=1, ensure_ascii=False) + "\n"


def _text(value: object, depth: int = 1) -> str:
    indent = " " * depth
    if isinstance(value, list) and value and isinstance(value[0], dict):
        entries = f",\n{indent}".join(json.dumps(entry, ensure_ascii=False) for entry in value)
        return f"[\n{indent}{entries}\n]"
    if isinstance(value, dict) and depth == 1:
        entries = f",\n{indent}".join(f"{json.dumps(key)}: {_text(each, depth + 1)}" for key, each in value.items())
        return f"{{\n{indent}{entries}\n}}"
    return json.dumps(value, ensure_ascii=False)
