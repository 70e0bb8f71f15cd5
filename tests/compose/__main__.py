"""Runs the compose installations for real, and compares each result with the truth of the world.

Run it with `make compose-check`, or `python -m tests.compose [CHECK…]` for some checks: a part of the six containers is
killed during a cycle; `scale` runs two replicas of each service; `small` runs the small form; `change` changes from one
form to the other and back; `profiles` starts the other profiles. It needs Docker with Compose 2, has its own project
name, and removes everything that it started.
"""

import sys
import time

from rich.console import Console
from sandbox.validation import load
from sandbox.worldmaking.shipped import SANDBOX

from tests.compose.checks import CHECKS
from tests.compose.compose_project import ComposeProject


def main(names: list[str]) -> int:
    """Return 1 if one of the results is wrong, 2 if a check is unknown, else 0."""
    console = Console(highlight=False, soft_wrap=True)
    if unknown := [name for name in names if name not in CHECKS]:
        console.print(f"{unknown[0]}: unknown; the checks are {', '.join(CHECKS)}")
        return 2
    world = load(SANDBOX / "worlds" / "small.json")
    with ComposeProject() as project:
        project.build()
    failed = 0
    for name in names:
        began = time.monotonic()
        faults = CHECKS[name](world, console)
        failed += bool(faults)
        seconds = time.monotonic() - began
        console.print(f"{name}: {'; '.join(faults) or 'every result is right'} ({seconds:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(CHECKS)))
